# Calls a function while the scripts see these variables, if they are not set: as assignments before one command, which are gone
# with it, also when Ctrl-C ends it.
venvsh_around () {
    \command set -- "$1" "${2-}"{% for (_, value) in variables %} {{ value }}{% endfor %}
    venvsh_lent=
{%- for (name, _) in variables %}
    case ${ {{- name.bare() -}} +x} in '') venvsh_lent="$venvsh_lent {{ name.bare() }}=\${ {{- crate::shell::quote::number(loop.index0 as u32 + 3) -}} }" ;; esac
{%- endfor %}
    \command eval "\\command unset -v venvsh_lent; $venvsh_lent \\command eval '\"\$1\" \"\$2\"'"
}
