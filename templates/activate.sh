{/* The head of a function. What a shell keeps is parsed while the user's alias of that name is there, which does not reach a name
behind `function`; the others cannot read that word, and define the function in an `eval`, when the alias is gone. */}
{%- macro function() %}{% if kept.is_some() %}function {% if zsh %}\{% endif %}{% endif %}{% endmacro %}
{%- macro parentheses() %}{% if kept.is_none() %} (){% endif %}{% endmacro %}
{/* Step 1. */}
{%- macro leave_first() -%}
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
{%- endmacro -%}
{/* Asks for an alias. bash keeps a table since 4.0; its message that there is none costs as much as the rest of step 4. */}
{%- macro if_alias() -%}
{% if kept.is_some() && bash -%}
if case ${BASH_VERSINFO-}${BASH_ALIASES[$_venv_name]+x} in [123] | *x) \builtin alias "$_venv_name" ;; *) ! \builtin : ;; esac; then
{%- else -%}
if "$_venv_do" alias "$_venv_name"; then
{%- endif %}
{%- endmacro -%}
{% if file -%}
# Activates this environment in the running shell:   source path/to/bin/activate      Leave it with:   deactivate
#
# One text for bash (3.2 and newer), zsh, ksh93, mksh, dash, yash and busybox sh. It starts no program.
# - A backslash before a command keeps aliases away, "$_venv_do" before it the functions of the user as well.
# - Tests are `case`: neither IFS, nor options, nor functions called `test` can change what they mean.
# - `${X+x}` is x if the variable X is set, and empty if not; `${X-}` is its value also under `set -u`.
# - What only one shell can read stands inside eval, as some shells parse the whole file before they run it.
#
# The steps: 1 leave the active environment, 2 keep options of the shell away, 3 find the directory, 4 save what is there,
# 5 define `deactivate` and `pydoc`, 6 notice another tool's script, 7 set the variables, 8 draw the mark before the prompt.
#
# `deactivate` needs these variables, which are never exported:
#   _OLD_VIRTUAL_X     old value of the variable X; unset if X was unset        _venv__X         the value that activation set
#   _venv_local        names that were not exported, between blanks             _venv_names     more variables X, a blank behind each
#   _venv_root         the environment's directory                              _venv_mark      the mark before the prompt
#   _venv_psvar        code that restores psvar                                 _venv_do        see above
#   _venv_user_F       code that restores the user's function or alias F
#   _venv_hash         `ours` if the function `hash` is
#   _venv_options      code that restores changed options of the shell
case "${BASH_SOURCE-}" in
"$0")
    \printf 'You must source this script: $ source %s\n' "$0" >&2
    \exit 33
    ;;
esac

{% endif -%}
{%- if !is_known() -%}
# 1. Leave the active environment, whichever tool entered it. Variables alone, without its function, come from a parent shell.
{{ leave_first() }}
{%- if kept.is_some() %}
{% include "leave.sh" %}
{% include "leaving.bash" %}
# Called with the number of this text and the environment's values.
venvsh_enter () {
{{ leave_first() }}
{%- endif %}

{%- if zsh %}
# 2. Until the end, new variables are not exported (set -a), and zsh does not warn of them (warn_create_global). `_venv_options` turns
# both on again.
case ${ZSH_VERSION+x} in x) \builtin typeset -g +x _venv_options ;; esac
{%- else %}
# 2. Until the end, new variables are not exported (set -a). `_venv_options` turns that on again.
{%- endif %}
case $- in
*a*)
{%- if others %}
    case ${BASH_VERSION+x}${ZSH_VERSION+x} in x) \builtin set +a ;; *) \set +a ;; esac
{%- else %}
    \builtin set +a
{%- endif %}
    _venv_options='"$_venv_do" set -a'
    ;;
*) _venv_options= ;;
esac
{%- if zsh %}
case ${ZSH_VERSION+x} in
x)
    # Under all_export the first one has exported it.
    \builtin typeset -g +x _venv_options
    \builtin eval 'if [[ -o warncreateglobal ]]; then
        _venv_options="$_venv_options
builtin setopt warncreateglobal"
        builtin unsetopt warncreateglobal
    fi'
    ;;
esac
{%- endif %}
{%- if others %}
_venv_do='command'
case ${BASH_VERSION+x}${ZSH_VERSION+x} in x) _venv_do=builtin ;; esac
{%- else %}
_venv_do=builtin
{%- endif %}

# 3. The environment's directory.
_venv_root={% if kept.is_some() %}$2{% else %}{{ virtual_env }}{% endif %}
{%- if respells && kept.is_none() %}
# Shells from Unix write the path in their own way. dash says nothing of itself.
case ${OSTYPE-${MSYSTEM+msys}} in
msys*) _venv_root={{ in_msys }} ;;
cygwin* | '') if \command -v cygpath >/dev/null; then _venv_root=$(\cygpath -u {{ virtual_env }}); fi ;;
esac
{%- endif %}
{%- if file %}

