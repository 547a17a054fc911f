{% if file -%}
# Activates this environment in the running shell:   source path/to/bin/activate      Leave it with:   deactivate
# One file for bash, zsh, ksh93, mksh, dash, yash and busybox sh. It starts no program.
# A backslash before a command's name keeps aliases away; what only one shell understands stands inside eval, because some
# shells read the whole file before they run it. _OLD_VIRTUAL_* hold what deactivate puts back; they are never exported.
case "${BASH_SOURCE-}" in
"$0")
    \printf 'You must source this script: $ source %s\n' "$0" >&2
    \exit 33
    ;;
esac

# Leave the environment that is live in this very shell, whichever tool made it.
{% endif -%}
case ${VIRTUAL_ENV+x}${_OLD_VIRTUAL_PATH+x} in
xx)
    if \typeset -f \deactivate >/dev/null 2>&1; then
        \deactivate
{%- if others %}
    elif \eval 'case $(\command -v deactivate) in deactivate) ;; *) \false ;; esac' 2>/dev/null; then
        \deactivate
{%- endif %}
    fi
    ;;
esac
\unset -v _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1 _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_TCL_LIBRARY _OLD_VIRTUAL_TK_LIBRARY _OLD_PKG_CONFIG_PATH
{%- if zsh %}
case ${ZSH_VERSION+z} in z) \eval '\typeset -g _OLD_VIRTUAL_LOCAL' ;; esac
{%- endif %}
case $- in
*a*)
    \set +a
    _OLD_VIRTUAL_LOCAL=' -a '
    ;;
*) _OLD_VIRTUAL_LOCAL= ;;
esac
{%- if zsh %}
case ${ZSH_VERSION+z} in
z)
    \eval '\typeset -g +x _OLD_VIRTUAL_LOCAL _OLD_VIRTUAL_NAME _OLD_PKG_CONFIG_PATH
    for _OLD_VIRTUAL_NAME in PATH PS1 VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME PKG_CONFIG_PATH TCL_LIBRARY TK_LIBRARY HERE BIN NEW_PATH NEW_PKG_CONFIG_PATH NEW_TCL_LIBRARY NEW_TK_LIBRARY SET MARK PSVAR PYDOC DEACTIVATE BEFORE AFTER; do
        \typeset -g +x "_OLD_VIRTUAL_$_OLD_VIRTUAL_NAME"
    done'
    ;;
esac
{%- endif %}
{%- if file %}

# Nothing is changed unless everything can be. A read-only prompt only means no prompt.
{%- endif %}
_OLD_VIRTUAL_HERE={{ virtual_env }}
_OLD_VIRTUAL_MARK=${VIRTUAL_ENV_DISABLE_PROMPT:+no}
_OLD_VIRTUAL_SET=
case ${ZSH_VERSION+z}${BASH_VERSINFO-} in
{%- if zsh %}
z*)
    \eval 'case ${(t)PATH-}${(t)VIRTUAL_ENV-}${(t)VIRTUAL_ENV_PROMPT-}${(t)PYTHONHOME-}${(t)PKG_CONFIG_PATH-} in *readonly*) _OLD_VIRTUAL_SET=no ;; esac
    case $- in *r*) _OLD_VIRTUAL_SET=no ;; esac
    case ${(t)PS1-} in *readonly*) _OLD_VIRTUAL_MARK=no ;; esac'
    ;;
{%- endif %}
{%- if bash %}
[5-9]* | [1-9][0-9]*)
    \eval 'case ${PATH+${PATH@a}}${VIRTUAL_ENV+${VIRTUAL_ENV@a}}${VIRTUAL_ENV_PROMPT+${VIRTUAL_ENV_PROMPT@a}}${PYTHONHOME+${PYTHONHOME@a}}${PKG_CONFIG_PATH+${PKG_CONFIG_PATH@a}} in *r*) _OLD_VIRTUAL_SET=no ;; esac
    case ${PS1+${PS1@a}} in *r*) _OLD_VIRTUAL_MARK=no ;; esac'
    ;;
{%- endif %}
{%- if bash || others %}
*)
    if (PATH=${PATH-} VIRTUAL_ENV= VIRTUAL_ENV_PROMPT= PYTHONHOME= PKG_CONFIG_PATH= PS1=${PS1-}) >/dev/null 2>&1; then
        \:
    elif (PATH=${PATH-} VIRTUAL_ENV= VIRTUAL_ENV_PROMPT= PYTHONHOME= PKG_CONFIG_PATH=) >/dev/null 2>&1; then
        _OLD_VIRTUAL_MARK=no
    else
        _OLD_VIRTUAL_SET=no
    fi
    ;;
{%- endif %}
esac
{%- if file %}

