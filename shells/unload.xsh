def _venvsh_unload():
    from xonsh.built_ins import XSH

    env, raw = XSH.env, XSH.aliases._raw
    if "deactivate" in raw and (env.get("VIRTUAL_ENV") or (env.get("CONDA_DEFAULT_ENV") or "base") != "base"):
        XSH.aliases["deactivate"]([])
    if hasattr(getattr(raw.get("deactivate"), "func", None), "venvsh_inherited"):
        del raw["deactivate"]
    for name in ("venvsh", {% for (function, _) in commands %}"{{ function }}", {% endfor %}):
        raw.pop(name, None)
    XSH.completers.pop("venvsh", None)
    from xonsh.events import events

    for event in (events.on_chdir, events.on_pre_prompt):
        for old in [old for old in event if getattr(old, "__name__", "") in ("venvsh_auto", "venvsh_first")]:
            event.discard(old)
    XSH.ctx.pop("venvsh_off", None)
    if "VENVSH_AUTO" in env:
        del env["VENVSH_AUTO"]
{%- if !prompt %}
    from xonsh.prompt.env import env_name

    env["PROMPT_FIELDS"]["env_name"] = env_name
{%- endif %}


try:
    _venvsh_unload()
finally:
    del _venvsh_unload
