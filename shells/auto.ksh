# Follows the directory: one comparison before each prompt, one process after a change of directory.
venvsh_left () {
    venvsh_off=${VENVSH_AUTO:-$PWD/.}
    \command unset -v VENVSH_AUTO
}
venvsh_auto () {
    case $PWD:${VENVSH_NO_AUTO:+no} in
    "${venvsh_here-}:" | *:no) ;;
    *)
        venvsh_here=$PWD
        if \command test -x {{ program }} || \command whence -p venvsh >/dev/null; then
            venvsh_apply auto -- "${venvsh_off-}" "${venvsh_memory-}" || \command :
        else
            case ${venvsh_gone-} in '') \command printf '%s\n' {{ gone }} >&2 ;; esac
            venvsh_gone=x
        fi
        ;;
    esac
}
\command unset -v venvsh_here
# Not where a plan reads the prompt, nor in a subshell.
case ${KSH_VERSION-}:$- in
*93*:*r*) ;;
*93*:*i*)
    \command eval 'if ! typeset -f PS1.get >/dev/null; then
        function PS1.get {
            typeset venvsh_status=$?
            if [[ ${.sh.level} == 1 && ${.sh.subshell} == 0 ]]; then venvsh_auto; fi
            return $venvsh_status
        }
    fi'
    ;;
*93*) ;;
*) \command printf '%s\n' {{ no_event }} >&2 ;;
esac
