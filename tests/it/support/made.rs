//! Environments made through the library or by another program, and the Pythons of this machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::Config;
use venvsh::internals::environment::{
    CreateRequest, Environment, Linking, OnExisting, Seed, SystemSitePackages, create,
};
use venvsh::internals::interpreter::Interpreter;
use venvsh::internals::platform::Platform;
use venvsh::internals::shell::quote::{Posix, quote};

use super::{Output, Sandbox};

impl Sandbox {
    /// The configuration that knows only HOME.
    pub fn config(&self) -> Config {
        Config::given(self.root(), [("HOME", self.home().as_str())])
    }

    /// A path in the sandbox, beside HOME.
    pub fn path(&self, name: &str) -> Utf8PathBuf {
        self.root().join(name)
    }

    /// Creates an environment and expects it to work.
    pub fn make(&self, name: &str, python: &Interpreter, seed: Seed) -> Environment {
        let root = self.path(name);
        create(&request(&root, python, seed), &self.config())
            .unwrap()
            .environment
    }

    /// Runs a program of an environment.
    pub fn exec(&self, program: impl AsRef<Path>, args: &[&str]) -> Output {
        let mut command = self.command(program.as_ref());
        command
            .args(args)
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .current_dir(self.root());
        self.finish(&mut command)
    }

    /// The names in the sandbox, dotted ones too: what failed must leave nothing.
    pub fn names(&self) -> Vec<String> {
        names(&self.root())
    }

    /// Writes a program below HOME.
    pub fn program(&self, name: &str, text: &str) -> Utf8PathBuf {
        let file = self.write(name, text);
        fs_err::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
        file
    }

    /// A program that makes environments with nothing in them but a `python` that notes its arguments in `~/python.log`, one a
    /// line, and fails if `~/python.fails` exists. For `VIRTUALENVWRAPPER_VIRTUALENV`.
    pub fn maker(&self) -> Utf8PathBuf {
        let home = self.home();
        let home = quote::<Posix>(home.as_str()).unwrap().to_string();
        let python = self.program(
            "python-of-maker",
            &format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >>{home}/python.log\n! test -f {home}/python.fails\n"),
        );
        let python = quote::<Posix>(python.as_str()).unwrap().to_string();
        self.program(
            "maker",
            &format!(
                "#!/bin/sh\nprintf '%s\\n' \"$@\" >>{home}/maker.log\nfor name do :; done\nmkdir -p \"$name/bin\" && ln -s {python} \"$name/bin/python\" && : >\"$name/bin/activate\" && echo home = /usr/bin >\"$name/pyvenv.cfg\"\n"
            ),
        )
    }
}

