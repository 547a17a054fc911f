{/* Sources `initialize` if it holds more than comments; for bash and zsh. -*/}
venvsh_name=${VIRTUALENVWRAPPER_HOOK_DIR:-${WORKON_HOME:-${HOME-}/.virtualenvs}} venvsh_line=
if [[ -r $venvsh_name/initialize && ! ${venvsh_loading-} ]]; then
    while IFS=$' \t' \builtin read -r venvsh_line; do
        case $venvsh_line in '' | \#*) venvsh_line= ;; *) \builtin break ;; esac
    done <"$venvsh_name/initialize"
fi
if [[ $venvsh_line ]]; then
    WORKON_HOME=${WORKON_HOME:-$HOME/.virtualenvs} VIRTUALENVWRAPPER_HOOK_DIR=$venvsh_name VIRTUALENVWRAPPER_PROJECT_FILENAME=${VIRTUALENVWRAPPER_PROJECT_FILENAME:-.project} \builtin . "$venvsh_name/initialize" || \builtin :
fi
\builtin unset -v venvsh_name venvsh_line
