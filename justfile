# `just` lists these; each is one line that works without just, too.

_default:
    @just --list

# Everything that CI runs, with the shells that are here
test:
    tests/run

# Tests whose name holds the word
only WORD:
    cargo test --test it {{WORD}}

# Rewrite snapshots, completions, the manual and the README's tables
update:
    UPDATE_EXPECT=1 cargo test --test it

# Formatting and lints
lint:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings

# Licences and sources of dependencies
deny:
    cargo deny check

# Commands killed at every one of their system calls
faults:
    VENVSH_ALL_FAULTS=1 cargo test --test it faults

# The table of the README
bench *WORDS:
    cargo bench --bench startup -- {{WORDS}}
