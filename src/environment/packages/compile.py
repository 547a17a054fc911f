# Compiles what `python -m PACKAGE` imports, for each package with a `__main__` in a directory, into another directory.
# Nothing of the packages is run. Prints the paths of the compiled files, each with a NUL behind it, then `end`.
import ast
import marshal
import os
import struct
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source

SOURCE, TARGET = sys.argv[1:]
# Modules beyond this part of the code are many and small: Python compiles them quicker than they are linked everywhere.
ENOUGH = 0.99
# Environments share these files. Windows does not delete a read-only file, so there they stay writable.
MODE = 0o666 if os.name == "nt" else 0o444


def path_of(module):
    """The file of a module, relative to the directory; None for a module of somebody else."""
    path = module.replace(".", "/")
    for name in (path + "/__init__.py", path + ".py"):
        if os.path.isfile(os.path.join(SOURCE, name)):
            return name


def imports(nodes, package):
    """The modules that these statements may import when they are run. Functions are not entered."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join(above + ([node.module] if node.module else []))
            yield base
            for alias in node.names:
                yield base + "." + alias.name
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for name in imports(node.orelse, package):
                yield name
        elif isinstance(node, (ast.stmt, ast.excepthandler)):
            for name in imports(ast.iter_child_nodes(node), package):
                yield name


def compiled(path):
    """The content of the compiled file, and the syntax tree."""
    source = os.path.join(SOURCE, path)
    with open(source, "rb") as file:
        text = file.read()
    stat = os.stat(source)
    tree = ast.parse(text, source)
    code = compile(tree, source, "exec", dont_inherit=True)
    head = MAGIC_NUMBER + (struct.pack("<I", 0) if sys.version_info >= (3, 7) else b"")
    times = struct.pack("<II", int(stat.st_mtime) & 0xFFFFFFFF, stat.st_size & 0xFFFFFFFF)
    return head + times + marshal.dumps(code), tree


todo = [name + ".__main__" for name in sorted(os.listdir(SOURCE)) if os.path.isfile(os.path.join(SOURCE, name, "__main__.py"))]
done = set()
files = []
while todo:
    module = todo.pop()
    if module in done:
        continue
    done.add(module)
    todo.extend(module[:at] for at, char in enumerate(module) if char == ".")
    path = path_of(module)
    if path is None:
        continue
    try:
        content, tree = compiled(path)
    except (SyntaxError, ValueError, RecursionError):
        # For another Python: nobody imports it here.
        continue
    files.append((len(content), path, content))
    todo.extend(imports(tree.body, module if path.endswith("/__init__.py") else module.rpartition(".")[0]))

left = ENOUGH * sum(size for size, _, _ in files)
for size, path, content in sorted(files, reverse=True):
    if left <= 0:
        break
    left -= size
    name = cache_from_source(path).replace(os.sep, "/")
    target = os.path.join(TARGET, name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "wb") as file:
        file.write(content)
    sys.stdout.write(name + "\0")
sys.stdout.write("end")
