# shellcheck shell=bash
# venvsh loads in a millisecond, so nothing is loaded later. This file is for start-up files and plugins that look for it.
# virtualenvwrapper_initialize runs the script `initialize`, so the hook must not.
venvsh_loading=1
if [ -n "${ZSH_VERSION-}" ]; then
    eval "$(command venvsh hook zsh)"
else
    eval "$(command venvsh hook bash)"
fi
unset -v venvsh_loading
virtualenvwrapper_initialize
virtualenvwrapper_load() { :; }
