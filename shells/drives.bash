{/* How this shell writes the drives of Windows. dash, mksh and others say nothing of themselves. -*/}
case ${OSTYPE-${MSYSTEM+msys}} in
msys*) venvsh_drives=msys ;;
cygwin* | '')
    venvsh_drives=$(\command cygpath -u C:/ 2>/dev/null) || \command :
    venvsh_drives=${venvsh_drives%/}
    venvsh_drives=${venvsh_drives%?}
    ;;
*) venvsh_drives= ;;
esac
