if \command -v venvsh_apply >/dev/null 2>&1; then venvsh_apply event "$@" || \:; fi
