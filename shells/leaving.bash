{% include "source_around.bash" %}
{%- if let Some(kept) = kept %}
{/* What `deactivate` does first and last, called with the environment's directory. Most people have no such scripts. */}
{%- if !kept.before.is_empty() %}
venvsh_before () {
    \builtin local venvsh_root="$1"
    if [[ {% for script in kept.before %}-f {{ script }}{% if !loop.last %} || {% endif %}{% endfor %} ]]; then
        venvsh_source pre_deactivate ''{% for script in kept.before %} {{ script }}{% endfor %} ''{% for (name, value) in kept.variables %} {{ name.bare() }} {{ value }}{% endfor %}
    fi
}
{%- endif %}
{%- if !kept.after.is_empty() %}
venvsh_after () {
    \builtin local venvsh_root="$1"
    if [[ {% for script in kept.after %}-f {{ script }}{% if !loop.last %} || {% endif %}{% endfor %} ]]; then
        venvsh_source post_deactivate "$1"{% for script in kept.after %} {{ script }}{% endfor %} ''{% for (name, value) in kept.variables %} {{ name.bare() }} {{ value }}{% endfor %}
    fi
}
{%- endif %}
{%- endif %}
