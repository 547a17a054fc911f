//! One environment on disk: open, create, seed, copy, move, wipe, repair, remove. Nothing here knows a shell.
