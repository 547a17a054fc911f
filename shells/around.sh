# Calls a function while the scripts see these variables, if they are not set.
venvsh_around () {
    venvsh_unset=
{%- for (name, value) in variables %}
    case ${ {{- name.bare() -}} +x} in '') \command export {{ name.bare() }}={{ value }} && venvsh_unset="$venvsh_unset {{ name.bare() }}" ;; esac
{%- endfor %}
    \command set -- "$venvsh_unset" "$@"
    \command unset -v venvsh_unset
    "$2" "${3-}"
    case $1 in ?*) \command eval "\\command unset -v$1" ;; esac
}
