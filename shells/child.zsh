ZDOTDIR=$venvsh_zdotdir
if [[ ! $ZDOTDIR ]]; then \builtin unset ZDOTDIR; fi
\builtin unset venvsh_zdotdir
if [[ -f ${ZDOTDIR:-$HOME}/.zshrc ]]; then \builtin . "${ZDOTDIR:-$HOME}/.zshrc"; fi
\command rm -rf -- {{ directory }}
if (( ! $+functions[venvsh_apply] )); then \builtin eval "$({{ program }} hook zsh)"; fi
\venvsh_apply workon {{ root }}
