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
{%- if !prompt %}
    from xonsh.prompt.env import env_name

    env["PROMPT_FIELDS"]["env_name"] = env_name
{%- endif %}


try:
    _venvsh_unload()
finally:
    del _venvsh_unload
