# zsh reads this first. The user's own file may move ZDOTDIR; ours comes back for the next file.
{%- if let Some(startup) = startup %}
ZDOTDIR={{ startup }}
{%- else %}
\builtin unset ZDOTDIR
{%- endif %}
if [[ -f ${ZDOTDIR:-$HOME}/.zshenv ]]; then \builtin . "${ZDOTDIR:-$HOME}/.zshenv"; fi
\builtin typeset -g venvsh_zdotdir="${ZDOTDIR-}"
ZDOTDIR={{ directory }}
