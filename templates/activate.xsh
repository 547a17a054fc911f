{% if file -%}
# Activate: source DIR/bin/activate.xsh        Leave: deactivate
# xonsh 0.11 or newer. The `(NAME)` in the prompt is xonsh's own field {env_name}.
{% endif -%}
{% include "enter.xsh" %}

try:
    _venvsh_activate(
        {{ virtual_env }},
        {{ prompt }},
        {{ bin_name }},
        {
            {%- if let Some(tcl) = tcl_library %}
            "TCL_LIBRARY": {{ tcl }},
            {%- endif %}
            {%- if let Some(tk) = tk_library %}
            "TK_LIBRARY": {{ tk }},
            {%- endif %}
        },
        before=[{% for script in before_leaving %}{{ script }}, {% endfor %}],
        after=[{% for script in after_leaving %}{{ script }}, {% endfor %}],
{%- if file %}
        file=__file__,
{%- endif %}
    )
finally:
    del _venvsh_activate
