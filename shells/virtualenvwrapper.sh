# shellcheck shell=bash
# The same commands by venvsh, for start-up files that source virtualenvwrapper.sh. For bash and zsh.
if [ -n "${ZSH_VERSION-}" ]; then
    eval "$(command venvsh hook zsh)"
else
    eval "$(command venvsh hook bash)"
fi
virtualenvwrapper_initialize
