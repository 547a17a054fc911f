{/* After the activation of our own script, whose functions restore what _venv_names lists. For bash, zsh and the POSIX shells. */}
case ${_venv_root+x}${_venv_names+x} in
xx)
# The environment's own variables. Nothing changes before all are found changeable.
case $- in
*a*)
    "$_venv_do" set +a
    _venv_options='"$_venv_do" set -a'
    ;;
*) _venv_options= ;;
esac
{%- if shell == Shell::Zsh %}
if [[ -o warncreateglobal ]]; then
    \builtin unsetopt warncreateglobal
    _venv_options="$_venv_options
builtin setopt warncreateglobal"
fi
{%- endif %}
_venv_refused= _venv_names='{% for name in changes.only_here %}{{ name.bare() }} {% endfor %}'
{%- match shell %}
{%- when Shell::Zsh %}
for _venv_name in{% for name in changes.names %} {{ name.bare() }}{% endfor %}; do
    case ${(tP)_venv_name-} in *readonly* | *array* | association* | integer* | float*) _venv_refused=$_venv_name ;; esac
done
for _venv_name in{% for name in changes.only_here %} {{ name.bare() }}{% endfor %}; do
    case ${(tP)_venv_name-} in '' | *export*) ;; *) _venv_local="$_venv_local $_venv_name " ;; esac
done
{%- when Shell::Bash %}
_venv_value="
$(\builtin declare -p{% for name in changes.names %} {{ name.bare() }}{% endfor %} 2>/dev/null || \builtin :)
"
for _venv_name in{% for name in changes.names %} {{ name.bare() }}{% endfor %}; do
    case $_venv_value in
    *"
declare -x $_venv_name"[=$'\n']*) ;;
    *"
declare -- $_venv_name"[=$'\n']*)
        case " $_venv_names" in *" $_venv_name "*) _venv_local="$_venv_local $_venv_name " ;; esac
        ;;
    *"
declare -"?" $_venv_name"[=$'\n']* | *"
declare -"??" $_venv_name"[=$'\n']* | *"
declare -"???" $_venv_name"[=$'\n']* | *"
declare -"????" $_venv_name"[=$'\n']*) _venv_refused=$_venv_name ;;
    esac
done
{%- when _ %}
# Those that are read-only are named; whether the others are plain variables, assignments in a subshell tell, as in bin/activate.
_venv_value="
$("$_venv_do" readonly -p)
"
for _venv_name in{% for name in changes.names %} {{ name.bare() }}{% endfor %}; do
    case $_venv_value in *"
readonly $_venv_name="* | *"
readonly $_venv_name
"*) _venv_refused=$_venv_name ;; esac
done
case $_venv_refused in
'') if (for _venv_name in{% for name in changes.names %} {{ name.bare() }}{% endfor %}; do "$_venv_do" eval "$_venv_name=" || \exit 1; done) 2>/dev/null; then \:; else _venv_refused='one of the variables'; fi ;;
esac
_venv_value="
$("$_venv_do" export -p)"
for _venv_name in{% for name in changes.only_here %} {{ name.bare() }}{% endfor %}; do
    "$_venv_do" eval "_venv_old=\${$_venv_name+x}"
    case $_venv_old$_venv_value in
    [!x]* | *"
export $_venv_name="* | *"
declare -"*"x $_venv_name="* | *"
typeset -x $_venv_name="*) ;;
    *) _venv_local="$_venv_local $_venv_name " ;;
    esac
done
{%- endmatch %}
case $_venv_refused in
?*)
    "$_venv_do" printf 'venvsh: cannot activate %s: %s is read-only, or no plain variable\n' "$_venv_root" "$_venv_refused" >&2
    _venv_names=
    "$_venv_do" unset -v _venv_before _venv_after
    "$_venv_do" eval "$_venv_options"
    \deactivate
    \return 1
    ;;
esac
{%- for name in changes.only_here %}
"$_venv_do" unset -v _OLD_VIRTUAL_{{ name.bare() }}
case ${ {{- name.bare() }}+x} in x) _OLD_VIRTUAL_{{ name.bare() }}=${{ name.bare() }} ;; esac
{%- endfor %}
{%- for change in changes.all %}
{%- let name = changes.variables[loop.index0].bare() %}
{%- let entry = changes.entries[loop.index0].bare() %}
{%- match change.how %}
{%- when How::Set(value) %}
"$_venv_do" export {{ name }}={{ value }}
_venv__{{ name }}=${{ name }}
{%- when How::Unset %}
"$_venv_do" unset -v {{ name }} _venv__{{ name }}
{%- when How::Prepend(value) %}
{{ entry }}={{ value }}
"$_venv_do" export "{{ name }}=${{ entry }}${ {{- name }}:+:${{ name }}}"
_venv__{{ name }}=${{ name }}
{%- when How::Append(value) %}
{{ entry }}={{ value }}
"$_venv_do" export "{{ name }}=${ {{- name }}:+${{ name }}:}${{ entry }}"
_venv__{{ name }}=${{ name }}
{%- endmatch %}
{%- endfor %}
{%- if changes.has_lists() %}
_venv_before="${_venv_before-}"'
{%- for change in changes.all %}
{%- let name = changes.variables[loop.index0].bare() %}
{%- let entry = changes.entries[loop.index0].bare() %}
{%- let first = change.how.is_first() %}
{%- if change.how.is_list() %}
case ${ {{- name }}-}: in
"${_venv__{{ name }}-}:") ;;
*)
    _venv_value=:${ {{- name }}-}:
    case $_venv_value in
    *":${{ entry }}:"*)
{%- if first %}
        _venv_value=${_venv_value%%":${{ entry }}:"*}:${_venv_value#*":${{ entry }}:"}
{%- else %}
        _venv_value=${_venv_value%":${{ entry }}:"*}:${_venv_value##*":${{ entry }}:"}
{%- endif %}
        _venv_value=${_venv_value#:}
        {{ name }}=${_venv_value%:}
        case ${{ name }}${_OLD_VIRTUAL_{{ name }}+x} in "") "$_venv_do" unset -v {{ name }} ;; esac
        ;;
    esac
    ;;
esac
"$_venv_do" unset -v {{ entry }}
{%- endif %}
{%- endfor %}'
{%- endif %}
"$_venv_do" eval "$_venv_options"
    ;;
*) \printf 'venvsh: variables not set, bin/activate was edited and is not of this version\n' >&2 ;;
esac
