# shellcheck shell=bash
# venvsh loads in a millisecond: there is nothing to put off. This file is for start-up files and plugins that look for it.
if [ -n "${ZSH_VERSION-}" ]; then
    eval "$(command venvsh hook zsh)"
else
    eval "$(command venvsh hook bash)"
fi
virtualenvwrapper_initialize
virtualenvwrapper_load() { :; }
