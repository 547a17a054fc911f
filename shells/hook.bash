# venvsh, protocol 1: eval "$(venvsh hook bash)" in ~/.bashrc
\unalias venvsh venvsh_apply deactivate 2>/dev/null || \:
venvsh_apply() {
    \local venvsh_program={{ program }} venvsh_code='' venvsh_rc=1
    \test -x "$venvsh_program" || venvsh_program=venvsh
    { venvsh_code=$(\export{% for name in variables %} {{ name }}{% endfor %} VENVSH_HOOK=1:bash; \exec "$venvsh_program" "$@" 3>&1 1>&4 4>&-) && venvsh_rc=0 || venvsh_rc=$?; } 4>&1
    \test -z "$venvsh_code" || \eval "$venvsh_code" || \:
    \return "$venvsh_rc"
}
venvsh() { venvsh_apply "$@"; }
{%- if !commands.is_empty() %}
for venvsh_name in{% for (_, verb) in commands %} {{ verb }}{% endfor %}; do
    \unalias {% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}"$venvsh_name" 2>/dev/null || \:
    \eval "{% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}$venvsh_name() { venvsh_apply $venvsh_name \"\$@\"; }"
done
\unset venvsh_name
{%- endif %}
{%- if !helpers.is_empty() %}
for venvsh_name in{% for name in helpers %} {{ name }}{% endfor %}; do
    \eval "virtualenvwrapper_$venvsh_name() { venvsh_apply compat $venvsh_name \"\$@\"; }"
done
\unset venvsh_name
virtualenvwrapper_cd() { \builtin cd "$@"; }
_virtualenvwrapper_version() { venvsh_apply compat version; }
{%- endif %}
\test -z "${VIRTUAL_ENV-}" || \declare -F deactivate >/dev/null || \eval 'deactivate() { venvsh_apply deactivate "$@"; }'
{%- if completion %}
_venvsh() {
    \local line words
    words=$({{ program }} complete bash "$COMP_CWORD" -- "${COMP_WORDS[@]}" 2>/dev/null) || \:
    COMPREPLY=()
    while IFS= \read -r line; do [[ $line ]] && COMPREPLY+=("$line"); done <<<"$words"
    [[ ${COMPREPLY-} != */ ]] || \compopt -o nospace
}
[[ $- != *i* ]] || \complete -F _venvsh venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}
{%- endif %}
\:
