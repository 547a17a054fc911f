venvsh_name='  '; case ${#venvsh_name} in 1) \printf '%s\n' 'venvsh: quotes are missing: eval "$(venvsh hook bash)"' >&2 ;; esac; # venvsh, protocol {{ protocol }}
\unalias venvsh venvsh_exec venvsh_apply deactivate 2>&- || \builtin :
venvsh_exec() {
    \builtin set -- {{ program }} "$@"
    [[ -x $1 && $- != *r* ]] || \builtin set -- venvsh "${@:2}"
    \builtin export{% for name in variables %} {{ name }}{% endfor %} VENVSH_HOOK={{ channel }} VENVSH_KNOWS=${venvsh_knows-}
{%- if windows %}
    \builtin export VENVSH_DRIVES="${venvsh_drives-}" VENVSH_EMIT="${venvsh_plan-}" MSYS2_ARG_CONV_EXCL="[;:${MSYS2_ARG_CONV_EXCL:+;$MSYS2_ARG_CONV_EXCL}"
{%- endif %}
    [[ $- != *r* ]] || { VENVSH_HOOK={{ restricted }} \command "$@"; \builtin return; }
    \builtin exec "$@"
}
{%- if windows %}
{/* A program of Windows inherits no descriptor of the shell's but 0, 1 and 2. -*/}
{% include "drives.bash" %}
venvsh_apply() {
    venvsh_calls=$((${venvsh_calls-0} + 1))
    \builtin local venvsh_code='' venvsh_rc=1 venvsh_plan={{ emit_dir }}/bash-$$-$venvsh_calls
    (venvsh_exec "$@") && venvsh_rc=0 || venvsh_rc=$?
    [[ ! -f $venvsh_plan ]] || IFS= \builtin read -r -d '' venvsh_code <"$venvsh_plan" || \builtin :
{%- else %}
venvsh_apply() {
    \builtin local venvsh_code='' venvsh_rc=1
    [[ -e /dev/fd/1 ]] || { venvsh_apply "$@" >/dev/null; \builtin return; }
    { venvsh_code=$({ venvsh_exec "$@"; } 8>&1 1>&7 7>&-) && venvsh_rc=0 || venvsh_rc=$?; } 7>&1
{%- endif %}
    \builtin eval "$venvsh_code" || \builtin :
    \builtin return "$venvsh_rc"
}
venvsh() { venvsh_apply "$@"; }
{%- if !prompt %}
{{ no_prompt.bare() }}=1
{%- endif %}
{%- if !commands.is_empty() %}
for venvsh_name in{% for (_, verb) in commands %} {{ verb }}{% endfor %}; do
    \unalias {% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}"$venvsh_name" 2>&- || \builtin :
    \builtin eval "{% if let Some(prefix) = prefix %}{{ prefix.bare() }}{% endif %}$venvsh_name() { venvsh_apply $venvsh_name \"\$@\"; }"
done
{%- endif %}
{%- if !helpers.is_empty() %}
for venvsh_name in{% for name in helpers %} {{ name }}{% endfor %}; do
    \builtin eval "virtualenvwrapper_$venvsh_name() { venvsh_apply compat $venvsh_name \"\$@\"; }"
done
virtualenvwrapper_cd() { \builtin cd "$@"; }
_virtualenvwrapper_version() { venvsh_apply compat version; }
{%- endif %}
if [[ ( ${VIRTUAL_ENV-} || ${CONDA_DEFAULT_ENV:-base} != base ) && $- != *r* ]] && ! \builtin declare -F deactivate >/dev/null; then
    \builtin unset -v _OLD_VIRTUAL_PATH
    \builtin eval 'deactivate() { venvsh_apply deactivate "$@"; }'
{%- if prompt %}
    if [[ $- == *i* && ${VIRTUAL_ENV-} ]]; then
        venvsh_mark=${VIRTUAL_ENV_PROMPT:-${VIRTUAL_ENV##*/}}
        venvsh_mark="(${venvsh_mark//[^[:alnum:] ._+@,:=-]/?}) "
        for venvsh_name in{% for name in signs.any %} {{ name.bare() }}{% endfor %}; do [[ ! ${!venvsh_name-} ]] || venvsh_mark=; done
        for venvsh_name in{% for name in signs.named %} {{ name.bare() }}{% endfor %}; do [[ ${!venvsh_name-} != bash ]] || venvsh_mark=; done
        case $PS1 in *VIRTUAL_ENV* | *virtualenv_prompt_info*) venvsh_mark= ;; esac
        PS1=$venvsh_mark${PS1#"$venvsh_mark"}
    fi
{%- endif %}
fi
{% include "initialize.bash" %}
{%- if completion %}
_venvsh() {
    \builtin local line words
    words=$(venvsh_exec complete bash "$COMP_CWORD" -- "${COMP_WORDS[@]}" 2>&-) || \builtin :
    COMPREPLY=()
    while IFS= \builtin read -r line; do [[ $line ]] && COMPREPLY+=("$line"); done <<<"$words"
    [[ ${COMPREPLY-} != */ ]] || \builtin compopt -o nospace 2>/dev/null || \builtin :
}
[[ $- != *i* ]] || \builtin complete -F _venvsh venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}
{%- endif %}
{%- if follows %}
{% include "auto.bash" %}
{%- endif %}
\builtin :