# The environment was moved: this file's own place decides, if there is an environment around it and the shell can tell.
if \test ! -d "$_OLD_VIRTUAL_HERE"; then
    _OLD_VIRTUAL_NAME=${BASH_SOURCE-}
    case ${ZSH_VERSION+z}${KSH_VERSION-} in
    z*) \eval '_OLD_VIRTUAL_NAME=${(%):-%x}' ;;
    *93*) \eval '_OLD_VIRTUAL_NAME=${.sh.file}' ;;
    esac
    case $_OLD_VIRTUAL_NAME in
    */*) _OLD_VIRTUAL_NAME=${_OLD_VIRTUAL_NAME%/*}/.. ;;
    ?*) _OLD_VIRTUAL_NAME=.. ;;
    esac
    if \test -n "$_OLD_VIRTUAL_NAME" && \test -f "$_OLD_VIRTUAL_NAME/pyvenv.cfg"; then
        _OLD_VIRTUAL_NAME=$(CDPATH= \cd -- "$_OLD_VIRTUAL_NAME" >/dev/null && \pwd && \printf .)
        _OLD_VIRTUAL_HERE=${_OLD_VIRTUAL_NAME%??}
    else
        _OLD_VIRTUAL_SET=gone
    fi
fi
{%- endif %}
case $_OLD_VIRTUAL_SET in
no | gone)
    case $_OLD_VIRTUAL_SET in
    no) \printf 'venvsh: cannot activate, PATH or another variable is read-only: %s\n' "$_OLD_VIRTUAL_HERE" >&2 ;;
    *) \printf 'venvsh: no environment at: %s\n' "$_OLD_VIRTUAL_HERE" >&2 ;;
    esac
    case $_OLD_VIRTUAL_LOCAL in ?*) \set -a ;; esac
    \unset -v _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1 _OLD_VIRTUAL_VIRTUAL_ENV _OLD_VIRTUAL_VIRTUAL_ENV_PROMPT _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_PKG_CONFIG_PATH _OLD_VIRTUAL_TCL_LIBRARY _OLD_VIRTUAL_TK_LIBRARY _OLD_VIRTUAL_HERE _OLD_VIRTUAL_BIN _OLD_VIRTUAL_NEW_PATH _OLD_VIRTUAL_NEW_PKG_CONFIG_PATH _OLD_VIRTUAL_NEW_TCL_LIBRARY _OLD_VIRTUAL_NEW_TK_LIBRARY _OLD_VIRTUAL_SET _OLD_VIRTUAL_LOCAL _OLD_VIRTUAL_MARK _OLD_VIRTUAL_NAME _OLD_VIRTUAL_PSVAR _OLD_VIRTUAL_PYDOC _OLD_VIRTUAL_DEACTIVATE _OLD_VIRTUAL_BEFORE _OLD_VIRTUAL_AFTER _OLD_PKG_CONFIG_PATH
    {% if file %}\return 1{% else %}\false{% endif %}
    ;;
*)
{%- if file %}
    # Keep what is there: which variables are set, their values, which of them are not exported.
{%- endif %}
    _OLD_VIRTUAL_SET=" ${PATH+PATH} ${PS1+PS1} ${VIRTUAL_ENV+VIRTUAL_ENV} ${VIRTUAL_ENV_PROMPT+VIRTUAL_ENV_PROMPT} ${PYTHONHOME+PYTHONHOME} ${PKG_CONFIG_PATH+PKG_CONFIG_PATH} ${TCL_LIBRARY+TCL_LIBRARY} ${TK_LIBRARY+TK_LIBRARY} "
    _OLD_VIRTUAL_PATH=${PATH-}
    _OLD_VIRTUAL_PS1=${PS1-}
    _OLD_VIRTUAL_VIRTUAL_ENV=${VIRTUAL_ENV-}
    _OLD_VIRTUAL_VIRTUAL_ENV_PROMPT=${VIRTUAL_ENV_PROMPT-}
    _OLD_VIRTUAL_PYTHONHOME=${PYTHONHOME-}
    _OLD_VIRTUAL_PKG_CONFIG_PATH=${PKG_CONFIG_PATH-}
    _OLD_PKG_CONFIG_PATH=${PKG_CONFIG_PATH-}
    _OLD_VIRTUAL_TCL_LIBRARY=${TCL_LIBRARY-}
    _OLD_VIRTUAL_TK_LIBRARY=${TK_LIBRARY-}
    case ${VIRTUAL_ENV+x}${VIRTUAL_ENV_PROMPT+x}${PYTHONHOME+x}${PKG_CONFIG_PATH+x}${TCL_LIBRARY+x}${TK_LIBRARY+x} in
    ?*)
        _OLD_VIRTUAL_NEW_PATH="
$(\export -p)"
        for _OLD_VIRTUAL_NAME in VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME PKG_CONFIG_PATH TCL_LIBRARY TK_LIBRARY; do
            case $_OLD_VIRTUAL_NEW_PATH in
            *"
export $_OLD_VIRTUAL_NAME="* | *"
declare -"*"x $_OLD_VIRTUAL_NAME="* | *"
typeset -x $_OLD_VIRTUAL_NAME="*) ;;
            *) _OLD_VIRTUAL_LOCAL="$_OLD_VIRTUAL_LOCAL $_OLD_VIRTUAL_NAME " ;;
            esac
        done
        ;;
    esac
    _OLD_VIRTUAL_PYDOC=
    _OLD_VIRTUAL_DEACTIVATE=
    {
        if \typeset -f \pydoc; then _OLD_VIRTUAL_PYDOC=$(\typeset -f${YASH_VERSION+p} \pydoc); fi
        if \alias \pydoc; then
            _OLD_VIRTUAL_NAME=$(\alias \pydoc)
            _OLD_VIRTUAL_PYDOC="$_OLD_VIRTUAL_PYDOC
\\alias ${_OLD_VIRTUAL_NAME#alias }"
            \unalias \pydoc
        fi
        if \typeset -f \deactivate; then _OLD_VIRTUAL_DEACTIVATE=$(\typeset -f${YASH_VERSION+p} \deactivate); fi
        if \alias \deactivate; then
            _OLD_VIRTUAL_NAME=$(\alias \deactivate)
            _OLD_VIRTUAL_DEACTIVATE="$_OLD_VIRTUAL_DEACTIVATE
\\alias ${_OLD_VIRTUAL_NAME#alias }"
            \unalias \deactivate
        fi
    } >/dev/null 2>&1
{%- if !file %}
    _OLD_VIRTUAL_BEFORE={% for script in before_leaving %}{{ script }}'
'{% endfor %}
    _OLD_VIRTUAL_AFTER={% for script in after_leaving %}{{ script }}'
'{% endfor %}
{%- endif %}
{%- if file %}

    # Enter.
{%- endif %}
    _OLD_VIRTUAL_BIN="$_OLD_VIRTUAL_HERE/"{{ bin_name }}
    _OLD_VIRTUAL_NEW_PKG_CONFIG_PATH="$_OLD_VIRTUAL_HERE/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
    \export VIRTUAL_ENV="$_OLD_VIRTUAL_HERE" VIRTUAL_ENV_PROMPT={{ prompt }} PATH="$_OLD_VIRTUAL_BIN${PATH:+:$PATH}" PKG_CONFIG_PATH="$_OLD_VIRTUAL_NEW_PKG_CONFIG_PATH"
    _OLD_VIRTUAL_NEW_PATH=$PATH
    \unset -v PYTHONHOME
{%- if let Some(tcl) = tcl_library %}
    _OLD_VIRTUAL_NEW_TCL_LIBRARY={{ tcl }}
    \export TCL_LIBRARY="$_OLD_VIRTUAL_NEW_TCL_LIBRARY"
{%- endif %}
{%- if let Some(tk) = tk_library %}
    _OLD_VIRTUAL_NEW_TK_LIBRARY={{ tk }}
    \export TK_LIBRARY="$_OLD_VIRTUAL_NEW_TK_LIBRARY"
{%- endif %}
    _OLD_VIRTUAL_NAME=
    _OLD_VIRTUAL_PSVAR=
    case ${_OLD_VIRTUAL_MARK:-${BASH_VERSION+p}${ZSH_VERSION+p}${KSH_VERSION+p}${YASH_VERSION+p}} in
    p*)
{%- if plain_prompt %}
        _OLD_VIRTUAL_MARK="("{{ prompt }}") "
{%- else %}
{%- if file %}
        # The name is drawn as data: by a parameter that is expanded once, in zsh by an element of psvar.
{%- endif %}
        _OLD_VIRTUAL_MARK='(${_OLD_VIRTUAL_NAME-}) '
        _OLD_VIRTUAL_NAME={{ drawn_prompt }}
        case ${ZSH_VERSION+z}${KSH_VERSION-} in
        z*) \eval '_OLD_VIRTUAL_PSVAR="psvar=(${(j: :)${(@qq)psvar[@]}})"; psvar+=("$_OLD_VIRTUAL_NAME"); _OLD_VIRTUAL_MARK="(%${#psvar[@]}v) "' ;;
        *93*) _OLD_VIRTUAL_NAME={{ drawn_prompt_ksh }} ;;
        esac
{%- endif %}
        PS1="$_OLD_VIRTUAL_MARK${PS1-}"
        ;;
    *) _OLD_VIRTUAL_MARK= ;;
    esac
{%- if others %}
    \eval '
pydoc () {
{%- else %}
    function {% if zsh %}\{% endif %}pydoc {
{%- endif %}
    \python -m pydoc "$@"
}
{%- if others %}
deactivate () {
{%- else %}
function {% if zsh %}\{% endif %}deactivate {
{%- endif %}
    case ${_OLD_VIRTUAL_PATH+x} in
    x)
        _OLD_VIRTUAL_LOCAL="$_OLD_VIRTUAL_LOCAL ${1-} "
{%- if !file %}
        while case $_OLD_VIRTUAL_BEFORE in "") \false ;; esac; do
            \set -- "${_OLD_VIRTUAL_BEFORE%%
*}"
            _OLD_VIRTUAL_BEFORE=${_OLD_VIRTUAL_BEFORE#*
}
            if \test -f "$1"; then \. "$1" pre_deactivate || \:; fi
        done
{%- endif %}
        case $- in
        *a*)
            \set +a
            _OLD_VIRTUAL_LOCAL="$_OLD_VIRTUAL_LOCAL -a "
            ;;
        esac
        case $_OLD_VIRTUAL_MARK:${PS1-} in
        :*) ;;
        "$_OLD_VIRTUAL_MARK:$_OLD_VIRTUAL_MARK$_OLD_VIRTUAL_PS1")
            PS1=$_OLD_VIRTUAL_PS1
            case $_OLD_VIRTUAL_SET in *" PS1 "*) ;; *) \unset -v PS1 ;; esac
            ;;
        "$_OLD_VIRTUAL_MARK:$_OLD_VIRTUAL_MARK"*) PS1=${PS1#"$_OLD_VIRTUAL_MARK"} ;;
        esac
        \eval "$_OLD_VIRTUAL_PSVAR"
        \set -- PATH PKG_CONFIG_PATH PYTHONHOME VIRTUAL_ENV VIRTUAL_ENV_PROMPT{% if tcl_library.is_some() %} TCL_LIBRARY{% endif %}{% if tk_library.is_some() %} TK_LIBRARY{% endif %}
        while case $# in 0) \false ;; esac; do
            \eval "_OLD_VIRTUAL_NAME=\${$1-} _OLD_VIRTUAL_MARK=\${_OLD_VIRTUAL_NEW_$1-}"
            case $1 in VIRTUAL_ENV*) _OLD_VIRTUAL_MARK=$_OLD_VIRTUAL_NAME ;; esac
            case $_OLD_VIRTUAL_NAME in
            "$_OLD_VIRTUAL_MARK")
                case $_OLD_VIRTUAL_SET in
                *" $1 "*)
                    case $_OLD_VIRTUAL_LOCAL in
                    *" $1 "*)
                        \unset -v "$1"
                        \eval "$1=\$_OLD_VIRTUAL_$1"
                        ;;
                    *) \eval "\\export $1=\"\$_OLD_VIRTUAL_$1\"" ;;
                    esac
                    ;;
                *) \unset -v "$1" ;;
                esac
                ;;
            *)
                case $1 in PATH) _OLD_VIRTUAL_MARK=$_OLD_VIRTUAL_BIN ;; *) _OLD_VIRTUAL_MARK=$_OLD_VIRTUAL_HERE/lib/pkgconfig ;; esac
                _OLD_VIRTUAL_NAME=:$_OLD_VIRTUAL_NAME:
                case $1$_OLD_VIRTUAL_NAME in
                P*_PATH*":$_OLD_VIRTUAL_MARK:"* | PATH*":$_OLD_VIRTUAL_MARK:"*)
                    _OLD_VIRTUAL_NAME=${_OLD_VIRTUAL_NAME%%":$_OLD_VIRTUAL_MARK:"*}:${_OLD_VIRTUAL_NAME#*":$_OLD_VIRTUAL_MARK:"}
                    _OLD_VIRTUAL_NAME=${_OLD_VIRTUAL_NAME#:}
                    \eval "$1=\${_OLD_VIRTUAL_NAME%:}"
                    ;;
                esac
                ;;
            esac
            \shift
        done
        \unset -f \pydoc 2>/dev/null || \:
        \eval "$_OLD_VIRTUAL_PYDOC"
        \set -- "$_OLD_VIRTUAL_LOCAL" "$_OLD_VIRTUAL_DEACTIVATE"
{%- if !file %}
        case ${ZSH_VERSION+z} in z) \typeset -g VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV ;; esac
        VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV=$_OLD_VIRTUAL_HERE
{%- endif %}
        \unset -v _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1 _OLD_VIRTUAL_VIRTUAL_ENV _OLD_VIRTUAL_VIRTUAL_ENV_PROMPT _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_PKG_CONFIG_PATH _OLD_VIRTUAL_TCL_LIBRARY _OLD_VIRTUAL_TK_LIBRARY _OLD_VIRTUAL_HERE _OLD_VIRTUAL_BIN _OLD_VIRTUAL_NEW_PATH _OLD_VIRTUAL_NEW_PKG_CONFIG_PATH _OLD_VIRTUAL_NEW_TCL_LIBRARY _OLD_VIRTUAL_NEW_TK_LIBRARY _OLD_VIRTUAL_SET _OLD_VIRTUAL_MARK _OLD_VIRTUAL_NAME _OLD_VIRTUAL_PSVAR _OLD_VIRTUAL_PYDOC _OLD_PKG_CONFIG_PATH _OLD_VIRTUAL_BEFORE
        case $1 in *" -a "*) \set -a ;; esac
{%- if !file %}
        while case $_OLD_VIRTUAL_AFTER in "") \false ;; esac; do
            \set -- "${_OLD_VIRTUAL_AFTER%%
*}"
            _OLD_VIRTUAL_AFTER=${_OLD_VIRTUAL_AFTER#*
}
            if \test -f "$1"; then \. "$1" post_deactivate "${VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV##*/}" || \:; fi
        done
        \unset -v VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV
{%- endif %}
        \set -- "$_OLD_VIRTUAL_LOCAL"
        ;;
    *) \set -- " ${1-} " ;;
    esac
    case $1 in
    *" nondestructive "*) ;;
    *)
        \set -- "${_OLD_VIRTUAL_DEACTIVATE-}"
        \unset -v _OLD_VIRTUAL_LOCAL _OLD_VIRTUAL_AFTER _OLD_VIRTUAL_DEACTIVATE
        case $1 in
        "" | "
"*) \unset -f \deactivate ;;
        esac
        \eval "$1"
        ;;
    esac
}{% if others %}'{% endif %}
    case $_OLD_VIRTUAL_LOCAL in
    " -a "*)
        _OLD_VIRTUAL_LOCAL=${_OLD_VIRTUAL_LOCAL#" -a "}
        \set -a
        ;;
    esac
    ;;
esac
