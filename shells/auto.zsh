# Follows the directory: one process after a change of directory, and one at the first prompt.
function \venvsh_left {
    \builtin typeset -g venvsh_off=${VENVSH_AUTO:-$PWD/.}
    \builtin unset -v VENVSH_AUTO
}
function \venvsh_auto {
    \builtin set -- $?
    if [[ ! ${VENVSH_NO_AUTO-} && $ZSH_SUBSHELL = 0 ]]; then
        if [[ -x {{ program }} ]] || \builtin whence -p venvsh >/dev/null; then
            \venvsh_apply auto -- "${venvsh_off-}" "${venvsh_memory-}" || \builtin :
        elif [[ ! ${venvsh_gone-} ]]; then
            \builtin typeset -g venvsh_gone=1
            \builtin printf '%s\n' {{ gone }} >&2
        fi
    fi
    \builtin return $1
}
function \venvsh_first {
    () {
        \builtin set -- $?
        \emulate -L zsh
        precmd_functions=(${precmd_functions:#venvsh_first})
        \builtin return $1
    }
    \venvsh_auto
}
if [[ -o interactive && $- != *r* ]]; then
    () {
        \emulate -L zsh
        \typeset -ga chpwd_functions precmd_functions
        chpwd_functions=(${chpwd_functions:#venvsh_auto} venvsh_auto)
        precmd_functions=(${precmd_functions:#venvsh_first} venvsh_first)
    }
fi
