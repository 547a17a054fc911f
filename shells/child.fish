builtin functions -q venvsh_apply; or {{ program }} hook fish | source
venvsh_apply workon {{ root }}
