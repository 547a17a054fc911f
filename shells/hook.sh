venvsh_name='  '; case ${#venvsh_name} in 1) \printf '%s\n' 'venvsh: quotes are missing: eval "$(venvsh hook {{ shell.bare() }})"' >&2 ;; esac; # venvsh, protocol {{ protocol }}
\unalias venvsh venvsh_exec venvsh_apply venvsh_source deactivate 2>&- || \command :
venvsh_exec () {
    \command set -- {{ program }} "$@"
    if \command test ! -x "$1"; then
        \command shift
        # A function has that name, too.
        \command set -- env venvsh "$@"
    fi
    VENVSH_HOOK={{ channel }}
    \command export VENVSH_HOOK{% for name in variables %} {{ name }}{% endfor %}
{%- if windows %}
    VENVSH_DRIVES=${venvsh_drives-} VENVSH_EMIT=${venvsh_plan-} MSYS2_ARG_CONV_EXCL="[;:${MSYS2_ARG_CONV_EXCL:+;$MSYS2_ARG_CONV_EXCL}"
    \command export VENVSH_DRIVES VENVSH_EMIT MSYS2_ARG_CONV_EXCL
{%- endif %}
    case $- in *r*)
        \command shift
        VENVSH_HOOK={{ restricted }} \command venvsh "$@"
        \return
        ;;
    esac
    \exec "$@"
}
# The positional parameters are the function's own in each of these shells; a hook script may call a command again.
{%- if windows %}
# A program of Windows inherits no descriptor of the shell's but 0, 1 and 2: the plan comes through a file.
{% include "drives.bash" %}
venvsh_apply () {
    venvsh_calls=$((${venvsh_calls-0} + 1))
    venvsh_plan={{ emit_dir }}/sh-$$-$venvsh_calls venvsh_code='' venvsh_rc=1
    (venvsh_exec "$@") && venvsh_rc=0 || venvsh_rc=$?
    if \command test -f "$venvsh_plan"; then
        # `cat` would be a process.
        while IFS= \command read -r venvsh_line || case $venvsh_line in '') ! \command : ;; esac; do
            venvsh_code="$venvsh_code$venvsh_line
"
        done <"$venvsh_plan"
    fi
    \command set -- "$venvsh_rc" "$venvsh_code"
    \command unset -v venvsh_code venvsh_rc venvsh_plan venvsh_line
{%- else %}
venvsh_apply () {
    { { \command :; } 7>&1; } 2>&- || { venvsh_apply "$@" >/dev/null; \return; }
    venvsh_code='' venvsh_rc=1
    { venvsh_code=$({ venvsh_exec "$@"; } 8>&1 1>&7 7>&-) && venvsh_rc=0 || venvsh_rc=$?; } 7>&1
    \command set -- "$venvsh_rc" "$venvsh_code"
    \command unset -v venvsh_code venvsh_rc
{%- endif %}
    \command eval "$2" || \command :
    \return "$1"
}
# What stands behind `.` and the file does not reach the script in every shell.
venvsh_source () {
    venvsh_file=$1
    \command shift
    if \command test -f "$venvsh_file"; then \command . "$venvsh_file" || \command :; fi
    \command unset -v venvsh_file
}
# ksh93 reads the whole text before it takes an alias away.
\command eval 'venvsh () { venvsh_apply "$@"; }'
{%- if !prompt %}
{{ no_prompt.bare() }}=1
{%- endif %}
{%- if !commands.is_empty() %}
for venvsh_name in{% for (_, verb) in commands %} {{ verb }}{% endfor %}; do
    \unalias {% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}"$venvsh_name" 2>&- || \command :
    \command eval "{% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}$venvsh_name () { venvsh_apply $venvsh_name \"\$@\"; }"
