#!/usr/bin/env python3
"""Builds the programs of a release, and makes its files from them: archives, Debian packages, checksums, manifests.

    packaging/release.py version              print the version: Cargo.toml is the only place that has it
    packaging/release.py notes                print what CHANGELOG.md says of this version
    packaging/release.py build TARGET OUT     build the program for TARGET, and write the wheel with it to the directory OUT
    packaging/release.py pack BINARIES OUT    write all files of the release to the directory OUT

BINARIES holds TARGET/venvsh for each target of TARGETS. The same programs give the same bytes: the times in the files
are SOURCE_DATE_EPOCH, else the time of the last commit. Debian packages need dpkg-deb, and `build` needs maturin or pipx.
"""

import gzip
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import time
import zipfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent

# For package managers, most of which allow 80 characters.
SUMMARY = "Python environments by name, in every shell"

# What a release is built for, and Debian's name of the processor where a Debian package is made of it.
TARGETS = {
    "x86_64-unknown-linux-musl": "amd64",
    "aarch64-unknown-linux-musl": "arm64",
    "x86_64-apple-darwin": None,
    "aarch64-apple-darwin": None,
    "x86_64-pc-windows-msvc": None,
}

# File of an archive: file of the repository. The program is added.
ARCHIVE = {
    "README.md": "README.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "LICENSE": "LICENSE",
    "man/man1/venvsh.1": "completions/venvsh.1",
    "completions/venvsh.bash": "completions/venvsh.bash",
    "completions/_venvsh": "completions/_venvsh",
    "completions/venvsh.fish": "completions/venvsh.fish",
    "completions/venvsh.elv": "completions/venvsh.elv",
    "completions/venvsh.nu": "completions/venvsh.nu",
    "completions/_venvsh.ps1": "completions/_venvsh.ps1",
    "shells/virtualenvwrapper.sh": "shells/virtualenvwrapper.sh",
    "shells/virtualenvwrapper_lazy.sh": "shells/virtualenvwrapper_lazy.sh",
}

# File of a Debian package: file of the repository, compressed where the name says so. The program is added.
DEBIAN = {
    "usr/share/man/man1/venvsh.1.gz": "completions/venvsh.1",
    "usr/share/bash-completion/completions/venvsh": "completions/venvsh.bash",
    "usr/share/zsh/vendor-completions/_venvsh": "completions/_venvsh",
    "usr/share/fish/vendor_completions.d/venvsh.fish": "completions/venvsh.fish",
    "usr/share/venvsh/virtualenvwrapper.sh": "shells/virtualenvwrapper.sh",
    "usr/share/venvsh/virtualenvwrapper_lazy.sh": "shells/virtualenvwrapper_lazy.sh",
    "usr/share/doc/venvsh/changelog.gz": "CHANGELOG.md",
    "usr/share/doc/venvsh/changelog.Debian.gz": "packaging/debian/changelog",
    "usr/share/doc/venvsh/copyright": "packaging/debian/copyright",
}

# Folders of packaging/ whose files become manifests of the release.
MANIFESTS = ["homebrew", "aur", "scoop", "winget"]

# Manifests that a user can name by their address.
LOOSE = ["aur/PKGBUILD", "scoop/venvsh.json"]


class Wrong(Exception):
    """A reason to stop; the text is for the user."""


def cargo():
    """The keys of Cargo.toml's [package] whose values are text, and the summary."""
    section = (TOP / "Cargo.toml").read_text().split("[package]\n")[1].split("\n[")[0]
    return dict(re.findall(r'^([\w-]+) = "(.*?)"', section, re.M), summary=SUMMARY)


def notes():
    """The changelog's section about this version."""
    version = cargo()["version"]
    parts = re.split(r"^## \[(.+?)\].*\n", (TOP / "CHANGELOG.md").read_text(), flags=re.M)
    section = dict(zip(parts[1::2], parts[2::2])).get(version, "").strip()
    if not section:
        raise Wrong(f"CHANGELOG.md has no section: [{version}]")
    return section


