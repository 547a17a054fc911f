def _venvsh_activate(root, name, bin_name, libraries, before=(), after=(), variables=None, help=None{% if file %}, file=None{% endif %}):
    import os
    import sys
    from xonsh.built_ins import XSH
    from xonsh.tools import expand_path

    env, raw, absent = XSH.env, XSH.aliases._raw, object()
    pathlike = ("PATH", "PKG_CONFIG_PATH")
{% if file %}
    if not os.path.isdir(root):
        root = os.path.dirname(os.path.dirname(os.path.abspath(file)))
        if not os.path.isfile(os.path.join(root, "pyvenv.cfg")):
            raise RuntimeError("the environment was moved, and its new place is not known: " + root)
{% endif %}
    bin_dir = os.path.join(root, bin_name)
    pkg_dir = os.path.join(root, "lib", "pkgconfig")
    if "$" in root or expand_path(bin_dir) != bin_dir:
        raise RuntimeError("xonsh expands every entry of PATH and cannot use an environment in: " + root)

    def value(variable):
        return env[variable] if env.is_manually_set(variable) else absent

    def entries(variable):
        paths = value(variable)
        if paths is absent:
            return []
        # `_l` is the list before xonsh expanded it.
        paths = list(getattr(paths, "_l", None) or ([] if isinstance(paths, str) else paths))
        return [] if paths == [""] else paths

    def put(variable, what):
        if what is not absent:
            env[variable] = what
        elif env.is_manually_set(variable):
            del env[variable]

    # A list of paths is an object that changes; what was in it does not.
    def held(variable):
        theirs = value(variable)
        return list(theirs._l) if hasattr(theirs, "_l") else theirs

    def same(variable, ours):
        theirs = value(variable)
        if ours is absent or theirs is absent:
            return ours is theirs
        return entries(variable) == ours if variable in pathlike else held(variable) == ours

    # A hook that fails says so; it does not keep anyone in the environment.
    def run(scripts, *args):
        missing = {name: text for name, text in (variables or {}).items() if not env.is_manually_set(name)}
        for script in scripts:
            if os.path.isfile(script):
                try:
                    with open(script) as text, env.swap(ARGS=[script, *args], **missing):
                        XSH.builtins.execx(text.read() + "\n", "exec", XSH.ctx, filename=script)
                except Exception as error:
                    print("{}: {}".format(script, error), file=sys.stderr)

    live = getattr(raw.get("deactivate"), "func", None)
    if hasattr(live, "venvsh_undo"):
        live.venvsh_undo()

    new = {
        "VIRTUAL_ENV": root,
        "PATH": [bin_dir] + entries("PATH"),
        "VIRTUAL_ENV_PROMPT": name,
        "PYTHONHOME": absent,
        "PKG_CONFIG_PATH": [pkg_dir] + entries("PKG_CONFIG_PATH"),
    }
    new.update(libraries)
    old = {variable: value(variable) for variable in new}
    prompt = value("PROMPT")
    aliases = {alias: raw.get(alias, absent) for alias in ("pydoc", "deactivate")}

    # What PATH and the prompt are now is what activation made of them.
    def record():
        new["PATH"] = entries("PATH")
        if value("PROMPT") != prompt:
            old["PROMPT"], new["PROMPT"] = prompt, value("PROMPT")

    # The environment's own variables. A part of a value is a text, or the name of a variable whose value stands there.
    added = []

    def as_text(variable):
        theirs = held(variable)
        if isinstance(theirs, list):
            return os.pathsep.join(str(entry) for entry in theirs)
        return env.detype().get(variable, "") if theirs is not absent else ""

    def change(changes):
        for item in changes:
            variable, how = item["name"], item["how"]
            text = "".join(part if isinstance(part, str) else as_text(part[0]) for part in item["value"])
            if variable not in new:
                old[variable] = held(variable)
            if how == "set":
                put(variable, text)
            elif how == "unset":
                put(variable, absent)
            else:
                added.append((variable, text))
                rest = as_text(variable)
                order = [text, rest] if how == "prepend" else [rest, text]
                put(variable, os.pathsep.join(part for part in order if part))
            new[variable] = entries(variable) if variable in pathlike else held(variable)

    # VIRTUAL_ENV is last: whoever ends this by Ctrl-C sees that the environment is still to be left.
    def undo():
        for variable, ours in reversed(new.items()):
            if variable.startswith("VIRTUAL_ENV") or same(variable, ours):
                put(variable, old[variable])
            elif value(variable) is not absent:
                lists = {"PATH": [bin_dir], "PKG_CONFIG_PATH": [pkg_dir]}
                out = lists.get(variable, []) + [entry for name, entry in added if name == variable]
                left = as_text(variable).split(os.pathsep)
                for entry in out:
                    if entry in left:
                        left.remove(entry)
                        put(variable, os.pathsep.join(left) if left or old[variable] is not absent else absent)
        for alias, previous in aliases.items():
            if raw.get(alias) is mine[alias]:
                if previous is absent:
                    del raw[alias]
                else:
                    raw[alias] = previous

    def deactivate(args=None):
        if args and args[0] in ("-h", "--help"):
            return help() if help else print("Usage: deactivate")
        run(before, "pre_deactivate")
        undo()
        if after:
            XSH.ctx["VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV"] = root
            XSH.aliases["deactivate"] = deactivate
            try:
                run(after, "post_deactivate", os.path.basename(root))
            finally:
                XSH.ctx.pop("VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV", None)
                if aliases["deactivate"] is absent:
                    del raw["deactivate"]
                else:
                    raw["deactivate"] = aliases["deactivate"]

    deactivate.venvsh_undo = undo
    deactivate.venvsh_record = record
    deactivate.venvsh_change = change
    deactivate.__xonsh_threadable__ = False
    for variable, ours in new.items():
        put(variable, list(ours) if variable in pathlike else ours)
    XSH.aliases["deactivate"] = deactivate
    XSH.aliases["pydoc"] = ["python", "-m", "pydoc"]
    mine = {alias: raw[alias] for alias in aliases}
