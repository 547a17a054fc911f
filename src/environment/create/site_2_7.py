# The site module of an environment of Python 2.7, which has no pyvenv.cfg of its own.
#
# It maps sys.path to the base interpreter, then runs the base's site module, so that the patches of a
# distribution keep working. Until then only built-in modules can be imported.
import sys


def _start(here):
    env, exec_env = sys.prefix, sys.exec_prefix
    keys = {}
    for line in open(env + "/pyvenv.cfg"):
        key, found, value = line.partition("=")
        if found:
            keys.setdefault(key.strip().lower(), value.strip())
    base = keys["base-prefix"]
    base_exec = keys.get("base-exec-prefix", base)
    sys.real_prefix = sys.base_prefix = base
    sys.base_exec_prefix = base_exec
    sys.base_executable = sys._base_executable = keys.get("base-executable")
    shared = keys.get("include-system-site-packages", "").lower() == "true"

    version = "%d.%d" % sys.version_info[:2]
    library = env + "/lib/python" + version
    archive = env + "/lib/python" + version.replace(".", "") + ".zip"
    extensions = exec_env + "/lib/python" + version + "/lib-dynload"
    # What PYTHONPATH names is the user's, even inside the environment.
    first = 0
    if not sys.flags.ignore_environment:
        import posix
        given = posix.environ.get("PYTHONPATH")
        if given:
            first = given.count(":") + 1
    for i in range(first, len(sys.path)):
        path = sys.path[i]
        if path == extensions:
            sys.path[i] = base_exec + path[len(exec_env):]
        elif path in (library, archive) or path.startswith(library + "/"):
            sys.path[i] = base + path[len(env):]

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
    # pip before 20 looks for no-global-site-packages.txt beside it.
    site.__file__ = here
    if shared:
        import os
        sys.flags = flags
        site.ENABLE_USER_SITE = site.check_enableusersite()
        site.addusersitepackages(None)
        site.PREFIXES = [base, base_exec]
        for path in site.getsitepackages():
            if os.path.isdir(path):
                site.addsitedir(path)
        site.PREFIXES = [env, exec_env, base, base_exec]


_start(__file__)