done
{%- endif %}
case ${VIRTUAL_ENV:+x}:${CONDA_DEFAULT_ENV:-base}:$(\command -v deactivate) in
:base: | *:?*:?*) ;;
*)
    \command unset -v _OLD_VIRTUAL_PATH
    \command eval 'deactivate () { venvsh_apply deactivate "$@"; }'
    case ${VIRTUAL_ENV-} in '') venvsh_switched=x ;; esac
{%- if prompt %}
    case $-${VIRTUAL_ENV:+:x} in
    *i*:x)
        venvsh_mark=${VIRTUAL_ENV_PROMPT:-${VIRTUAL_ENV##*/}}
        while case $venvsh_mark in *[!A-Za-z0-9\ ._+@,:=?-]*) ;; *) ! \command : ;; esac; do
            venvsh_mark=${venvsh_mark%%[!A-Za-z0-9\ ._+@,:=?-]*}?${venvsh_mark#*[!A-Za-z0-9\ ._+@,:=?-]}
        done
        venvsh_mark="($venvsh_mark) "
        for venvsh_name in{% for name in signs.any %} {{ name.bare() }}{% endfor %}; do
            \command eval "venvsh_line=\${$venvsh_name-}"
            case $venvsh_line in ?*) venvsh_mark= ;; esac
        done
        for venvsh_name in{% for name in signs.named %} {{ name.bare() }}{% endfor %}; do
            \command eval "venvsh_line=\${$venvsh_name-}"
            case $venvsh_line in *sh) case ${KSH_VERSION:+ksh}${YASH_VERSION:+yash} in "${venvsh_line#m}") venvsh_mark= ;; esac ;; esac
        done
        case ${PS1-} in *VIRTUAL_ENV* | *virtualenv_prompt_info*) venvsh_mark= ;; esac
        PS1=$venvsh_mark${PS1#"$venvsh_mark"}
        # yash draws this one where it is set.
        case ${YASH_PS1+x} in x) YASH_PS1=$venvsh_mark${YASH_PS1#"$venvsh_mark"} ;; esac
        ;;
    esac
{%- endif %}
    ;;
esac
{%- if completion %}
# ksh93 has a trap for keys, which may be the user's. Its editor for vi takes keys as commands where no mode is named.
case ${KSH_VERSION-}:$- in
*93*:*r*) ;;
*93*:*i*)
    \command eval 'case $(trap -p KEYBD) in "" | *venvsh_tab*)
        function venvsh_tab {
            \typeset answer keys
            [[ ${.sh.edmode} || ! -o vi ]] || \return
            answer=$(venvsh_exec complete ksh "${.sh.edcol}" -- "${.sh.edtext}" 2>/dev/null) || \command :
            case $answer in
            "") \return ;;
            "=") \printf "\a" >&2 ;;
            "="$'\''\n'\''*)
                \printf "\n%s" "${answer#?}" >&2
                keys=$'\''\f'\''
                case ${.sh.edmode} in ?*) keys=$'\''\E\fa'\'' ;; esac
                ;;
            *) keys=${answer#=} ;;
            esac
            .sh.edchar=$keys
        }
        \trap "case \${.sh.edchar} in \$'\''\t'\'') venvsh_tab ;; esac" KEYBD
    esac'
    ;;
esac
# yash completes by functions of these names, and quotes what they offer. mksh, dash and busybox have nothing like it.
case ${YASH_VERSION:+$-} in *i*)
    \command eval 'venvsh_complete () {
        typeset IFS="
" line
        for line in $(venvsh_exec complete yash "${WORDS[#]}" -- "$WORDS" "$TARGETWORD" 2>/dev/null); do
            case $line in
            */) complete -T -- "$line" ;;
            *) complete -- "$line" ;;
            esac
        done
    }'
    for venvsh_name in venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}; do
        \command eval "function completion/$venvsh_name { venvsh_complete; }"
    done
    ;;
esac
{%- endif %}
venvsh_name=${VIRTUALENVWRAPPER_HOOK_DIR:-${WORKON_HOME:-${HOME-}/.virtualenvs}} venvsh_line=
if \command test -r "$venvsh_name/initialize"; then
    while IFS=' ' \command read -r venvsh_line; do
        case $venvsh_line in '' | \#*) venvsh_line= ;; *) \command break ;; esac
    done <"$venvsh_name/initialize"
fi
case $venvsh_line in
?*)
    WORKON_HOME=${WORKON_HOME:-$HOME/.virtualenvs} VIRTUALENVWRAPPER_HOOK_DIR=$venvsh_name VIRTUALENVWRAPPER_PROJECT_FILENAME=${VIRTUALENVWRAPPER_PROJECT_FILENAME:-.project} \command . "$venvsh_name/initialize" || \command :
    ;;
esac
\command unset -v venvsh_name venvsh_line
{%- if follows %}
{% include "auto.ksh" %}
{%- endif %}
\command :
