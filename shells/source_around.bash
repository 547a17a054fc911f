function {% if shell == Shell::Zsh %}\{% endif %}venvsh_source {
    \builtin test -f "$1" || \builtin return 0
    \builtin local venvsh_unset=
{%- for (name, value) in variables %}
    case ${ {{- name.bare() -}} +x} in '') \builtin export {{ name.bare() }}={{ value }} && venvsh_unset="$venvsh_unset {{ name.bare() }}" ;; esac
{%- endfor %}
    \builtin . "$@" || \builtin :
    case $venvsh_unset in ?*) \builtin eval "\\builtin unset -v$venvsh_unset" ;; esac
}
