{/* Evaluated between apostrophes: it has none of its own. */}
# Undoes the activation, if there is one. With the word nondestructive, `deactivate` itself stays.
venvsh_leave () {
    case ${_venv_root+x} in
    x)
        "$_venv_do" eval "${_venv_before-}"
        # Until the end, new variables are not exported.
        _venv_options=
        case $- in
        *a*)
            "$_venv_do" set +a
            _venv_options="\"\$_venv_do\" set -a"
            ;;
        esac
        # The prompt: the old one if nobody changed ours, else the present one without our mark.
        case ${PS1+x}${PS1-} in
        "${_OLD_VIRTUAL_PS1+x}${_OLD_VIRTUAL_PS1-}") ;;
        "x$_venv__PS1")
            # No old one and no mark: another tool has restored it.
            case ${_OLD_VIRTUAL_PS1+x}$_venv_mark in
            x*) PS1=$_OLD_VIRTUAL_PS1 ;;
            ?*) "$_venv_do" unset -v PS1 ;;
            esac
            ;;
        "x$_venv_mark"*) PS1=${PS1#"$_venv_mark"} ;;
        esac
        "$_venv_do" eval "$_venv_psvar"
        # Each variable: its present value, ours and the old one. Where Ctrl-C has ended this, the rest is still named.
        case " $_venv_names" in *" VIRTUAL_ENV ") ;; *) _venv_names="${_venv_names}PATH{% for name in variables %} {{ name.bare() }}{% endfor %} " ;; esac
        while "$_venv_do" test "$_venv_names"; do
            _venv_name=${_venv_names%% *}
            # An x is before each that is set, so that an empty value differs from none.
{%- if kept.is_some() && bash %}
            _venv_ours=_venv__$_venv_name _venv_old=_OLD_VIRTUAL_$_venv_name
            _venv_value=${!_venv_name+x}${!_venv_name-} _venv_ours=${!_venv_ours+x}${!_venv_ours-} _venv_old=${!_venv_old+x}${!_venv_old-}
{%- else %}
            "$_venv_do" eval "_venv_value=\${$_venv_name+x}\${$_venv_name-} _venv_ours=\${_venv__$_venv_name+x}\${_venv__$_venv_name-} _venv_old=\${_OLD_VIRTUAL_$_venv_name+x}\${_OLD_VIRTUAL_$_venv_name-}"
{%- endif %}
            case $_venv_name:$_venv_value in
            *:"$_venv_old")
                # Activation may have exported it.
                case $_venv_local in *" $_venv_name "*) ;; *) _venv_ours=- ;; esac
                ;;
            VIRTUAL_ENV*) _venv_ours=$_venv_value ;;
            esac
            case $_venv_value in
            # Still ours: restore the old one, and whether it was exported.
            "$_venv_ours")
                case $_venv_old:$_venv_local in
                :*) "$_venv_do" unset -v "$_venv_name" ;;
                *:*" $_venv_name "*)
                    "$_venv_do" unset -v "$_venv_name"
                    "$_venv_do" eval "$_venv_name=\${_venv_old#x}"
                    ;;
                *) "$_venv_do" export "$_venv_name=${_venv_old#x}" ;;
                esac
                ;;
            "$_venv_old") ;;
            # The user changed it: take our entry out of a list, and leave the rest.
            *)
                case $_venv_name in
                PATH) _venv_ours=$_venv_bin ;;
                PKG_CONFIG_PATH) _venv_ours=$_venv_root/lib/pkgconfig ;;
                *) _venv_value= _venv_ours=x ;;
                esac
                _venv_value=:${_venv_value#x}:
                case $_venv_value in
                *":$_venv_ours:"*)
                    _venv_value=${_venv_value%%":$_venv_ours:"*}:${_venv_value#*":$_venv_ours:"}
                    _venv_value=${_venv_value#:}
                    "$_venv_do" eval "$_venv_name=\${_venv_value%:}"
                    ;;
                esac
                ;;
            esac
            "$_venv_do" unset -v "_OLD_VIRTUAL_$_venv_name" "_venv__$_venv_name"
            _venv_names=${_venv_names#* }
        done
        # In zsh it is an error to remove what is gone already.
        "$_venv_do" unset -f pydoc 2>/dev/null || "$_venv_do" :
        case $_venv_hash in ours) "$_venv_do" unset -f hash 2>/dev/null || "$_venv_do" : ;; esac
        "$_venv_do" eval "$_venv_user_pydoc"
        # What is needed after all variables are gone becomes an argument of this function.
        "$_venv_do" set -- "${1-}" "$_venv_options" "${_venv_after-}" "$_venv_root"
        "$_venv_do" unset -v _OLD_VIRTUAL_PS1 _OLD_PKG_CONFIG_PATH _venv__PS1 _venv_options _venv_name _venv_value _venv_ours _venv_old _venv_root _venv_bin _venv_local _venv_refused _venv_shell _venv_mark _venv_drawn _venv_psvar _venv_user_pydoc _venv_hash _venv_before _venv_after _venv_names
        "$_venv_do" eval "$2"
        "$_venv_do" eval "$3"
        ;;
    esac
    case ${1-} in
    nondestructive) ;;
    *)
        "$_venv_do" set -- "$_venv_user_deactivate"
        "$_venv_do" unset -v _venv_user_deactivate
{%- if kept.is_none() %}
        "$_venv_do" unset -f venvsh_leave
{%- endif %}
        # ksh93 forgets a function that comes back after it was unset while it ran.
        case $1 in
        "" | "
"*) "$_venv_do" unset -f deactivate 2>/dev/null || "$_venv_do" : ;;
        esac
        "$_venv_do" eval "$1"
        ;;
    esac
}
