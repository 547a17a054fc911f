{/* Sources the scripts of an event that exist: EVENT LEFT SCRIPT … "" VARIABLE VALUE …
LEFT is the environment that was left, if one was. The scripts see the variables, exported, that the shell does not have.
Each script but the first has a call of its own: in zsh, Ctrl-C in a loop is the status 1. -*/}
venvsh_source () {
    \builtin local venvsh_event="$1" venvsh_left="$2" venvsh_file=
    \builtin shift 2
    # Those that exist go to the end, behind another empty word.
    \builtin set -- "$@" ''
    while \builtin test -n "$1"; do
        if \builtin test -f "$1"; then \builtin set -- "$@" "$1"; venvsh_file=$1; fi
        \builtin shift
    done
    case $venvsh_file in '') \builtin return 0 ;; esac
    while \builtin shift; \builtin test -n "$1"; do
        \builtin eval "case \${$1+x} in '') \\builtin local -x \"$1=\$2\" ;; esac"
        \builtin shift
    done
    case $venvsh_left in ?*) \builtin local VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV="$venvsh_left" ;; esac
    venvsh_file=$2
    \builtin shift 2
    \builtin . "$venvsh_file" "$venvsh_event" ${venvsh_left:+"${venvsh_left##*/}"} || \builtin :
    case $# in 0) ;; *) venvsh_source "$venvsh_event" "$venvsh_left" "$@" '' ;; esac
}
