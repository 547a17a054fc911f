#!/usr/bin/env python3
"""Finds what the usual commands execute, and writes order.ld, by which the linker puts these functions together.

    packaging/order.py        build the static program with its symbols, run it in valgrind, write packaging/order.ld

The system maps 64 KiB of a program with one page fault. What a short command executes is spread over most of the program, and its
page faults take a good part of its time; together it is in a third fewer of these windows. Functions are named without the hashes that
another compiler changes. A name that no longer exists has no effect, and a new function stands with all others: run it again
when a test of `budget.rs` counts too many windows. Needs cargo with the target, valgrind, and nm.
"""

import bisect
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TARGET = "x86_64-unknown-linux-musl"
BUILD = TOP / "target" / "order"
PROGRAM = BUILD / TARGET / "release" / "venvsh"

# The usual commands, for which a shell waits. {} is a directory for new environments.
COMMANDS = [
    ["hook", "bash"],
    ["workon", "demo"],
    ["complete", "bash", "1", "--", "workon", "d"],
    ["auto", "--", "", ":"],
    ["lsvirtualenv"],
    ["lsvirtualenv", "-b"],
    ["create", "--no-pip", "-p", sys.executable, "{}/bare"],
    ["create", "-p", sys.executable, "{}/pip"],
]

# A name that stands for more than this many bytes and twice as many as are executed is left out: it would bring in others.
OTHERS = 2000


def build() -> None:
    """Builds the program as it is released, but with its symbols."""
    command = ["cargo", "build", "--release", "--locked", "--config", "packaging/static.toml"]
    command += ["--config", "profile.release.strip=false", "--target", TARGET, "--target-dir", str(BUILD)]
    subprocess.run(command, cwd=TOP, check=True)


def functions() -> list[tuple[int, int, str]]:
    """The functions of the program: address, size, name. In the order of their addresses."""
    listing = subprocess.run(["nm", "-n", str(PROGRAM)], check=True, capture_output=True, text=True).stdout
    fields = [line.split(" ", 2) for line in listing.splitlines()]
    starts = [(int(line[0], 16), line[2]) for line in fields if len(line) == 3 and line[1] in "tTwW"]
    ends = [address for address, _ in starts[1:]]
    return [(start, end - start, name) for (start, name), end in zip(starts, ends)]


def general(name: str) -> str:
    """The name as a pattern that stands for it in the builds of other compilers too."""
    if name.startswith("_ZN"):
        return re.sub(r"17h[0-9a-f]{16}E", "17h*E", name)
    return re.sub(r"Cs[0-9A-Za-z]{9,14}_", "Cs*_", name)


def executed(command: list[str], environment: dict[str, str], log: Path) -> set[int]:
    """The addresses of the instructions that the command executes."""
    valgrind = ["valgrind", "-q", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={log}", str(PROGRAM)]
    # The third descriptor is where the plan goes.
    shell = ["sh", "-c", 'exec "$@" 3>/dev/null >/dev/null', "sh", *valgrind, *command]
    subprocess.run(shell, check=True, env=environment)
    addresses, address = set(), 0
    for line in log.read_text().splitlines():
        place = re.match(r"(0x[0-9a-f]+|[+-]\d+|\*) ", line)
        if place:
            text = place[1]
            address = int(text, 16) if text.startswith("0x") else address + int(text.replace("*", "0"))
            addresses.add(address)
    return addresses


def commands_of(known: list[tuple[int, int, str]], directory: Path) -> list[set[int]]:
    """For each command the functions that it executes, by their place in `known`."""
    environment = {"HOME": str(directory), "PATH": os.environ["PATH"], "LC_ALL": "C", "VENVSH_HOOK": "1:bash"}
    for made in (["create", "-p", sys.executable, f"{directory}/.virtualenvs/demo"], ["hook", "bash"]):
        subprocess.run([str(PROGRAM), *made], check=True, env=environment, stdout=subprocess.DEVNULL)
    starts = [start for start, _, _ in known]
    result = []
    for command in COMMANDS:
        words = [word.replace("{}", str(directory)) for word in command]
        addresses = executed(words, environment, directory / "log")
        inside = (address for address in addresses if starts[0] <= address < starts[-1])
        result.append({bisect.bisect_right(starts, address) - 1 for address in inside})
    return result


def order(known: list[tuple[int, int, str]], commands: list[set[int]]) -> list[str]:
    """The patterns of the functions that are executed: those of most commands first."""
    total: dict[str, int] = {}
    for _, size, name in known:
        total[general(name)] = total.get(general(name), 0) + size
    size_of: dict[str, int] = {}
    for place in set().union(*commands):
        name = general(known[place][2])
        size_of[name] = size_of.get(name, 0) + known[place][1]
    uses = {name: 0 for name in size_of}
    for command in commands:
        for name in {general(known[place][2]) for place in command}:
            uses[name] += 1
    names = (name for name, size in size_of.items() if total[name] <= 2 * size + OTHERS)
    return sorted(names, key=lambda name: (-uses[name], name))


def main() -> None:
    build()
    known = functions()
    with tempfile.TemporaryDirectory() as directory:
        names = order(known, commands_of(known, Path(directory)))
    lines = "".join(f"        *(.text.{name})\n" for name in names)
    head = "/* Written by order.py: what the usual commands execute, together. */\n"
    text = f"{head}SECTIONS\n{{\n    .text.first :\n    {{\n{lines}    }}\n}}\nINSERT BEFORE .text;\n"
    (TOP / "packaging" / "order.ld").write_text(text)


if __name__ == "__main__":
    main()
