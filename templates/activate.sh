{% if file -%}
# Activates this environment in the running shell:   source path/to/bin/activate      Leave it with:   deactivate
#
# One text for bash (3.2 and newer), zsh, ksh93, mksh, dash, yash and busybox sh. It starts no program.
# - A backslash before a command keeps aliases away, "$_venv_do" before it the functions of the user as well.
# - Tests are `case`: neither IFS, nor options, nor functions called `test` can change what they mean.
# - What only one shell can read stands inside eval, as some shells parse the whole file before they run it.
#
# `deactivate` needs these variables, which are never exported:
#   _OLD_VIRTUAL_X     what the variable X was; does not exist if X did not     _venv_X     what activation made of X
#   _venv_unexported   the names, between blanks, that were not exported        _venv_root  the environment's directory
#   _venv_mark         what was put before the prompt                           _venv_psvar code that gives psvar back
#   _venv_user_F       code that gives the user's function or alias F back      _venv_do    see above
#   _venv_hash         `ours` if the function `hash` is
case "${BASH_SOURCE-}" in
"$0")
    \printf 'You must source this script: $ source %s\n' "$0" >&2
    \exit 33
    ;;
esac

{% endif -%}
# Leave what is live in this very shell, whichever tool made it live. Variables without a function are inherited ones.
case ${_OLD_VIRTUAL_PATH+x}${_venv_root+x} in
?*)
    if \typeset -f deactivate >/dev/null 2>&1; then
        \deactivate
{%- if others %}
    else
        case $(\command -v deactivate) in deactivate) \deactivate ;; esac
{%- endif %}
    fi
    # Another tool's script has replaced our `deactivate` without calling it.
    case ${_venv_root+x} in x) if \command -v venvsh_leave >/dev/null; then \venvsh_leave; fi ;; esac
    ;;
esac

{%- if zsh %}
# Without `typeset -g` zsh says, under warn_create_global, that a function makes variables.
case ${ZSH_VERSION+x} in x) \builtin typeset -g _venv_do _venv_allexport ;; esac
{%- endif %}
# Under `set -a` the variables below would be exported.
case $- in
*a*)
    case ${BASH_VERSION+x}${ZSH_VERSION+x} in x) \builtin set +a ;; *) \set +a ;; esac
    _venv_allexport=a
    ;;
*) _venv_allexport= ;;
esac
_venv_do='command'
case ${BASH_VERSION+x}${ZSH_VERSION+x} in x) _venv_do=builtin ;; esac
{%- if zsh %}
case ${ZSH_VERSION+x} in
x) \builtin typeset -g +x _venv_do _venv_allexport _venv_name _venv_value _venv_ours _venv_old _venv_root _venv_bin _venv_unexported _venv_refused _venv_mark _venv_psvar _venv_user_pydoc _venv_user_deactivate _venv_hash _venv_PS1 _venv_PATH{% for name in variables %} _venv_{{ name.bare() }}{% endfor %} _OLD_PKG_CONFIG_PATH ;;
esac
{%- endif %}
"$_venv_do" unset -v _venv_before _venv_after
_venv_root={{ virtual_env }}
{%- if file %}

