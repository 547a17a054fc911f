{/* How this shell writes the drives of Windows, for bash and zsh. -*/}
case ${OSTYPE-} in
msys*) venvsh_drives=msys ;;
cygwin*)
    venvsh_drives=$(\command cygpath -u C:/)
    venvsh_drives=${venvsh_drives%/}
    venvsh_drives=${venvsh_drives%?}
    ;;
*) venvsh_drives= ;;
esac
