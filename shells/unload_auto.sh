{%- if shell.as_str() == "bash" %}
for venvsh_name in "${!PROMPT_COMMAND[@]}"; do
    case ${PROMPT_COMMAND[venvsh_name]} in
    venvsh_auto) \builtin unset -v "PROMPT_COMMAND[$venvsh_name]" ;;
    *"
venvsh_auto") PROMPT_COMMAND[venvsh_name]=${PROMPT_COMMAND[venvsh_name]%?venvsh_auto} ;;
    esac
done
for venvsh_name in "${!precmd_functions[@]}"; do
    case ${precmd_functions[venvsh_name]} in venvsh_auto) \builtin unset -v "precmd_functions[$venvsh_name]" ;; esac
done
{%- endif %}
{%- if shell.as_str() == "zsh" %}
[[ ${chpwd_functions-} != *venvsh_auto* ]] || chpwd_functions=(${chpwd_functions:#venvsh_auto})
[[ ${precmd_functions-} != *venvsh_first* ]] || precmd_functions=(${precmd_functions:#venvsh_first})
{%- endif %}
{%- if shell.as_str() == "ksh" %}
case ${KSH_VERSION-} in
*93*) case $(\command typeset -f PS1.get 2>/dev/null) in *venvsh_auto*) \command unset -f PS1.get ;; esac ;;
esac
{%- endif %}
\{{ builtin.bare() }} unset -f venvsh_auto venvsh_first venvsh_left 2>/dev/null || \{{ builtin.bare() }} :
\{{ builtin.bare() }} unset -v VENVSH_AUTO venvsh_off venvsh_memory venvsh_here venvsh_gone venvsh_name
