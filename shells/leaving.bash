{% include "source_around.bash" %}
function {% if shell == Shell::Zsh %}\{% endif %}venvsh_after {
    \builtin local VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV="$1"
{%- for script in after %}
    venvsh_source {{ script }} post_deactivate "${1##*/}"
{%- endfor %}
    \builtin unset -f venvsh_after venvsh_source
}
{%- for script in before %}
venvsh_source {{ script }} pre_deactivate
{%- endfor %}
