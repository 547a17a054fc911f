{/* What `deactivate` does first and last, called with the environment's directory. Most people have no such scripts. */}
{%- macro around(scripts, variables) %}
    \builtin local venvsh_root="$1"
    if [[ {% for script in scripts.iter() %}-f {{ script }}{% if !loop.last %} || {% endif %}{% endfor %} ]]; then
        venvsh_source {{ caller() }}{% for script in scripts.iter() %} {{ script }}{% endfor %} ''{% for (name, value) in variables.iter() %} {{ name.bare() }} {{ value }}{% endfor %}
    fi
{%- endmacro -%}
{% include "source_around.bash" %}
{%- if let Some(kept) = kept %}
{%- if !kept.before.is_empty() %}
venvsh_before () {
    {%- call around(kept.before, kept.variables) %}pre_deactivate ''{% endcall %}
}
{%- endif %}
{%- if !kept.after.is_empty() %}
venvsh_after () {
    {%- call around(kept.after, kept.variables) %}post_deactivate "$1"{% endcall %}
}
{%- endif %}
{%- endif %}
