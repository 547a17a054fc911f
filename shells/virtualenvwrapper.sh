# shellcheck shell=bash
# The same commands by venvsh, for start-up files that source virtualenvwrapper.sh. For bash and zsh.
# virtualenvwrapper_initialize runs the script `initialize`, so the hook must not.
venvsh_loading=1
if [ -n "${ZSH_VERSION-}" ]; then
    eval "$(command venvsh hook zsh)"
else
    eval "$(command venvsh hook bash)"
fi
unset -v venvsh_loading
virtualenvwrapper_initialize
