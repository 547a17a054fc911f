
    # Follows the directory: one process after a change of directory, and one at the first prompt.
    memory = {"first": True, "text": "", "gone": False}

    def left():
        XSH.ctx["venvsh_off"] = env.get("VENVSH_AUTO") or env["PWD"] + "/."
        unset("VENVSH_AUTO")

    def followed(owner, off, path, **told):
        if path is not None:
            env["PATH"] = path.split(os.pathsep)
        if owner is None:
            unset("VENVSH_AUTO")
        else:
            env["VENVSH_AUTO"] = owner
        XSH.ctx["venvsh_off"] = off
        if told["memory"] is not None:
            memory["text"] = told["memory"]
        alias = raw.get("deactivate")
        function = getattr(alias, "func", None)
        if hasattr(function, "venvsh_undo") and not hasattr(function, "venvsh_follows"):

            def deactivate(args=None):
                status = function(args)
                if not env.get("VIRTUAL_ENV"):
                    left()
                return status

            deactivate.__dict__.update(function.__dict__, venvsh_follows=True)
            alias.func = deactivate

    does["follow"] = followed

    def venvsh_auto(**_):
        if env.get("VENVSH_NO_AUTO"):
            return
        if found() is not None:
            apply(["auto", "--", XSH.ctx.get("venvsh_off") or "", memory["text"]])
        elif not memory["gone"]:
            memory["gone"] = True
            print({{ gone }}, file=sys.stderr)

    def venvsh_first(**_):
        if memory.pop("first", False):
            venvsh_auto()

    if env.get("XONSH_INTERACTIVE"):
        from xonsh.events import events

        for event, handler in ((events.on_chdir, venvsh_auto), (events.on_pre_prompt, venvsh_first)):
            for old in [old for old in event if getattr(old, "__name__", "") == handler.__name__]:
                event.discard(old)
            event(handler)
