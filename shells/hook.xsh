{% let file = false %}# venvsh, protocol {{ protocol }}: exec($(venvsh hook xonsh))      in ~/.xonshrc
# The program answers with data, a list of steps in a private file; what a step does is said here.
{% include "enter.xsh" %}


def _venvsh_load(activate):
    import json
    import os
    import shutil
    import signal
    import subprocess
    import sys
    import threading
    from xonsh.built_ins import XSH
    from xonsh.dirstack import cd

    program, directory = {{ program }}, {{ emit_dir }}
    env, raw = XSH.env, XSH.aliases._raw

    def found():
        return program if os.access(program, os.X_OK) else shutil.which("venvsh", path=os.pathsep.join(env["PATH"]))

    def start(words, variables, stdin=None, stdout=None, stderr=None, cwd=None):
        def plain(stream):
            try:
                return stream and stream.fileno()
            except (AttributeError, OSError):
                return None

        for stream in (sys.stdout, sys.stderr, stdout, stderr):
            if stream is not None and not isinstance(stream, int):
                stream.flush()
        # The program gets Ctrl-C too, and says how it ends. Only the main thread is interrupted by it.
        usual = signal.getsignal(signal.SIGINT)
        heeded = threading.current_thread() is threading.main_thread() and callable(usual)
        if heeded:
            signal.signal(signal.SIGINT, lambda *_: None)
        try:
            child = subprocess.Popen(
                words,
                stdin=plain(stdin),
                stdout=plain(stdout),
                stderr=plain(stderr),
                cwd=cwd,
                env={**env.detype(), **variables},
            )
            status = child.wait()
        finally:
            if heeded:
                signal.signal(signal.SIGINT, usual)
        return 128 - status if status < 0 else status

    def apply(words, stdin=None, stdout=None, stderr=None):
        name = found()
        if name is None:
            print("venvsh: the program is gone", file=stderr or sys.stderr)
            return 127
        apply.calls += 1
        plan = os.path.join(directory, "{}-{}".format(os.getpid(), apply.calls))
        channel = {"VENVSH_HOOK": {{ channel }}, "VENVSH_EMIT": plan}
        status = start([name, *words], channel, stdin, stdout, stderr)
        try:
            with open(plan, encoding="utf-8") as text:
                steps = json.load(text)
            os.remove(plan)
        except FileNotFoundError:
            return status
        try:
            for step in steps:
                does[step.pop("do")](**step)
        except Exception as error:
            print("venvsh: {}".format(error), file=stderr or sys.stderr)
            return status or 1
        return status

    apply.calls = getattr(getattr(raw.get("venvsh"), "func", None), "venvsh_calls", lambda: 0)()

    def live(what):
        return getattr(getattr(raw.get("deactivate"), "func", None), "venvsh_" + what, None)

    def set_variable(name, value):
        env[name] = value

    def unset(name):
        if env.is_manually_set(name):
            del env[name]

    def enter(root, name, bin, libraries, before, after, variables):
        activate(root, name, bin, libraries, before, after, variables, lambda: apply(["deactivate", "--help"]))

    # The scripts around leaving run as if the user had typed `deactivate`; a shell that inherited an environment has none.
    def leave(path, pkg_config_path, **inherited):
        if live("undo"):
            raw["deactivate"].func()
            return
        for variable, value in (("PATH", path), ("PKG_CONFIG_PATH", pkg_config_path)):
            if value is None:
                unset(variable)
            else:
                env[variable] = value.split(os.pathsep)
        for variable in ("VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT", *inherited["unset"]):
            unset(variable)
        for variable, value in inherited["set"]:
            env[variable] = value
        if live("inherited"):
            del raw["deactivate"]

    # What leaves an environment of conda asks the program; one of the user's own stays.
    def switch(path, entered):
        if path is None:
            unset("PATH")
        else:
            env["PATH"] = path.split(os.pathsep)
        if entered and "deactivate" not in raw:
            define("deactivate", "deactivate").venvsh_inherited = True
        elif not entered and live("inherited"):
            del raw["deactivate"]

    def variables(changes):
        live("change")(changes)

    def record():
        if live("record"):
            live("record")()

    def change_directory(directory):
        _, error, status = cd([directory])
        if status:
            raise OSError((error or directory).strip())

    # A script that fails says so; the rest of the plan goes on.
    def source(script, event):
        try:
            with open(script) as text, env.swap(ARGS=[script, event]):
                XSH.builtins.execx(text.read() + "\n", "exec", XSH.ctx, filename=script)
        except Exception as error:
            print("{}: {}".format(script, error), file=sys.stderr)

    def run(program, args, directory):
        start([program, *args], {}, cwd=directory)

    does = {
        "activate": enter,
        "leave": leave,
        "record": record,
        "variables": variables,
        "switch": switch,
        "cd": change_directory,
        "source": source,
        "run": run,
        "set": set_variable,
        "unset": unset,
    }
{%- if follows %}
{% include "auto.xsh" %}
{%- endif %}

    def define(function, *words):
        def command(args, stdin=None, stdout=None, stderr=None):
            return apply([*words, *args], stdin, stdout, stderr)

        command.__name__ = function
        command.__xonsh_threadable__ = False
        command.venvsh_calls = lambda: apply.calls
        XSH.aliases[function] = command
        return command

