venvsh_name='  '; case ${#venvsh_name} in 1) \printf '%s\n' 'venvsh: quotes are missing: eval "$(venvsh hook zsh)"' >&2 ;; esac; # venvsh, protocol {{ protocol }}
\unalias \venvsh \venvsh_exec \venvsh_apply \deactivate 2>/dev/null || \builtin :
function \venvsh_exec {
    \builtin set -- {{ program }} "$@"
    [[ -x $1 ]] || 1=$(\builtin whence -p venvsh) || 1=/venvsh
    \builtin export{% for name in variables %} {{ name }}{% endfor %} VENVSH_HOOK={{ channel }} VENVSH_KNOWS=${venvsh_knows-}
    \builtin exec "$@"
}
function \venvsh_apply {
    \builtin local venvsh_code='' venvsh_rc=1
    { { \builtin :; } 7>&1; } 2>/dev/null || { \venvsh_apply "$@" >/dev/null; \builtin return; }
    { { venvsh_code=$({ \venvsh_exec "$@"; } 8>&1 1>&7 7>&-) && venvsh_rc=0 || venvsh_rc=$?; } 7>&1; } always {
        [[ $TRY_BLOCK_INTERRUPT != 1 ]] || { TRY_BLOCK_INTERRUPT=0 venvsh_rc=130; }
    }
    \builtin eval "$venvsh_code" || \builtin :
    \builtin return "$venvsh_rc"
}
function \venvsh { \venvsh_apply "$@"; }
venvsh_names=(\venvsh)
{%- if !commands.is_empty() %}
for venvsh_name in{% for (_, verb) in commands %} \{{ verb }}{% endfor %}; do
    venvsh_names+=({% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}"$venvsh_name")
    \unalias {% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}"$venvsh_name" 2>/dev/null || \builtin :
    \builtin eval "function \\{% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}$venvsh_name { \\venvsh_apply \\$venvsh_name \"\$@\"; }"
done
{%- endif %}
{%- if !helpers.is_empty() %}
for venvsh_name in{% for name in helpers %} {{ name }}{% endfor %}; do
    \builtin eval "function virtualenvwrapper_$venvsh_name { \\venvsh_apply compat $venvsh_name \"\$@\"; }"
done
function virtualenvwrapper_cd { \builtin cd -q "$@"; }
function _virtualenvwrapper_version { \venvsh_apply compat version; }
{%- endif %}
if [[ ${VIRTUAL_ENV-} ]] && ! \builtin typeset -f \deactivate >/dev/null; then
    \builtin unset -v _OLD_VIRTUAL_PATH
    \builtin eval 'function \deactivate { \venvsh_apply \deactivate "$@"; }'
    if [[ -o interactive && ! ${VIRTUAL_ENV_DISABLE_PROMPT-} ]]; then
        venvsh_mark=${VIRTUAL_ENV_PROMPT:-${VIRTUAL_ENV##*/}}
        venvsh_mark="(${venvsh_mark//[^[:alnum:] ._+@,:=-]/?}) "
        PS1=$venvsh_mark${PS1#"$venvsh_mark"}
    fi
fi
{% include "initialize.bash" %}
{%- if completion %}
function \_venvsh {
    \emulate -L zsh
    \local -a found paths about as_is
    found=(${(f)"$(\venvsh_exec complete zsh $((CURRENT - 1)) -- "${words[@]}" 2>/dev/null)"})
    paths=(${(M)found:#*/})
    found=(${found:#*/})
    about=(${found//$'\t'/  -- })
    found=(${found%%$'\t'*})
    as_is=(${${(M)words[CURRENT]:#\~/*}:+-Q})
    \compadd $as_is -d about -a found
    \compadd $as_is -S '' -a paths || (( $#found ))
}
if [[ -o interactive ]]; then
    function venvsh_late {
        \emulate -L zsh
        \typeset -ga precmd_functions
        precmd_functions=(${precmd_functions:#venvsh_late} $1)
        (( ! $+functions[compdef] )) || \compdef \_venvsh $venvsh_names
    }
    venvsh_late venvsh_late
fi
{%- endif %}
\builtin :