# The environment was moved: this file's own place decides, if there is an environment around it and the shell can tell.
if "$_venv_do" test ! -d "$_venv_root"; then
    _venv_value=${BASH_SOURCE-}
    case ${ZSH_VERSION+zsh}${KSH_VERSION-} in
    zsh*) \eval '_venv_value=${(%):-%x}' ;;
    *93*) \eval '_venv_value=${.sh.file}' ;;
    esac
    case $_venv_value in
    */*) _venv_value=${_venv_value%/*}/.. ;;
    ?*) _venv_value=.. ;;
    esac
    if "$_venv_do" test -n "$_venv_value" && "$_venv_do" test -f "$_venv_value/pyvenv.cfg"; then
        # The dot keeps line breaks at the end of the name.
        _venv_value=$(CDPATH= \cd -- "$_venv_value" >/dev/null && \pwd && \printf .)
        _venv_root=${_venv_value%??}
    else
        "$_venv_do" printf 'venvsh: no environment at: %s\n' "$_venv_root" >&2
        case $_venv_allexport in a) "$_venv_do" set -a ;; esac
        "$_venv_do" unset -v _venv_root _venv_value _venv_allexport _venv_do
        \return 1
    fi
fi
{%- endif %}

# Keep what is there: values, then the names that are not exported, then the user's own `pydoc` and `deactivate`.
_venv_value=
for _venv_name in PS1 PATH{% for name in variables %} {{ name.bare() }}{% endfor %}; do
    "$_venv_do" unset -v "_OLD_VIRTUAL_$_venv_name"
    "$_venv_do" eval "case \${$_venv_name+x} in x) ${ZSH_VERSION+builtin typeset -g +x} _OLD_VIRTUAL_$_venv_name=\"\$$_venv_name\" _venv_value=$_venv_name ;; esac"
done
# The name that virtualenv's scripts look for.
_OLD_PKG_CONFIG_PATH=${PKG_CONFIG_PATH-}
_venv_unexported=
case $_venv_value in
PS1 | PATH) ;;
?*)
    _venv_value="
$("$_venv_do" export -p)"
    for _venv_name in{% for name in variables %} {{ name.bare() }}{% endfor %}; do
        case $_venv_value in
        *"
export $_venv_name="* | *"
declare -"*"x $_venv_name="* | *"
typeset -x $_venv_name="*) ;;
        *) _venv_unexported="$_venv_unexported $_venv_name " ;;
        esac
    done
    ;;
esac
{
    for _venv_name in pydoc deactivate; do
        _venv_value=
        if "$_venv_do" typeset -f "$_venv_name"; then
            # The dot keeps the line break at the end, which belongs to the text in ksh93.
            _venv_value=$("$_venv_do" typeset -f${YASH_VERSION+p} "$_venv_name" && \printf .)
            _venv_value=${_venv_value%.}
        fi
        if "$_venv_do" alias "$_venv_name"; then
            _venv_old=$("$_venv_do" alias "$_venv_name")
            _venv_value="$_venv_value
\\alias ${_venv_old#alias }"
            "$_venv_do" unalias "$_venv_name"
        fi
        "$_venv_do" eval "_venv_user_$_venv_name=\$_venv_value"
    done
} >/dev/null 2>&1

# The functions. What still is as activation made it goes back to what it was; of what was changed since, only our part goes.
"$_venv_do" eval '
venvsh_leave () {
    case ${_venv_root+x} in
    x)
        "$_venv_do" eval "${_venv_before-}"
        _venv_allexport=
        case $- in
        *a*)
            "$_venv_do" set +a
            _venv_allexport=a
            ;;
        esac
        case ${PS1+x}${PS1-} in
        "${_OLD_VIRTUAL_PS1+x}${_OLD_VIRTUAL_PS1-}") ;;
        "x$_venv_PS1")
            # Without a saved one and without a mark another tool has given it back.
            case ${_OLD_VIRTUAL_PS1+x}$_venv_mark in
            x*) PS1=$_OLD_VIRTUAL_PS1 ;;
            ?*) "$_venv_do" unset -v PS1 ;;
            esac
            ;;
        "x$_venv_mark"*) PS1=${PS1#"$_venv_mark"} ;;
        esac
        "$_venv_do" eval "$_venv_psvar"
        for _venv_name in PATH{% for name in variables %} {{ name.bare() }}{% endfor %}; do
            # Each with an x in front if it is set.
            "$_venv_do" eval "_venv_value=\${$_venv_name+x}\${$_venv_name-} _venv_ours=\${_venv_$_venv_name+x}\${_venv_$_venv_name-} _venv_old=\${_OLD_VIRTUAL_$_venv_name+x}\${_OLD_VIRTUAL_$_venv_name-}"
            case $_venv_name in VIRTUAL_ENV*) _venv_ours=$_venv_value ;; esac
            case $_venv_value in
            "$_venv_old") ;;
            "$_venv_ours")
                case $_venv_old:$_venv_unexported in
                :*) "$_venv_do" unset -v "$_venv_name" ;;
                *:*" $_venv_name "*)
                    "$_venv_do" unset -v "$_venv_name"
                    "$_venv_do" eval "$_venv_name=\${_venv_old#x}"
                    ;;
                *) "$_venv_do" export "$_venv_name=${_venv_old#x}" ;;
                esac
                ;;
            *)
                case $_venv_name in
                PATH) _venv_ours=$_venv_bin ;;
                *) _venv_ours=$_venv_root/lib/pkgconfig ;;
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
            "$_venv_do" unset -v "_OLD_VIRTUAL_$_venv_name" "_venv_$_venv_name"
        done
        # In yash the loop has made a variable of its own.
        "$_venv_do" unset -v _venv_name
        # In zsh it is an error to remove what is gone already.
        "$_venv_do" unset -f pydoc 2>/dev/null || "$_venv_do" :
        case $_venv_hash in ours) "$_venv_do" unset -f hash 2>/dev/null || "$_venv_do" : ;; esac
        "$_venv_do" eval "$_venv_user_pydoc"
        "$_venv_do" set -- "${1-}" "$_venv_allexport" "${_venv_after-}" "$_venv_root"
        "$_venv_do" unset -v _OLD_VIRTUAL_PS1 _OLD_PKG_CONFIG_PATH _venv_PS1 _venv_allexport _venv_name _venv_value _venv_ours _venv_old _venv_root _venv_bin _venv_unexported _venv_refused _venv_mark _venv_drawn _venv_psvar _venv_user_pydoc _venv_hash _venv_before _venv_after
        case $2 in a) "$_venv_do" set -a ;; esac
        "$_venv_do" eval "$3"
        ;;
    esac
    case ${1-} in
    nondestructive) ;;
    *)
        "$_venv_do" set -- "$_venv_user_deactivate"
        "$_venv_do" unset -v _venv_user_deactivate
        "$_venv_do" unset -f venvsh_leave
        # ksh93 forgets a function that comes back after it was unset while it ran.
        case $1 in
        "" | "
"*) "$_venv_do" unset -f deactivate 2>/dev/null || "$_venv_do" : ;;
        esac
        "$_venv_do" eval "$1"
        ;;
    esac
}
deactivate () {
    case ${1-} in
    -h | --help) "$_venv_do" printf "%s\n" "Leave the environment" "" "Usage: deactivate" ;;
    nondestructive) venvsh_leave nondestructive ;;
    *)
        venvsh_leave
        "$_venv_do" unset -v _venv_do
        ;;
    esac
}
pydoc () {
    \python -m pydoc "$@"
}'

# Another tool's script replaces `deactivate` by its own and calls that, which gives PATH back, calls `hash` in bash and zsh, and
# knows nothing of what else is ours. So `hash` undoes the rest, before the other environment is entered; elsewhere the next
# activation does. One of the user's stays as it is.
_venv_hash=
case ${BASH_VERSION+x}${ZSH_VERSION+x}${_OLD_VIRTUAL_PATH:+x} in
xx)
    if "$_venv_do" typeset -f hash || "$_venv_do" alias hash; then \:; else
        _venv_hash=ours
        "$_venv_do" eval '
hash () {
    "$_venv_do" set -- "$_venv_do" hash "$@"
    case ${_OLD_VIRTUAL_PATH+x} in
    "")
        venvsh_leave nondestructive
        "$1" unset -f venvsh_leave
        "$1" unset -v _venv_user_deactivate _venv_do
        ;;
    esac
    "$@"
}'
    fi >/dev/null 2>&1
    ;;
esac

# Enter.
_venv_bin=$_venv_root/{{ bin_name }}
_venv_VIRTUAL_ENV=$_venv_root
_venv_VIRTUAL_ENV_PROMPT={{ prompt }}
_venv_PATH=$_venv_bin${PATH:+:$PATH}
_venv_PKG_CONFIG_PATH=$_venv_root/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
{%- if let Some(tcl) = tcl_library %}
_venv_TCL_LIBRARY={{ tcl }}
{%- endif %}
{%- if let Some(tk) = tk_library %}
_venv_TK_LIBRARY={{ tk }}
{%- endif %}
_venv_mark=
_venv_psvar=
_venv_PYTHONHOME=
_venv_refused=
{%- if others %}
case ${ZSH_VERSION+x}${BASH_VERSION+x} in
"")
    if (for _venv_name in PATH{% for name in variables %} {{ name.bare() }}{% endfor %}; do \eval "$_venv_name=" || \exit; done) 2>/dev/null; then \:; else
        _venv_refused='PATH or another variable'
    fi
    ;;
esac
{%- endif %}
for _venv_name in PATH{% for name in variables %} {{ name.bare() }}{% endfor %}; do
{%- if zsh %}
    # To zsh it is an error that ends everything.
    case ${ZSH_VERSION+x} in x) \builtin eval "case \$-:\${(t)$_venv_name-} in *r*:* | *readonly*) _venv_refused=$_venv_name ;; esac" ;; esac
{%- endif %}
{%- if bash %}
    # bash exports what it cannot set, but `printf -v` only fails.
    case $_venv_refused${BASH_VERSION+x} in x) "$_venv_do" eval "\"$_venv_do\" printf -v $_venv_name %s \"\$_venv_$_venv_name\"" || _venv_refused=$_venv_name ;; esac
{%- endif %}
    case $_venv_refused in "") "$_venv_do" eval "\"$_venv_do\" export $_venv_name=\"\$_venv_$_venv_name\"" ;; esac
done 2>/dev/null
case $_venv_refused in
?*)
    "$_venv_do" printf 'venvsh: cannot activate %s: %s is read-only\n' "$_venv_root" "$_venv_refused" >&2
    case $_venv_allexport in a) "$_venv_do" set -a ;; esac
    venvsh_leave
    "$_venv_do" unset -v _venv_do
    \return 1
    ;;
esac
"$_venv_do" unset -v PYTHONHOME _venv_PYTHONHOME

# The mark before the prompt, in shells that say which they are. A name that a prompt would interpret is drawn as data: in bash
# as the text of a date, in zsh as an element of psvar, elsewhere by a parameter that is expanded once.
case ${VIRTUAL_ENV_DISABLE_PROMPT:+no}${BASH_VERSION+bash}${ZSH_VERSION+zsh}${KSH_VERSION+ksh}${YASH_VERSION+ksh} in
{%- if bash %}
bash)
    _venv_mark={{ mark_in_bash }}
    "$_venv_do" printf -v PS1 %s "$_venv_mark${PS1-}" 2>/dev/null || _venv_mark=
    ;;
{%- endif %}
{%- if zsh %}
zsh)
    \builtin eval 'case ${(t)PS1-} in
    *readonly*) ;;
    *)
{%- if plain_prompt %}
        _venv_mark="("$VIRTUAL_ENV_PROMPT") "
{%- else %}
        _venv_psvar="psvar=(${(j: :)${(@qq)psvar[@]}})"
        psvar+=("${VIRTUAL_ENV_PROMPT//[[:cntrl:]]/ }")
        _venv_mark="(%${#psvar[@]}v) "
{%- endif %}
        PS1="$_venv_mark${PS1-}"
        ;;
    esac'
    ;;
{%- endif %}
{%- if others %}
ksh)
    if (PS1=) 2>/dev/null; then
{%- if plain_prompt %}
        _venv_mark="($VIRTUAL_ENV_PROMPT) "
{%- else %}
        _venv_mark='(${_venv_drawn-}) '
        _venv_drawn={{ drawn_prompt }}
        case ${KSH_VERSION-} in *93*) _venv_drawn={{ drawn_prompt_ksh }} ;; esac
{%- endif %}
        PS1=$_venv_mark${PS1-}
    fi
    ;;
{%- endif %}
esac
_venv_PS1=${PS1-}
case $_venv_allexport in a) "$_venv_do" set -a ;; esac
