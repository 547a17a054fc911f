{/* `venvsh doctor` in bash and zsh: the user's aliases and functions in the place of the commands, which only the shell knows. -*/}
for venvsh_name in{% for name in names %} {{ name.bare() }}{% endfor %}; do
    venvsh_text=$(\builtin alias "$venvsh_name" 2>/dev/null || \builtin :)
    venvsh_fix="rename it, or move the line that loads the hook below it"
    case ${venvsh_text#*=} in
    '' | *"$venvsh_name"*)
        case $(\builtin typeset -f "$venvsh_name" 2>/dev/null || \builtin :) in
        *venvsh_apply* | *"command $venvsh_name"*) ;;
        ?*) \builtin printf 'wrong  names: %s is a function of yours, in the place of the command\n       fix: %s\n' "$venvsh_name" "$venvsh_fix" && venvsh_rc=1 ;;
        esac
        ;;
    *) \builtin printf 'wrong  names: %s is an alias of yours, in the place of the command: %s\n       fix: %s\n' "$venvsh_name" "${venvsh_text#*=}" "$venvsh_fix" && venvsh_rc=1 ;;
    esac
done
\builtin unset -v venvsh_name venvsh_text venvsh_fix
