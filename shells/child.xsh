def _venvsh_child():
    import os
    import shutil
    import subprocess
    import sys
    from xonsh.built_ins import XSH

    def run(code, name):
        try:
            XSH.builtins.execx(code + "\n", "exec", XSH.ctx, filename=name)
        except Exception as error:
            print("{}: {}".format(name, error), file=sys.stderr)

    files = list(XSH.env["XONSHRC"])
    for directory in filter(os.path.isdir, XSH.env["XONSHRC_DIR"]):
        files += [os.path.join(directory, name) for name in sorted(os.listdir(directory)) if name.endswith((".py", ".xsh"))]
    for file in filter(os.path.isfile, files):
        with open(file) as text:
            run(text.read(), file)
    shutil.rmtree({{ directory }}, ignore_errors=True)
    if "venvsh" not in XSH.aliases:
        run(subprocess.check_output([{{ program }}, "hook", "xonsh"], env=XSH.env.detype(), text=True), "venvsh hook")
    XSH.aliases["venvsh"](["workon", "--", {{ root }}])


try:
    _venvsh_child()
finally:
    del _venvsh_child
