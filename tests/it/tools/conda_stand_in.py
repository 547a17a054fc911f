"""Stands in for conda, mamba or micromamba: commands for environments without packages, and what they do to a shell.

What they do is what conda 26.7 was seen to do, but values are quoted, which conda does not do.
"""

import json
import os
import re
import shlex
import subprocess
import sys

NAME = os.path.basename(__file__)
PROGRAM = NAME.replace("micro", "").upper() + "_EXE"
ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
LIST = os.path.expanduser("~/.conda/environments.txt")

HOOK = """
export {program}={root}/bin/{name}
{name}() {{
    case $1 in
    activate | deactivate) eval "$(PS1=${{PS1-}} "${program}" shell.posix "$@")" ;;
    *) "${program}" "$@" ;;
    esac
}}
if [ -z "${{CONDA_SHLVL+x}}" ]; then
    export CONDA_SHLVL=0 PATH={root}/condabin:"$PATH"
fi
{name} activate base
"""


def create(prefix):
    os.makedirs(os.path.join(prefix, "conda-meta"))
    open(os.path.join(prefix, "conda-meta/history"), "w").close()
    os.makedirs(os.path.dirname(LIST), exist_ok=True)
    with open(LIST, "a") as file:
        file.write(prefix + "\n")


def listed():
    with open(LIST) as file:
        return file.read()


def name_of(prefix):
    if prefix == ROOT:
        return "base"
    directory, name = os.path.split(prefix)
    return name if os.path.basename(directory) == "envs" else prefix


def variables(prefix):
    try:
        with open(os.path.join(prefix, "conda-meta/state")) as file:
            return json.load(file)["env_vars"]
    except FileNotFoundError:
        return {}


def sourced(prefix, moment):
    """Lines that source the scripts of the environment, in byte order, or reversed where it is left."""
    directory = os.path.join(prefix, "etc/conda", moment + ".d")
    names = sorted(os.listdir(directory), reverse=moment == "deactivate") if os.path.isdir(directory) else []
    return [". " + shlex.quote(os.path.join(directory, name)) for name in names if name.endswith(".sh")]


def exported(values):
    return ["export {}={}".format(name, shlex.quote(value)) for name, value in values.items()]


def prompt(modifier):
    shown = re.sub(re.escape(os.environ.get("CONDA_PROMPT_MODIFIER") or "\0"), "", os.environ["PS1"])
    return ["PS1=" + shlex.quote(modifier + shown)]


def entered(prefix, level):
    modifier = "({}) ".format(name_of(prefix))
    return {
        "CONDA_PREFIX": prefix,
        "CONDA_SHLVL": str(level),
        "CONDA_DEFAULT_ENV": name_of(prefix),
        "CONDA_PROMPT_MODIFIER": modifier,
        **variables(prefix),
    }


def activate(prefix):
    old, level = os.environ.get("CONDA_PREFIX"), int(os.environ.get("CONDA_SHLVL") or 0)
    if old == prefix:
        return sourced(prefix, "deactivate") + sourced(prefix, "activate")
    path = os.environ["PATH"].split(":")
    values = entered(prefix, level + 1)
    for name in variables(prefix):
        if name in os.environ:
            values["__CONDA_SHLVL_{}_{}".format(level, name)] = os.environ[name]
    if level:
        path[path.index(old + "/bin")] = prefix + "/bin"
        values["CONDA_PREFIX_{}".format(level)] = old
    else:
        path.insert(0, prefix + "/bin")
    values["PATH"] = ":".join(path)
    before = sourced(old, "deactivate") if level else []
    return before + prompt(values["CONDA_PROMPT_MODIFIER"]) + exported(values) + sourced(prefix, "activate")


def deactivate():
    old, level = os.environ.get("CONDA_PREFIX"), int(os.environ.get("CONDA_SHLVL") or 0)
    if not level:
        return []
    below = os.environ["CONDA_PREFIX_{}".format(level - 1)] if level > 1 else None
    path = os.environ["PATH"].split(":")
    place = path.index(old + "/bin")
    path[place : place + 1] = [below + "/bin"] if below else []
    # conda removes no variable: it makes it empty.
    gone = ["CONDA_PREFIX", "CONDA_DEFAULT_ENV", "CONDA_PROMPT_MODIFIER", *variables(old)]
    values = dict.fromkeys(gone, "")
    values["CONDA_SHLVL"] = str(level - 1)
    if below:
        values["CONDA_PREFIX_{}".format(level - 1)] = ""
        values.update(entered(below, level - 1))
    for name in variables(old):
        saved = os.environ.get("__CONDA_SHLVL_{}_{}".format(level - 1, name))
        if saved is not None:
            values[name] = saved
    first = exported({"PATH": ":".join(path)}) + sourced(old, "deactivate")
    after = sourced(below, "activate") if below else []
    return first + prompt(values["CONDA_PROMPT_MODIFIER"]) + exported(values) + after


def main(words):
    if words[0] == "create":
        create(words[words.index("-p") + 1])
    elif words == ["env", "list"]:
        print(listed(), end="")
    elif words[:2] == ["run", "-p"]:
        sys.exit(subprocess.call(words[3:], env={**os.environ, **entered(words[2], 1)}))
    elif words[0].startswith("shell") and words[1] == "hook":
        print(HOOK.format(root=shlex.quote(ROOT), program=PROGRAM, name=NAME))
    elif words[:2] == ["shell.posix", "activate"]:
        print("\n".join(activate(ROOT if words[2] == "base" else words[2])))
    elif words == ["shell.posix", "deactivate"]:
        print("\n".join(deactivate()))
    else:
        sys.exit(NAME + ": not known here: " + " ".join(words))


main(sys.argv[1:])