def epoch():
    """The time of the release, in seconds since 1970."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    return int(subprocess.check_output(["git", "-C", TOP, "log", "-1", "--format=%ct"]))


def compressed(data):
    # A name and a time inside would differ from run to run.
    return gzip.compress(data, mtime=0)


def filled(file, values):
    """The text of a file of packaging/, with `@name@` replaced."""

    def value(match):
        if match[1] not in values:
            raise Wrong(f"{file}: no value for {match[0]}")
        return values[match[1]]

    return re.sub(r"@([\w:-]+)@", value, (TOP / file).read_text())


def tar(files):
    """A tar archive of {name: (mode, bytes)}, owned by root."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, (mode, data) in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.mode, info.mtime, info.size = mode, epoch(), len(data)
            info.uname = info.gname = "root"
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(files):
    """A zip archive of {name: (mode, bytes)}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, (mode, data) in sorted(files.items()):
            info = zipfile.ZipInfo(name, time.gmtime(epoch())[:6])
            info.external_attr = mode << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def build(target, out):
    """Builds the program for one target, and the wheel that holds it."""
    # Messages of a panic name source files. Where the builder keeps those of other crates is nobody's business.
    sources = os.environ.get("CARGO_HOME") or Path.home() / ".cargo"
    variable = f"CARGO_TARGET_{target.upper().replace('-', '_')}_RUSTFLAGS"
    flags = f"{os.environ.get(variable, '')} --remap-path-prefix={sources}=/cargo".strip()
    maturin = ["maturin"] if shutil.which("maturin") else ["pipx", "run", "maturin>=1.9,<2"]
    command = [*maturin, "build", "--release", "--locked", "--config", "packaging/static.toml", "--target", target]
    if "linux" in target:
        # pip on systems with glibc and pip on systems with musl take the same wheel.
        command += ["--compatibility", "manylinux_2_17", "musllinux_1_1"]
    subprocess.run([*command, "--out", out.absolute()], check=True, cwd=TOP, env={**os.environ, variable: flags})


def program_name(target):
    return "venvsh.exe" if "windows" in target else "venvsh"


def archive(target, program):
    """Name and bytes of the archive for one target. It holds one directory, named as itself."""
    top = f"venvsh-{cargo()['version']}-{target}"
    files = {name: (0o644, (TOP / file).read_bytes()) for name, file in ARCHIVE.items()}
    files[program_name(target)] = (0o755, program)
    files = {f"{top}/{name}": content for name, content in files.items()}
    return (f"{top}.zip", zipped(files)) if "windows" in target else (f"{top}.tar.gz", compressed(tar(files)))


def debian(processor, program, out):
    """Writes the Debian package for one processor."""
    values = dict(cargo(), processor=processor)
    values["date"] = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(epoch()))
    values["description"] = "\n ".join(textwrap.wrap(values["description"] + ".", 75))
    # In this format a line that continues a field begins with a blank, and an empty one is a dot.
    terms = (TOP / "LICENSE").read_text().split("\n\n", 2)[2].strip().split("\n")
    values["terms"] = "\n".join(f" {line or '.'}" for line in terms)
    files = {"usr/bin/venvsh": program}
    for name, file in DEBIAN.items():
        text = filled(file, values) if file.startswith("packaging/") else (TOP / file).read_text()
        files[name] = compressed(text.encode()) if name.endswith(".gz") else text.encode()
    values["size"] = str(sum(-(-len(data) // 1024) for data in files.values()))
    sums = "".join(f"{hashlib.md5(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files["DEBIAN/md5sums"] = sums.encode()
    files["DEBIAN/control"] = filled("packaging/debian/control", values).encode()
    with tempfile.TemporaryDirectory() as tree:
        os.chmod(tree, 0o755)
        for name, data in files.items():
            write(Path(tree, name), data, 0o755 if name.startswith("usr/bin/") else 0o644)
        name = f"venvsh_{values['version']}-1_{processor}.deb"
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, out / name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, SOURCE_DATE_EPOCH=str(epoch())))


def write(file, data, mode=0o644):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    file.chmod(mode)


def pack(binaries, out):
    """Writes all files of the release."""
    programs = {target: binaries / target / program_name(target) for target in TARGETS}
    for program in programs.values():
        if not program.is_file():
            raise Wrong(f"no such program: {program}")
    os.umask(0o022)
    out.mkdir(parents=True, exist_ok=True)
    values = cargo()
    for target, processor in TARGETS.items():
        program = programs[target].read_bytes()
        name, data = archive(target, program)
        write(out / name, data)
        values[f"sha256:{target}"] = hashlib.sha256(data).hexdigest()
        if processor:
            debian(processor, program, out)
    shutil.copy(TOP / "packaging/install.sh", out)
    manifests = {
        f"{folder}/{file.name}": (0o644, filled(file, values).encode())
        for folder in MANIFESTS
        for file in (TOP / "packaging" / folder).iterdir()
    }
    write(out / "manifests.tar.gz", compressed(tar(manifests)))
    for name in LOOSE:
        write(out / Path(name).name, manifests[name][1])
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(out.iterdir())]
    write(out / "SHA256SUMS", "".join(sums).encode())


def main(words):
    if words == ["version"]:
        print(cargo()["version"])
    elif words == ["notes"]:
        print(notes())
    elif len(words) == 3 and words[0] == "build":
        build(words[1], Path(words[2]))
    elif len(words) == 3 and words[0] == "pack":
        pack(Path(words[1]), Path(words[2]))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Wrong, OSError, subprocess.CalledProcessError) as problem:
        sys.exit(f"release.py: {problem}")