pub fn names(dir: &Utf8Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub fn request<'a>(root: &'a Utf8Path, python: &'a Interpreter, seed: Seed) -> CreateRequest<'a> {
    CreateRequest {
        root,
        interpreter: python,
        platform: Platform::HERE,
        prompt: None,
        system_site_packages: SystemSitePackages::Exclude,
        parent: None,
        classic: false,
        relocatable: false,
        seed,
        download: false,
        on_existing: OnExisting::Fail,
        linking: Linking::Symlink,
        scripts: &[],
        files: &[],
        scm_ignore_files: true,
        keys: &[],
        command: "venvsh create",
        other_wheels: &Vec::new,
        note: &|_| (),
    }
}

const PROBE: &str = "
import sys
g = lambda name: getattr(sys, name, None) or ''
i = g('implementation')
v = sys.version_info
import os
print('\\n'.join(str(x) for x in [os.path.realpath(os.__file__.replace('.pyc', '.py')), '%d.%d.%d' % v[:3], i.name if i else 'cpython',
    g('base_prefix') or sys.prefix, g('base_exec_prefix') or sys.exec_prefix, i.cache_tag if i else '', g('abiflags'),
    g('platlibdir') or 'lib', sys.maxsize > 2**32]))
";

/// What that Python says about itself.
pub fn interpreter(executable: &str) -> Interpreter {
    let output = Command::new(executable)
        .args(["-E", "-s", "-S", "-c", PROBE])
        .env_clear()
        .output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    Interpreter {
        executable: executable.into(),
        version: lines[1].parse().unwrap(),
        implementation: lines[2].parse().unwrap(),
        base_prefix: lines[3].into(),
        base_exec_prefix: lines[4].into(),
        stdlib: Utf8Path::new(lines[0]).parent().unwrap().to_owned(),
        cache_tag: lines[5].into(),
        abiflags: lines[6].into(),
        platlibdir: lines[7].into(),
        is_64bit: lines[8] == "True",
        tcl_library: None,
        tk_library: None,
    }
}

/// Every Python 3 of this machine: pyenv's, the distribution's, `PyPy`. They are asked once in a run.
pub fn pythons() -> Vec<Interpreter> {
    static FOUND: OnceLock<Vec<Interpreter>> = OnceLock::new();
    FOUND.get_or_init(python_3s).clone()
}

fn python_3s() -> Vec<Interpreter> {
    let of_pyenv = crate::support::pythons_of_pyenv()
        .into_iter()
        .map(Utf8PathBuf::into_string);
    let mut found: Vec<String> = of_pyenv
        .filter(|path| path.contains("/versions/3."))
        .collect();
    found.extend(["/usr/bin/python3", "/usr/bin/pypy3"].map(str::to_owned));
    let found: Vec<_> = found
        .iter()
        .filter(|path| Path::new(path).exists())
        .map(|path| interpreter(path))
        .collect();
    assert!(!found.is_empty(), "no Python to test with");
    found
}

/// The newest of them: for tests that need any.
pub fn python() -> Interpreter {
    let all = pythons()
        .into_iter()
        .filter(|python| python.implementation.name() == "cpython");
    all.max_by_key(|python| python.version.clone()).unwrap()
}

/// The newest that gets pip and nothing else, if there is one; else says so.
pub fn python_with_pip_alone() -> Option<Interpreter> {
    let found =
        Some(python()).filter(|python| (python.version.major, python.version.minor) >= (3, 12));
    if found.is_none() {
        eprintln!("skipped: no Python 3.12 or newer");
    }
    found
}

/// Python 2.7, if it is here; else says so.
pub fn python2() -> Option<Interpreter> {
    let found = crate::support::pythons_of_pyenv()
        .into_iter()
        .find(|path| path.as_str().contains("/versions/2.7"));
    if found.is_none() {
        eprintln!("skipped: no Python 2.7");
    }
    Some(interpreter(found?.as_str()))
}

/// That version, if it is here; else says so.
pub fn python_of(short: &str) -> Option<Interpreter> {
    let python = pythons().into_iter().find(|python| {
        python.version.short() == short && python.implementation.name() == "cpython"
    });
    if python.is_none() {
        eprintln!("skipped: no Python {short}");
    }
    python
}

const FORGE: &str = r"
import base64, hashlib, sys, zipfile
path, kind = sys.argv[1:]
info = 'pip-99.0.dist-info'
files = {'pip/__init__.py': b'', info + '/METADATA': b'Metadata-Version: 2.1\nName: pip\nVersion: 99.0\n',
         info + '/WHEEL': b'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'}
if kind == 'scripts': files[info + '/entry_points.txt'] = b'[console_scripts]\npip = pip:main\n'
if kind == 'runs':
    files['pip/__main__.py'] = b'import pip._vendor.words\nprint(__file__)\n'
    files.update({'pip/_vendor/__init__.py': b'', 'pip/_vendor/words.py': b'WORDS = 1\n'})
if kind == 'outside': files['../outside.py'] = b''
if kind == 'absolute': files['/tmp/absolute.py'] = b''
if kind == 'backslash': files['pip\\..\\x.py'] = b''
if kind == 'twice': files['pip/__INIT__.py'] = b''
if kind == 'data': files['pip-99.0.data/scripts/python'] = b'#!python\n'
if kind == 'version': files[info + '/WHEEL'] = b'Wheel-Version: 2.0\nRoot-Is-Purelib: true\n'
if kind == 'platform': files[info + '/WHEEL'] = b'Wheel-Version: 1.0\nRoot-Is-Purelib: false\n'
if kind == 'name': files[info + '/METADATA'] = b'Name: other\nVersion: 99.0\n'
if kind == 'liar': files['pip/__init__.py'] = b'#' * 100000
if kind == 'bomb': files['pip/__init__.py'] = b'#' * (65 << 20)
if kind == 'many': files.update(('pip/%d.py' % number, b'') for number in range(20000))
record = ''
for name, data in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
    if kind == 'hash' and name == 'pip/__init__.py': digest = digest[::-1]
    if kind == 'nohash' and name == 'pip/__init__.py':
        record += name + ',,\n'
        continue
    record += '%s,sha256=%s,%d\n' % (name, digest, len(data))
if kind == 'unlisted': files['pip/extra.py'] = b''
if kind == 'missing': record += 'pip/gone.py,sha256=x,1\n'
if kind != 'norecord': files[info + '/RECORD'] = (record + info + '/RECORD,,\n').encode()
with zipfile.ZipFile(path, 'w') as z:
    for name, data in files.items():
        entry = zipfile.ZipInfo(name)
        entry.filename = name
        if kind == 'symlink' and name == 'pip/__init__.py': entry.external_attr = 0o120777 << 16
        if kind in ('liar', 'bomb'): entry.compress_type = zipfile.ZIP_DEFLATED
        if kind == 'lzma': entry.compress_type = zipfile.ZIP_LZMA
        z.writestr(entry, data)
# The first entry of the central directory: flags, checksum, size.
patches = {'encrypted': (8, b'\1\0'), 'crc': (16, b'\1\2\3\4'), 'liar': (24, b'\1\0\0\0')}
if kind in patches:
    place, value = patches[kind]
    data = bytearray(open(path, 'rb').read())
    place += data.index(b'PK\1\2')
    data[place:place + len(value)] = value
    open(path, 'wb').write(data)
if kind == 'truncated':
    data = open(path, 'rb').read()
    open(path, 'wb').write(data[:len(data) // 2])
";

/// Writes a wheel of pip 99.0 with one module, and with what is wrong with it; `good` is nothing, and `runs`
/// answers `python -m pip`, too.
pub fn forge_pip(wheel: &Utf8Path, kind: &str) {
    let mut forge = std::process::Command::new(python().executable);
    forge.args(["-c", FORGE, wheel.as_str(), kind]);
    assert!(forge.status().expect("Python starts").success(), "{kind}");
}
