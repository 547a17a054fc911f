{%- if bash %}
if [ -f ~/.bashrc ]; then . ~/.bashrc; fi
{%- else if yash %}
if [ -r ~/.yashrc ]; then . ~/.yashrc; else . --autoload initialization/default; fi
{%- else if let Some(startup) = startup %}
ENV={{ startup }}
\eval "venvsh_file=\"$ENV\""
if [ -f "$venvsh_file" ]; then . "$venvsh_file"; fi
\unset -v venvsh_file
{%- else %}
\unset -v ENV
{%- endif %}
\command rm -rf -- {{ directory }}
\command -v venvsh_apply >/dev/null || \eval "$({{ program }} hook {{ shell.bare() }})"
venvsh_apply workon {{ root }}
