# Takes the hook out of this shell: leaves the environment, and removes functions, completions and variables.
case ${VIRTUAL_ENV:-${CONDA_DEFAULT_ENV:-base}} in
base) ;;
*)
    case $(\command -v deactivate) in
    deactivate) \deactivate || \{{ builtin.bare() }} : ;;
    esac
    # What a shell inherited, and could not leave.
    case ${VIRTUAL_ENV:-${CONDA_DEFAULT_ENV:-base}} in
    base) ;;
    *) \{{ builtin.bare() }} unset -f deactivate 2>/dev/null || \{{ builtin.bare() }} : ;;
    esac
    ;;
esac
{%- if shell.as_str() == "bash" %}
\builtin complete -r venvsh{% for (function, _) in commands %} {{ function }}{% endfor %} 2>/dev/null || \builtin :
{%- endif %}
{%- if shell.as_str() == "zsh" %}
(( ! $+functions[compdef] )) || \compdef -d \venvsh{% for (function, _) in commands %} \{{ function }}{% endfor %}
[[ ${precmd_functions-} != *venvsh_late* ]] || precmd_functions=(${precmd_functions:#venvsh_late})
{%- endif %}
\{{ builtin.bare() }} unset -f venvsh venvsh_exec venvsh_apply venvsh_enter venvsh_leave venvsh_source venvsh_before venvsh_after venvsh_late _venvsh{% for (function, _) in commands %} {{ function }}{% endfor %} 2>/dev/null || \{{ builtin.bare() }} :
{%- if shell.as_str() == "ksh" %}
case ${KSH_VERSION-} in
*93*) case $(\trap -p KEYBD) in *venvsh_tab*) \trap - KEYBD; \command unset -f venvsh_tab ;; esac ;;
esac
{%- endif %}
{%- if builtin.as_str() == "command" %}
case ${YASH_VERSION+x} in x) \command unset -f venvsh_complete{% for (function, _) in commands %} completion/{{ function }}{% endfor %} completion/venvsh 2>/dev/null || \command : ;; esac
{%- endif %}
{%- if !helpers.is_empty() && builtin.as_str() == "builtin" %}
\builtin unset -f virtualenvwrapper_cd _virtualenvwrapper_version{% for name in helpers %} virtualenvwrapper_{{ name }}{% endfor %} 2>/dev/null || \builtin :
{%- endif %}
\{{ builtin.bare() }} unset -v venvsh_knows venvsh_mark venvsh_names venvsh_file{% if windows %} venvsh_calls venvsh_drives{% endif %}{% if !prompt %} {{ no_prompt.bare() }}{% endif %}
{%- include "unload_auto.sh" %}
\{{ builtin.bare() }} :
