# Follows the directory: one comparison before each prompt, one process after a change of directory.
venvsh_left() {
    venvsh_off=${VENVSH_AUTO:-$PWD/.}
    \builtin unset -v VENVSH_AUTO
}
venvsh_auto() {
    \builtin set -- "$?"
    if [[ $PWD != "${venvsh_here-}" && ! ${VENVSH_NO_AUTO-} ]]; then
        venvsh_here=$PWD
        if [[ -x {{ program }} ]] || \builtin type -P venvsh >/dev/null; then
            venvsh_apply auto -- "${venvsh_off-}" "${venvsh_memory-}" || \builtin :
        elif [[ ! ${venvsh_gone-} ]]; then
            venvsh_gone=1
            \builtin printf '%s\n' {{ gone }} >&2
        fi
    fi
    \builtin return "$1"
}
\builtin unset -v venvsh_here
# As another element of a list where bash has that: each sees the status of the last command, and of its pipe.
if [[ $- == *i* && $- != *r* && ${PROMPT_COMMAND[*]-}${precmd_functions[*]-} != *venvsh_auto* ]]; then
    if [[ ${bash_preexec_imported-}${__bp_imported-} ]]; then
        precmd_functions+=(venvsh_auto)
    elif ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 501)); then
        venvsh_name=${PROMPT_COMMAND-}
        while [[ $venvsh_name == *[\;[:space:]] ]]; do venvsh_name=${venvsh_name%?}; done
        \builtin printf -v PROMPT_COMMAND %s "$venvsh_name${venvsh_name:+
}venvsh_auto" && \builtin export -n PROMPT_COMMAND || \builtin :
    else
        venvsh_name=0
        while [[ ${PROMPT_COMMAND[venvsh_name]+x} ]]; do venvsh_name=$((venvsh_name + 1)); done
        \builtin printf -v "PROMPT_COMMAND[venvsh_name]" %s venvsh_auto || \builtin :
    fi
fi
