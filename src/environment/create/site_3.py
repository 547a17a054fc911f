# The site module of a classic environment of Python 3.
#
# Python finds itself by the landmarks beside this file, and takes the environment for its installation. This module maps
# sys.path to the base interpreter, then runs the base's site module, so that the patches of a distribution keep working.
import sys


def _start(here):
    env, exec_env = sys.prefix, sys.exec_prefix
    keys = {}
    with open(env + "/pyvenv.cfg", "rb") as file:
        text = file.read().decode(sys.getfilesystemencoding(), "surrogateescape")
    for line in text.split("\n"):
        key, found, value = line.partition("=")
        if found:
            keys.setdefault(key.strip().lower(), value.strip())
    base = keys["base-prefix"]
    base_exec = keys.get("base-exec-prefix", base)
    sys.real_prefix = sys.base_prefix = base
    sys.base_exec_prefix = base_exec
    sys._base_executable = keys.get("base-executable")

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

    # It reads include-system-site-packages of pyvenv.cfg, which has no home here.
    import importlib
    site = importlib.reload(sys.modules["site"])
    # pip before 20 looks for no-global-site-packages.txt beside it.
    site.__file__ = here
    # It took the environment for the installation, and so found no other prefix.
    if keys.get("include-system-site-packages", "").lower() == "true":
        import os
        site.PREFIXES = [base, base_exec]
        for path in site.getsitepackages():
            if os.path.isdir(path):
                site.addsitedir(path)
        site.PREFIXES = [env, exec_env, base, base_exec]


_start(__file__)
