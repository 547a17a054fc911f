venvsh_name='  '; case ${#venvsh_name} in 1) \printf '%s\n' 'venvsh: quotes are missing: eval "$(venvsh hook zsh)"' >&2 ;; esac; # venvsh, protocol {{ protocol }}
venvsh_names=(\venvsh{% for (function, _) in commands %} \{{ function }}{% endfor %})
\unalias -m \venvsh_exec \venvsh_apply \deactivate "${venvsh_names[@]}" || \builtin :
function \venvsh_exec {
    \builtin set -- {{ program }} "$@"
    [[ -x $1 ]] || 1=$(\builtin whence -p venvsh) || 1=/venvsh
    \builtin export{% for name in variables %} {{ name }}{% endfor %} VENVSH_HOOK={{ channel }} VENVSH_KNOWS=${venvsh_knows-}
{%- if windows %}
    \builtin export VENVSH_DRIVES="${venvsh_drives-}" VENVSH_EMIT="${venvsh_plan-}" MSYS2_ARG_CONV_EXCL="[;:${MSYS2_ARG_CONV_EXCL:+;$MSYS2_ARG_CONV_EXCL}"
{%- endif %}
    [[ $- = *r* ]] || \builtin exec "$@"
    VENVSH_HOOK={{ restricted }} \command venvsh "${@:2}"
}
{%- if windows %}
{/* A program of Windows inherits no descriptor of the shell's but 0, 1 and 2. -*/}
{% include "drives.bash" %}
function \venvsh_apply {
    \builtin typeset -g venvsh_calls=$((${venvsh_calls-0} + 1))
    \builtin local venvsh_code='' venvsh_rc=1 venvsh_plan={{ emit_dir }}/zsh-$$-$venvsh_calls
    { (\venvsh_exec "$@") && venvsh_rc=0 || venvsh_rc=$?; } always {
        [[ $TRY_BLOCK_INTERRUPT != 1 ]] || { TRY_BLOCK_INTERRUPT=0 venvsh_rc=130; }
    }
    [[ ! -f $venvsh_plan ]] || IFS= \builtin read -r -d '' venvsh_code <"$venvsh_plan" || \builtin :
{%- else %}
function \venvsh_apply {
    \builtin local venvsh_code='' venvsh_rc=1
    [[ $- = *r* ]] || { { \builtin :; } 7>&1; } 2>/dev/null || { \venvsh_apply "$@" >/dev/null; \builtin return; }
    { { venvsh_code=$({ \venvsh_exec "$@"; } 8>&1 1>&7 7>&-) && venvsh_rc=0 || venvsh_rc=$?; } 7>&1; } always {
        [[ $TRY_BLOCK_INTERRUPT != 1 ]] || { TRY_BLOCK_INTERRUPT=0 venvsh_rc=130; }
    }
{%- endif %}
    \builtin eval "$venvsh_code" || \builtin :
    \builtin return "$venvsh_rc"
}
function \venvsh { \venvsh_apply "$@"; }
{%- if !prompt %}
{{ no_prompt.bare() }}=1
{%- endif %}
{%- if !commands.is_empty() %}
for venvsh_name in "${venvsh_names[@]:1}"; do
    \builtin eval "function \\$venvsh_name { \\venvsh_apply \\{% if let Some(prefix) = prefix %}${venvsh_name#{{ prefix.bare() }}}{% else %}$venvsh_name{% endif %} \"\$@\"; }"
done
{%- endif %}
{%- if !helpers.is_empty() %}
for venvsh_name in{% for name in helpers %} {{ name }}{% endfor %}; do
    \builtin eval "function virtualenvwrapper_$venvsh_name { \\venvsh_apply compat $venvsh_name \"\$@\"; }"
done
function virtualenvwrapper_cd { \builtin cd -q "$@"; }
function _virtualenvwrapper_version { \venvsh_apply compat version; }
{%- endif %}
if [[ ${VIRTUAL_ENV-}${${CONDA_DEFAULT_ENV-}#base} ]] && (( ! $+functions[deactivate] )); then
    \builtin unset -v _OLD_VIRTUAL_PATH
    \builtin eval 'function \deactivate { \venvsh_apply \deactivate "$@"; }'
{%- if prompt %}
    [[ ! -o interactive || ! ${VIRTUAL_ENV-} ]] || () {
        \emulate -L zsh
        [[ {% for name in signs.any %}${{ name.bare() }}{% endfor %} || :{% for name in signs.named %}${{ name.bare() }}:{% endfor %} = *:zsh:* || $PS1 = *(VIRTUAL_ENV|virtualenv_prompt_info)* ]] || venvsh_mark="(${${VIRTUAL_ENV_PROMPT:-${VIRTUAL_ENV##*/}}//[^[:alnum:] ._+@,:=-]/?}) "
        PS1=$venvsh_mark${PS1#$venvsh_mark}
    }
{%- endif %}
fi
{% include "initialize.bash" %}
{%- if completion %}
function \_venvsh {
    \emulate -L zsh
    \local -a found paths about as_is
    paths=(${(f)"$(\venvsh_exec complete zsh $((CURRENT - 1)) -- "${words[@]}" 2>&-)"})
    found=(${paths:#*/})
    about=(${found//$'\t'/  -- })
    found=(${found%%$'\t'*})
    paths=(${(M)paths:#*/})
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
{%- if follows %}
{% include "auto.zsh" %}
{%- endif %}
\builtin :
