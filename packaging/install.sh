#!/bin/sh
# Installs the released venvsh; `sh install.sh --help` says how. It changes nothing unless the SHA-256 sum is right.

# All of it is read before any of it runs: half a download does nothing.
main() {
    set -eu
    releases=https://github.com/venvsh/venvsh/releases
    to=${XDG_BIN_HOME:-${HOME-}/.local/bin} version='' from=''
    while [ $# -gt 0 ]; do
        case $1 in
        --to | --version | --from)
            [ $# -gt 1 ] || wrong_use "option needs a value: $1"
            case $1 in
            --to) to=$2 ;;
            --version) version=${2#v} ;;
            --from) from=$2 ;;
            esac
            shift 2
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) wrong_use "not an option: $1" ;;
        esac
    done
    case $to in
    /.local/bin) fail "HOME is not set" "--to DIR names the directory" ;;
    /*) ;;
    *) to=$PWD/$to ;;
    esac
    if [ -n "$from" ]; then
        :
    elif [ -n "$version" ]; then
        from=$releases/download/v$version
    else
        from=$releases/latest/download
    fi

    target=$(target)
    work=$(mktemp -d)
    new=
    trap 'rm -rf "$work" ${new:+"$new"}' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM

    # The list of sums says which version the release is.
    fetch SHA256SUMS
    line=$(grep "  venvsh-[^ /]*-$target\.tar\.gz\$" "$work/SHA256SUMS") || fail "no build for $target in $from"
    expected=${line%% *} archive=${line##* }
    found=${archive#venvsh-} found=${found%-"$target".tar.gz}
    [ -z "$version" ] || [ "$version" = "$found" ] || fail "$from holds version $found, not $version"
    # A release that appears meanwhile changes what is newest.
    case $from in
    "$releases"/*) from=$releases/download/v$found ;;
    esac
    fetch "$archive"
    found=$(sum "$work/$archive")
    [ "$found" = "$expected" ] || fail "wrong SHA-256: $archive" "download it again; if that does not help, report it"

    tar -xzf "$work/$archive" -C "$work"
    mkdir -p "$to"
    # A running program is replaced, never written to.
    new=$to/.venvsh-$$
    cp "$work/${archive%.tar.gz}/venvsh" "$new"
    chmod 755 "$new"
    "$new" --version >"$work/version" || fail "the program does not run here: $target"
    mv -f "$new" "$to/venvsh"
    echo "$(cat "$work/version") is in $to"
    # It shows the line for the user's shell, and says if the directory is not on PATH.
    "$to/venvsh" setup || echo "venvsh setup SHELL shows the line for your shell's start-up file."
}

usage() {
    cat <<'END'
Install the released venvsh: one file, checked against the SHA-256 sums of the release.

Usage: sh install.sh [--to DIR] [--version VERSION] [--from RELEASE]

  --to DIR            Directory of the program (default: $XDG_BIN_HOME, else ~/.local/bin)
  --version VERSION   A release other than the newest, such as 0.1.0
  --from RELEASE      Directory or URL that holds the files of a release: a mirror, or a copy without network

It needs curl or wget, tar, and sha256sum, shasum or openssl. It needs no root and edits no start-up file.
END
}

fail() {
    echo "install.sh: $1" >&2
    [ $# = 1 ] || echo "hint: $2" >&2
    exit 1
}

wrong_use() {
    echo "install.sh: $1" >&2
    echo "hint: --help shows the options" >&2
    exit 2
}

# Name of the build for this machine.
target() {
    system=$(uname -s) processor=$(uname -m)
    case $processor in
    x86_64 | amd64) processor=x86_64 ;;
    aarch64 | arm64) processor=aarch64 ;;
    *) system=unknown ;;
    esac
    case $system in
    Linux) echo "$processor-unknown-linux-musl" ;;
    Darwin) echo "$processor-apple-darwin" ;;
    *) fail "no build for this system: $(uname -s) $(uname -m)" "cargo install builds it, where Rust is installed" ;;
    esac
}

# Puts a file of the release into the directory of work.
fetch() {
    case $from in
    *://*)
        if command -v curl >/dev/null; then
            curl --fail --silent --show-error --location --output "$work/$1" "$from/$1"
        elif command -v wget >/dev/null; then
            wget -q -O "$work/$1" "$from/$1"
        else
            fail "neither curl nor wget is installed"
        fi
        ;;
    *) cp "$from/$1" "$work/$1" ;;
    esac || fail "cannot get: $from/$1"
}

# SHA-256 of a file.
sum() {
    if command -v sha256sum >/dev/null; then
        set -- "$(sha256sum <"$1")"
    elif command -v shasum >/dev/null; then
        set -- "$(shasum -a 256 <"$1")"
    elif command -v openssl >/dev/null; then
        set -- "$(openssl dgst -sha256 -r <"$1")"
    else
        fail "none of sha256sum, shasum and openssl is installed"
    fi
    echo "${1%% *}"
}

main "$@"
