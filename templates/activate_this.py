"""Use this environment from inside a running Python (2.7, 3.x, PyPy), as an embedded interpreter needs it:

    import runpy
    runpy.run_path(this_file)
"""
import os
import site
import sys

try:
    abs_file = os.path.abspath(__file__)
except NameError:
    raise AssertionError("You must use import runpy; runpy.run_path(this_file)")


def native(text):
    # The names on disk are UTF-8, whatever the locale says; Python 2 wants bytes.
    if os.name == "nt":
        return text.encode("mbcs") if str is bytes else text
    return text.encode("utf-8") if str is bytes else os.fsdecode(text.encode("utf-8"))


bin_dir = os.path.dirname(abs_file)
base = os.path.dirname(bin_dir)
path = [entry for entry in os.environ.get("PATH", "").split(os.pathsep) if entry]
if path[:1] != [bin_dir]:
    os.environ["PATH"] = os.pathsep.join([bin_dir] + path)
os.environ["VIRTUAL_ENV"] = base
os.environ["VIRTUAL_ENV_PROMPT"] = native({{ prompt }}) or os.path.basename(base)
os.environ.pop("PYTHONHOME", None)

pkg_config = os.path.join(base, "lib", "pkgconfig")
pkg_config_path = os.environ.get("PKG_CONFIG_PATH", "")
if pkg_config_path.split(os.pathsep)[0] != pkg_config:
    os.environ["PKG_CONFIG_PATH"] = pkg_config + (os.pathsep + pkg_config_path if pkg_config_path else "")
{%- if let Some(tcl) = tcl_library %}
os.environ["TCL_LIBRARY"] = native({{ tcl }})
{%- endif %}
{%- if let Some(tk) = tk_library %}
os.environ["TK_LIBRARY"] = native({{ tk }})
{%- endif %}

# What the site directories and their .pth files bring goes first, in the order in which it came.
before = list(sys.path)
prev_length = len(before)
front = []
for relative in [{% for directory in site_directories %}{{ directory }}, {% endfor %}]:
    directory = os.path.realpath(os.path.join(bin_dir, native(relative)))
    if directory not in front:
        front.append(directory)
        site.addsitedir(directory)
        front.extend([entry for entry in sys.path if entry not in before and entry not in front])
sys.path[:] = front + [entry for entry in sys.path if entry not in front]

if sys.prefix != base:
    sys.real_prefix = sys.prefix
sys.prefix = base
sys.exec_prefix = base
