# {{ virtual_env }} {% if file %}{% endif %}