# The environment {% if relocatable %}is around this file{% else %}was moved{% endif %}: use this file's path, if an environment is around it and the shell knows the path.
if "$_venv_do" test ! -d "$_venv_root"; then
    _venv_value=${BASH_SOURCE-}
    case ${ZSH_VERSION+zsh}${KSH_VERSION-} in
    # zsh writes a control character as `^A` or `\n` here. Its trace has the name as it is, before the number of a line.
    zsh*)
        \eval '_venv_value="${(%):-%x}"
            case $_venv_value${funcsourcetrace+x} in *[\\^]*x) _venv_value="${${funcsourcetrace[@]:0:1}%:*}" ;; esac'
        ;;
    *93*) \eval '_venv_value=${.sh.file}' ;;
    esac
{%- if relocatable %}
    # A shell that does not know it takes the working directory: its own `bin/activate`, or that of `activate`.
    case $_venv_value in
    '') if "$_venv_do" test -f bin/activate; then _venv_value=bin/activate; elif "$_venv_do" test -f activate; then _venv_value=activate; fi ;;
    esac
{%- endif %}
    case $_venv_value in
    */*) _venv_value=${_venv_value%/*}/.. ;;
    ?*) _venv_value=.. ;;
    esac
    if "$_venv_do" test -n "$_venv_value" && "$_venv_do" test -f "$_venv_value/pyvenv.cfg"; then
        # The dot keeps line breaks at the end of the name.
        _venv_value=$(CDPATH= \cd -- "$_venv_value" >/dev/null && \pwd && \printf .)
        _venv_root=${_venv_value%??}
    else
{%- if relocatable %}
        "$_venv_do" printf 'venvsh: this shell does not say where the script is: cd DIR; . bin/activate\n' >&2
{%- else %}
        "$_venv_do" printf 'venvsh: no environment at: %s\n' "$_venv_root" >&2
{%- endif %}
        "$_venv_do" eval "$_venv_options"
        "$_venv_do" unset -v _venv_root _venv_value _venv_options _venv_do
        \return 1
    fi
fi
{%- endif %}

# 4. Save the values, the names of variables that are set and not exported, and the user's own `pydoc` and `deactivate`.
"$_venv_do" unset -v _venv_before _venv_after _OLD_VIRTUAL_PS1 _OLD_VIRTUAL_PATH{% for name in variables %} _OLD_VIRTUAL_{{ name.bare() }}{% endfor %}
case ${PS1+x} in x) _OLD_VIRTUAL_PS1=$PS1 ;; esac
case ${PATH+x} in x) _OLD_VIRTUAL_PATH=$PATH ;; esac
case ${PKG_CONFIG_PATH+x} in x) _OLD_VIRTUAL_PKG_CONFIG_PATH=$PKG_CONFIG_PATH ;; esac
case ${PYTHONHOME+x} in x) _OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME ;; esac
case ${VIRTUAL_ENV+x} in x) _OLD_VIRTUAL_VIRTUAL_ENV=$VIRTUAL_ENV ;; esac
case ${VIRTUAL_ENV_PROMPT+x} in x) _OLD_VIRTUAL_VIRTUAL_ENV_PROMPT=$VIRTUAL_ENV_PROMPT ;; esac
{%- if let Some(_) = tcl_library %}
case ${TCL_LIBRARY+x} in x) _OLD_VIRTUAL_TCL_LIBRARY=$TCL_LIBRARY ;; esac
{%- endif %}
{%- if let Some(_) = tk_library %}
case ${TK_LIBRARY+x} in x) _OLD_VIRTUAL_TK_LIBRARY=$TK_LIBRARY ;; esac
{%- endif %}
# virtualenv's own scripts look for this name.
_OLD_PKG_CONFIG_PATH=${PKG_CONFIG_PATH-}
# Variables to work with. `deactivate` finds them defined and not exported.
_venv_name= _venv_names= _venv_value= _venv_ours= _venv_old=
_venv_local=
case ${PKG_CONFIG_PATH+x}${PYTHONHOME+x}${VIRTUAL_ENV+x}${VIRTUAL_ENV_PROMPT+x}{% if let Some(_) = tcl_library %}${TCL_LIBRARY+x}{% endif %}{% if let Some(_) = tk_library %}${TK_LIBRARY+x}{% endif %} in
?*)
    _venv_value="
$("$_venv_do" export -p)"
    for _venv_name in{% for name in variables %} {{ name.bare() }}{% endfor %}; do
        case $_venv_value in
        *"
export $_venv_name="* | *"
declare -"*"x $_venv_name="* | *"
typeset -x $_venv_name="*) ;;
        *) _venv_local="$_venv_local $_venv_name " ;;
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
        {{ if_alias() }}
            _venv_old=$("$_venv_do" alias "$_venv_name")
            _venv_value="$_venv_value
\\alias ${_venv_old#alias }"
            "$_venv_do" unalias "$_venv_name"
        fi
        "$_venv_do" eval "_venv_user_$_venv_name=\$_venv_value"
    done
    # Whether `hash` is free for step 6.
    _venv_hash=
    case ${BASH_VERSION+x}${ZSH_VERSION+x}${_OLD_VIRTUAL_PATH:+x} in
    xx)
        _venv_name='hash'
        if "$_venv_do" typeset -f hash; then \:; else
            _venv_hash=ours
            {{ if_alias() }}
                _venv_hash=
            fi
        fi
        ;;
    esac
} >/dev/null 2>&1

# 5. Define `deactivate` and `pydoc`. A variable that still has the value that activation set is restored; from one that the user
# changed, only our part is removed.
{%- if kept.is_none() %}
"$_venv_do" eval '
{% include "leave.sh" %}
{%- endif %}
{{ function() }}deactivate{{ parentheses() }} {
    case ${1-} in
    -h | --help) "$_venv_do" printf "%s\n" "Leave the environment" "" "Usage: deactivate" ;;
    nondestructive) venvsh_leave nondestructive ;;
    *)
        venvsh_leave
        "$_venv_do" unset -v _venv_do
        ;;
    esac
}
{{ function() }}pydoc{{ parentheses() }} {
    \python -m pydoc "$@"
}
{%- if kept.is_none() %}'{% endif %}
{%- if kept.is_some() %}
venvsh_knows=$1
{%- else %}
"$_venv_do" unset -v venvsh_knows
{%- endif %}

# 6. Another tool's script replaces `deactivate` by its own and calls that. It restores PATH, calls `hash` in bash and zsh, and knows
# nothing else of ours. So `hash` undoes the rest, before the other environment is entered; in other shells the next activation
# does. A function `hash` of the user's stays as it is.
case $_venv_hash in
ours)
{%- if kept.is_none() %}
    "$_venv_do" eval '
{%- endif %}
{{ function() }}hash{{ parentheses() }} {
    "$_venv_do" set -- "$_venv_do" hash "$@"
    case ${_OLD_VIRTUAL_PATH+x} in
    "")
        venvsh_leave nondestructive
{%- if kept.is_none() %}
        "$1" unset -f venvsh_leave
{%- endif %}
        "$1" unset -v _venv_user_deactivate _venv_do
        ;;
    esac
    "$@"
}
{%- if kept.is_none() %}'{% endif %}
    ;;
esac

# 7. Set the variables. First the new values; `_venv_refused` becomes the name of a variable that is read-only.
_venv_bin=$_venv_root/{{ bin_name }}
_venv__VIRTUAL_ENV=$_venv_root
_venv__VIRTUAL_ENV_PROMPT={% if kept.is_some() %}$3{% else %}{{ prompt }}{% endif %}
_venv__PATH=$_venv_bin${PATH:+:$PATH}
_venv__PKG_CONFIG_PATH=$_venv_root/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
{%- if let Some(tcl) = tcl_library %}
_venv__TCL_LIBRARY={% if kept.is_some() %}$4{% else %}{{ tcl }}{% endif %}
{%- endif %}
{%- if let Some(tk) = tk_library %}
_venv__TK_LIBRARY={% if kept.is_some() %}$5{% else %}{{ tk }}{% endif %}
{%- endif %}
_venv_mark=
_venv_psvar=
_venv__PYTHONHOME=
_venv_refused=

# The shell whose prompt gets the mark, `sh` if it does not say which it is (dash, busybox). Empty if these variables or the prompt's
# own text say that something else shows the name.
_venv_shell=${BASH_VERSION+bash}${ZSH_VERSION+zsh}${KSH_VERSION+ksh}${YASH_VERSION+yash}
{%- if others %}
case $_venv_shell in '') _venv_shell='sh' ;; esac
{%- endif %}
case :{% for name in signs.named %}{% raw %}${{% endraw %}{{ name.bare() }}-}:{% endfor %}{% for name in signs.any %}{% raw %}${{% endraw %}{{ name.bare() }}:+no}{% endfor %}: in *"$_venv_shell:"* | *:no*) _venv_shell= ;; esac
case ${PS1-} in *VIRTUAL_ENV* | *virtualenv_prompt_info*) _venv_shell= ;; esac
{%- if zsh %}
case ${ZSH_VERSION+x} in
x)
    # In zsh this error would end everything.
    \builtin eval 'for _venv_name in PATH{% for name in variables %} {{ name.bare() }}{% endfor %}; do
        case $-:${(tP)_venv_name-} in *r*:* | *readonly*) _venv_refused=$_venv_name ;; esac
    done'
    ;;
esac
{%- endif %}
{%- if bash %}
case ${BASH_VERSION+x} in
x)
    # bash exports what it cannot set, but `printf -v` only fails. A prompt that cannot be set gets no mark (see below).
    {
{%- for name in variables.iter().rev() %}
        _venv_refused={{ name.bare() }} && "$_venv_do" printf -v {{ name.bare() }} %s "$_venv__{{ name.bare() }}" &&
{%- endfor %}
            _venv_refused=PATH && "$_venv_do" printf -v PATH %s "$_venv__PATH" &&
            _venv_refused= || "$_venv_do" :
        case $_venv_refused$_venv_shell in
        bash)
            _venv_mark={% if kept.is_some() %}$6{% else %}{{ mark_in_bash }}{% endif %}
            "$_venv_do" printf -v PS1 %s "$_venv_mark${PS1-}" || _venv_mark=
            ;;
        esac
    } 2>/dev/null
    ;;
esac
{%- endif %}
{%- if others %}
case ${BASH_VERSION+x}${ZSH_VERSION+x} in
"")
    # An assignment that fails ends the subshell, but in busybox the subshell then goes on with the user's script: `command` makes
    # it fail only.
    if (for _venv_name in PATH{% for name in variables %} {{ name.bare() }}{% endfor %}; do "$_venv_do" eval "$_venv_name=" || \exit 1; done) 2>/dev/null; then \:; else
        _venv_refused='PATH or another variable'
    fi
    ;;
esac
{%- endif %}
case $_venv_refused in
?*)
    "$_venv_do" printf 'venvsh: cannot activate %s: %s is read-only\n' "$_venv_root" "$_venv_refused" >&2
    "$_venv_do" eval "$_venv_options"
    venvsh_leave
    "$_venv_do" unset -v _venv_do
    \return 1
    ;;
esac
{%- if zsh || others %}
"$_venv_do" export "PATH=$_venv__PATH"{% for name in variables %} "{{ name.bare() }}=$_venv__{{ name.bare() }}"{% endfor %}
{%- else %}
"$_venv_do" export PATH{% for name in variables %} {{ name.bare() }}{% endfor %}
{%- endif %}
"$_venv_do" unset -v PYTHONHOME _venv__PYTHONHOME

# 8. Draw the mark before the prompt. The prompt must not interpret the name: bash draws it as the text of a date (done above), zsh
# as an element of psvar, the others by a parameter that is expanded once.
{%- if zsh || others %}
case $_venv_shell in
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
ksh | yash | sh)
    if (PS1='' YASH_PS1='') 2>/dev/null; then
{%- if plain_prompt %}
        _venv_mark="($VIRTUAL_ENV_PROMPT) "
{%- else %}
        _venv_mark='(${_venv_drawn-}) '
        _venv_drawn={{ drawn_prompt }}
        case ${KSH_VERSION-}:$_venv_shell in
        *93*) _venv_drawn={{ drawn_prompt_ksh }} ;;
        # busybox draws escapes that a parameter brings.
        *:sh) _venv_drawn={{ drawn_prompt_sh }} ;;
        esac
{%- endif %}
        PS1=$_venv_mark${PS1-}
        # Where it is set, yash draws this one, as its own sample of a start-up file has it.
        case $_venv_shell${YASH_PS1+x} in
        yashx)
            YASH_PS1=$_venv_mark$YASH_PS1
            _venv_psvar='case ${YASH_PS1+x} in x) YASH_PS1=${YASH_PS1#"$_venv_mark"} ;; esac'
            ;;
        esac
    fi
    ;;
{%- endif %}
esac
{%- endif %}
_venv__PS1=${PS1-}
{%- if let Some(kept) = kept %}
{%- if !kept.before.is_empty() %}
_venv_before='venvsh_before "$_venv_root"'
{%- endif %}
{%- if !kept.after.is_empty() %}
_venv_after='venvsh_after "$4"'
{%- endif %}
{%- endif %}
"$_venv_do" eval "$_venv_options"
{%- if kept.is_some() %}
}
{%- if bash %}
# `set -a` would have exported them.
\builtin export -fn venvsh_enter venvsh_leave venvsh_source{% if let Some(kept) = kept %}{% if !kept.before.is_empty() %} venvsh_before{% endif %}{% if !kept.after.is_empty() %} venvsh_after{% endif %}{% endif %}
{%- endif %}
{%- endif %}
{%- endif %}
{%- if let Some(kept) = kept %}
venvsh_enter {{ kept.number }} {{ virtual_env }} {{ prompt }} {% if let Some(tcl) = tcl_library %}{{ tcl }}{% else %}''{% endif %} {% if let Some(tk) = tk_library %}{{ tk }}{% else %}''{% endif %} {{ mark_in_bash }} || \builtin return
{%- endif %}
