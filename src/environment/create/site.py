# The site module of a classic environment, for Python 2.7 and for Python 3 up to 3.10.
#
# Python finds itself by the landmarks beside this file, and takes the environment for its installation. This module maps
# sys.path to the base interpreter, then runs the base's site module, so that the patches of a distribution keep working.
# Until then only built-in modules can be imported.
import sys


def _start(here):
    env, exec_env = sys.prefix, sys.exec_prefix
    keys = _keys(env + "/pyvenv.cfg")
    base = keys["base-prefix"]
    base_exec = keys.get("base-exec-prefix", base)
    sys.real_prefix = sys.base_prefix = base
    sys.base_exec_prefix = base_exec
    sys._base_executable = keys.get("base-executable")
    _map_path(env, exec_env, base, base_exec)

    shared = keys.get("include-system-site-packages", "").lower() == "true"
    site = _run_base_2(shared) if sys.version_info[0] == 2 else _run_base_3(env)
    # pip before 20 looks for no-global-site-packages.txt beside it.
    site.__file__ = here
    # It took the environment for the installation, and so found no other prefix.
    if shared:
        import os
        site.PREFIXES = [base, base_exec]
        for path in site.getsitepackages():
            if os.path.isdir(path):
                site.addsitedir(path)
        site.PREFIXES = [env, exec_env, base, base_exec]


def _keys(path):
    with open(path, "rb") as file:
        text = file.read()
    if not isinstance(text, str):
        text = text.decode(sys.getfilesystemencoding(), "surrogateescape")
    keys = {}
    for line in text.split("\n"):
        key, found, value = line.partition("=")
        if found:
            keys.setdefault(key.strip().lower(), value.strip())
    return keys


def _map_path(env, exec_env, base, base_exec):
    version = "%d.%d" % sys.version_info[:2]
    lib = "/" + getattr(sys, "platlibdir", "lib") + "/python"
    library = env + lib + version
    archive = env + lib + version.replace(".", "") + ".zip"
    extensions = exec_env + lib + version + "/lib-dynload"
    # What PYTHONPATH names is the user's, even inside the environment.
    first = 0
    if not sys.flags.ignore_environment:
        import posix
        given = posix.environ.get(b"PYTHONPATH")
        if given:
            first = given.count(b":") + 1
    for i in range(first, len(sys.path)):
        path = sys.path[i]
        if path == extensions:
            sys.path[i] = base_exec + path[len(exec_env):]
        elif path in (library, archive) or path.startswith(library + "/"):
            sys.path[i] = base + path[len(env):]


def _run_base_3(env):
    # It reads include-system-site-packages of pyvenv.cfg, which has no home here. It looks for that file beside the program, which
    # may have been started through a link elsewhere.
    import importlib
    started = sys.executable
    if not started.startswith(env + "/bin/"):
        sys.executable = env + "/bin/python"
    try:
        return importlib.reload(sys.modules["site"])
    finally:
        sys.executable = started


def _run_base_2(shared):
    # It does not read pyvenv.cfg.
    sys.base_executable = sys._base_executable
    flags = sys.flags

    # No user site, as "python -s" does it: subprocess and multiprocessing hand the flag on.
    class Flags(tuple):
        __slots__ = ()

        def __getattr__(self, name):
            return 1 if name == "no_user_site" else getattr(flags, name)

        def __repr__(self):
            return repr(flags).replace("no_user_site=0", "no_user_site=1")

    sys.flags = Flags(flags[:8] + (1,) + flags[9:])
    site = sys.modules["site"]
    reload(site)
    if shared:
        sys.flags = flags
        site.ENABLE_USER_SITE = site.check_enableusersite()
        site.addusersitepackages(None)
    return site


_start(__file__)
