# venvsh, protocol 1: eval "$(venvsh hook zsh)" in ~/.zshrc
\unalias \venvsh \venvsh_apply \deactivate 2>/dev/null || \:
function \venvsh_apply {
    \local venvsh_program={{ program }} venvsh_code='' venvsh_rc=1
    \test -x "$venvsh_program" || venvsh_program=venvsh
    { venvsh_code=$(\export{% for name in variables %} {{ name }}{% endfor %} VENVSH_HOOK=1:zsh; \exec \command "$venvsh_program" "$@" 3>&1 1>&4 4>&-) && venvsh_rc=0 || venvsh_rc=$?; } 4>&1
    \test -z "$venvsh_code" || \eval "$venvsh_code" || \:
    \return "$venvsh_rc"
}
function \venvsh { \venvsh_apply "$@"; }
venvsh_names=(\venvsh)
{%- if !commands.is_empty() %}
for venvsh_name in{% for (_, verb) in commands %} \{{ verb }}{% endfor %}; do
    venvsh_names+=({% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}"$venvsh_name")
    \unalias {% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}"$venvsh_name" 2>/dev/null || \:
    \eval "function \\{% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}$venvsh_name { \\venvsh_apply \\$venvsh_name \"\$@\"; }"
done
\unset venvsh_name
{%- endif %}
{%- if !helpers.is_empty() %}
for venvsh_name in{% for name in helpers %} {{ name }}{% endfor %}; do
    \eval "function virtualenvwrapper_$venvsh_name { \\venvsh_apply compat $venvsh_name \"\$@\"; }"
done
\unset venvsh_name
function virtualenvwrapper_cd { \builtin cd -q "$@"; }
function _virtualenvwrapper_version { \venvsh_apply compat version; }
{%- endif %}
\test -z "${VIRTUAL_ENV-}" || \typeset -f \deactivate >/dev/null || \eval 'function \deactivate { \venvsh_apply \deactivate "$@"; }'
{%- if completion %}
function \_venvsh {
    \emulate -L zsh
    \local -a values about
    \local line
    \command {{ program }} complete zsh $((CURRENT - 1)) -- "${words[@]}" 2>/dev/null | while IFS= \read -r line; do
        values+=("${line%%$'\t'*}")
        about+=("${line//$'\t'/  -- }")
    done
    (( $#values )) && \compadd -d about -a values
}
if [[ -o interactive ]]; then
    function venvsh_late {
        \emulate -L zsh
        \typeset -ga precmd_functions
        precmd_functions=("${(@)precmd_functions:#venvsh_late}" $1)
        (( ! $+functions[compdef] )) || \compdef \_venvsh $venvsh_names
    }
    (( ! ${+functions[compdef]} )) && venvsh_late venvsh_late || venvsh_late
fi
{%- endif %}
\:
