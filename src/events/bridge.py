# Calls functions of virtualenvwrapper's plugins. Arguments: a file for what they return, a count, for each function how it is
# called, its name and its place, then the functions' own arguments. One file for every Python from 2.7 on.
import importlib
import io
import sys
import traceback

sys.path[:] = [part for part in sys.path if part]
out, count = sys.argv[1], int(sys.argv[2])
points, args = sys.argv[3 : 3 + 3 * count], sys.argv[3 + 3 * count :]
texts, status = [], 0
for how, name, value in zip(points[0::3], points[1::3], points[2::3]):
    try:
        module, _, attributes = value.partition(":")
        function = importlib.import_module(module.strip())
        for attribute in attributes.strip().split("."):
            function = getattr(function, attribute)
        if how == "describe":
            lines = (function.__doc__ or "").strip().splitlines()
            texts.append(lines[0] if lines else "")
        elif how == "source":
            text = function(list(args))
            if text:
                texts.append(text if isinstance(text, type(u"")) else text.decode("utf-8"))
        else:
            function(list(args))
    except (Exception, SystemExit):
        status = 1
        if how == "describe":
            texts.append("")
        message = traceback.format_exception_only(*sys.exc_info()[:2])[-1].strip()
        sys.stderr.write("venvsh: the plugin failed: %s: %s\n" % (name, message))
with io.open(out, "w", encoding="utf-8", errors="surrogateescape" if sys.version_info[0] > 2 else "strict") as file:
    file.write(u"\n".join(texts))
sys.exit(status)