{%- if !prompt %}
    env["PROMPT_FIELDS"]["env_name"] = ""
{%- endif %}
    define("venvsh")
    # xonsh takes functions into pipes only where they run in threads, which have no terminal. What changes nothing in the
    # shell is the program itself.
{%- for (function, verb) in commands %}
{%- if self.never_plans(verb) %}
    XSH.aliases["{{ function }}"] = ["/usr/bin/env", "VENVSH_HOOK=" + {{ channel }}, "VENVSH_EMIT=", program, "{{ verb }}"]
{%- else %}
    define("{{ function }}", "{{ verb }}")
{%- endif %}
{%- endfor %}
    # A shell that inherited an environment lacks what leaves it.
    conda = env.get("CONDA_DEFAULT_ENV") or "base"
    if (env.get("VIRTUAL_ENV") or conda != "base") and "deactivate" not in raw:
        define("deactivate", "deactivate").venvsh_inherited = True
    # The script for xonsh in the place of `initialize`, which sees where things are.
    home = str(env.get("WORKON_HOME") or os.path.expanduser("~/.virtualenvs"))
    hooks = str(env.get("VIRTUALENVWRAPPER_HOOK_DIR") or home)
    directories = {"WORKON_HOME": home, "VIRTUALENVWRAPPER_HOOK_DIR": hooks, "VIRTUALENVWRAPPER_PROJECT_FILENAME": ".project"}
    if os.path.isfile(os.path.join(hooks, "initialize.xsh")):
        with env.swap({name: value for name, value in directories.items() if not env.is_manually_set(name)}):
            source(os.path.join(hooks, "initialize.xsh"), "initialize")
{%- if completion %}

    from xonsh.completers.completer import add_one_completer
    from xonsh.completers.tools import RichCompletion, contextual_command_completer

    names = {"venvsh", {% for (function, _) in commands %}"{{ function }}", {% endfor %}}

    @contextual_command_completer
    def venvsh_complete(context):
        """Environments, options and commands of venvsh."""
        name = found()
        if not name or not context.arg_index or context.args[0].value not in names:
            return None
        typed = context.opening_quote + context.prefix
        words = [argument.value for argument in context.args[: context.arg_index]] + [typed]
        command = [name, "complete", "xonsh", str(context.arg_index), "--", *words]
        answer = subprocess.run(command, env=env.detype(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        candidates = set()
        for line in answer.stdout.decode("utf-8", "replace").splitlines():
            value, _, about = line.partition("\t")
            space = not value.rstrip("'\"").endswith("/")
            candidates.add(RichCompletion(value, len(typed), description=about, append_closing_quote=False, append_space=space))
        if not candidates:
            # No other completer knows better.
            raise StopIteration
        return candidates

    XSH.completers.pop("venvsh", None)
    add_one_completer("venvsh", venvsh_complete, "start")
{%- endif %}


try:
    _venvsh_load(_venvsh_activate)
finally:
    del _venvsh_load, _venvsh_activate
