# Takes the hook out of this shell: leaves the environment, and removes functions, completions, variables and its last plan.
if builtin functions -q deactivate; and begin; set -q VIRTUAL_ENV; or not builtin contains -- "$CONDA_DEFAULT_ENV" '' base; end
    deactivate
end
if builtin functions -q venvsh_prompt
    builtin functions -e fish_prompt
    builtin functions -c venvsh_prompt fish_prompt
end
command rm -f -- {{ emit_dir }}/$fish_pid-$venvsh_calls
for name in venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}
    builtin complete -e -c $name
    builtin functions -e $name
end
set -e name
builtin functions -e venvsh_apply venvsh_complete venvsh_prompt
set -e venvsh_calls
{%- if windows %}
set -e venvsh_drives
{%- endif %}
set -e venvsh_inherited
{%- if !prompt %}
set -e {{ no_prompt.bare() }}
{%- endif %}
builtin functions -e venvsh_auto venvsh_first venvsh_left
for name in VENVSH_AUTO venvsh_off venvsh_memory venvsh_gone
    set -eg $name
end
set -e name
builtin true
