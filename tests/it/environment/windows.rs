//! Environments for Windows, made here from directories that are laid out as its Pythons are. No Python of them is started; in wine
//! they are (`shells/cmd`).

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::Config;
use venvsh::internals::environment::{CreateRequest, OnExisting, Seed, create};
use venvsh::internals::interpreter::Interpreter;
use venvsh::internals::platform::Platform;

use crate::support::Sandbox;
use crate::support::made::{forge_pip, names, python, request};

/// The beginning of a program for 64 bits, and something to know it by.
fn program(name: &str) -> Vec<u8> {
    let mut bytes = vec![0; 0x78];
    bytes[..2].copy_from_slice(b"MZ");
    bytes[0x3c] = 0x78;
    bytes.extend(b"PE\0\0\x64\x86");
    bytes.extend(name.as_bytes());
    bytes
}

/// An installation with these programs; each file holds its own path.
fn base(sandbox: &Sandbox, version: &str, flags: &str, files: &[&str]) -> Interpreter {
    let prefix = sandbox.path("Base Python");
    let write = |name: &str| {
        let path = prefix.join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(&path, program(name)).unwrap();
        fs_err::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        path
    };
    write("Lib/os.py");
    for file in files {
        write(file);
    }
    Interpreter {
        executable: write("python.exe"),
        version: version.parse().unwrap(),
        implementation: "cpython".parse().unwrap(),
        base_prefix: prefix.clone(),
        base_exec_prefix: prefix.clone(),
        stdlib: prefix.join("Lib"),
        cache_tag: "cpython-313".into(),
        abiflags: flags.into(),
        platlibdir: "lib".into(),
        is_64bit: true,
        tcl_library: None,
        tk_library: None,
    }
}

fn on_windows<'a>(root: &'a Utf8Path, python: &'a Interpreter, seed: Seed) -> CreateRequest<'a> {
    CreateRequest {
        platform: Platform::Windows,
        ..request(root, python, seed)
    }
}

/// pip's wheel of a Python of this machine, as its `ensurepip` has it.
fn bundle_pip(into: &Interpreter) {
    let bundled = python().stdlib.join("ensurepip/_bundled");
    let directory = into.stdlib.join("ensurepip/_bundled");
    fs_err::create_dir_all(&directory).unwrap();
    for name in names(&bundled) {
        if Utf8Path::new(&name).extension() == Some("whl") {
            fs_err::copy(bundled.join(&name), directory.join(&name)).unwrap();
        }
    }
}

/// The names in `Scripts`, each with the file of the base that it is a copy of.
fn programs(env: &Utf8Path) -> Vec<String> {
    let bin = env.join("Scripts");
    let shown = |name: String| {
        let bytes = fs_err::read(bin.join(&name)).unwrap();
        let source = String::from_utf8_lossy(&bytes[0x7e..]).into_owned();
        format!("{name} = {source}")
    };
    names(&bin).into_iter().map(shown).collect()
}

#[test]
fn the_programs_are_the_launchers_of_the_base() {
    let nt = |name: &str| format!("Lib/venv/scripts/nt/{name}");
    let old = [nt("python.exe"), nt("pythonw.exe")];
    let new = [nt("venvlauncher.exe"), nt("venvwlauncher.exe")];
    let threads = [nt("venvlaunchert.exe"), nt("venvwlaunchert.exe")];
    let debug = [nt("venvlauncher_d.exe"), nt("venvwlauncher_d.exe")];
    let conda = ["venvlauncher.exe", "venvwlauncher.exe"].map(str::to_owned);
    let none = [
        "pythonw.exe",
        "python38.dll",
        "python38.zip",
        "pywintypes38.dll",
        "DLLs/_ssl.pyd",
        "DLLs/README",
    ]
    .map(str::to_owned);
    for (version, flags, files, expect) in [
        (
            "3.8.10",
            "",
            &old[..],
            "python.exe = Lib/venv/scripts/nt/python.exe|pythonw.exe = Lib/venv/scripts/nt/pythonw.exe",
        ),
        (
            "3.13.2",
            "",
            &new,
            "python.exe = Lib/venv/scripts/nt/venvlauncher.exe|pythonw.exe = Lib/venv/scripts/nt/venvwlauncher.exe",
        ),
        (
            "3.13.2",
            "t",
            &threads,
            "python.exe = Lib/venv/scripts/nt/venvlaunchert.exe|python3.13t.exe = Lib/venv/scripts/nt/venvlaunchert.exe\
             |pythonw.exe = Lib/venv/scripts/nt/venvwlaunchert.exe|pythonw3.13t.exe = Lib/venv/scripts/nt/venvwlaunchert.exe",
        ),
        (
            "3.14.0",
            "d",
            &debug,
            "python.exe = Lib/venv/scripts/nt/venvlauncher_d.exe|python_d.exe = Lib/venv/scripts/nt/venvlauncher_d.exe\
             |pythonw.exe = Lib/venv/scripts/nt/venvwlauncher_d.exe|pythonw_d.exe = Lib/venv/scripts/nt/venvwlauncher_d.exe",
        ),
        (
            "3.11.9",
            "",
            &conda,
            "python.exe = venvlauncher.exe|pythonw.exe = venvwlauncher.exe",
        ),
        (
            "3.8.10",
            "",
            &none,
            "_ssl.pyd = DLLs/_ssl.pyd|python.exe = python.exe|python38.dll = python38.dll|python38.zip = python38.zip|pythonw.exe = pythonw.exe",
        ),
    ] {
        let sandbox = Sandbox::new();
        let files: Vec<_> = files.iter().map(String::as_str).collect();
        let python = base(&sandbox, version, flags, &files);
        let root = sandbox.path("env");
        create(&on_windows(&root, &python, Seed::None), &sandbox.config()).unwrap();
        assert_eq!(programs(&root).join("|"), expect, "{version}{flags}");
        assert_eq!(
            names(&root),
            [
                ".gitignore",
                "CACHEDIR.TAG",
                "Include",
                "Lib",
                "Scripts",
                "pyvenv.cfg"
            ]
        );
        assert_eq!(names(&root.join("Lib")), ["site-packages"]);
        // The launcher takes the first `home` in the file.
        let config = fs_err::read_to_string(root.join("pyvenv.cfg")).unwrap();
        assert!(
            config.starts_with(&format!("home = {}\n", python.base_prefix)),
            "{config}"
        );
        for line in [
            format!("executable = {}", python.executable),
            format!("version = {version}"),
            "include-system-site-packages = false".into(),
        ] {
            assert!(config.lines().any(|have| have == line), "{line}: {config}");
        }
    }
}

/// The launcher, and what a Python of this machine reads in the program: the `#!` line, the zip, `RECORD`.
const READ: &str = "
import base64, hashlib, sys, zipfile
exe, record = sys.argv[1:]
data = open(exe, 'rb').read()
with zipfile.ZipFile(exe) as z:
    assert z.testzip() is None
    [member] = z.infolist()
    start = data.rindex(b'PK\\3\\4')
    end = data[:start]
    print(member.filename, member.compress_type, member.date_time, repr(end[end.rindex(b'#!'):]))
digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
line = '../../Scripts/%s,sha256=%s,%d' % (exe.split('/')[-1], digest, len(data))
print(line in open(record).read().splitlines())
";

#[test]
fn console_scripts_are_programs() {
    let sandbox = Sandbox::new();
    let nt = ["Lib/venv/scripts/nt/venvlauncher.exe"];
    let python = base(&sandbox, "3.13.2", "", &nt);
    bundle_pip(&python);
    let root = sandbox.path("my env");
    create(&on_windows(&root, &python, Seed::Pip), &sandbox.config()).unwrap();
    let bin = root.join("Scripts");
    let expect = ["pip.exe", "pip3.13.exe", "pip3.exe", "python.exe"];
    assert_eq!(names(&bin), expect);

    let site_packages = root.join("Lib/site-packages");
    let here = crate::support::made::python();
    let launcher = fs_err::read(site_packages.join("pip/_vendor/distlib/t64.exe")).unwrap();
    assert!(
        fs_err::read(bin.join("pip.exe"))
            .unwrap()
            .starts_with(&launcher)
    );
    let info = names(&site_packages)
        .into_iter()
        .find(|name| name.ends_with(".dist-info"))
        .unwrap();
    let record = site_packages.join(info).join("RECORD");
    let exe = bin.join("pip.exe");
    let read = sandbox
        .exec(
            &here.executable,
            &["-c", READ, exe.as_str(), record.as_str()],
        )
        .ok();
    let shebang = format!(r#"b'#!"{bin}/python.exe"\r\n'"#);
    assert_eq!(
        read,
        format!("__main__.py 0 (1980, 1, 1, 0, 0, 0) {shebang}\nTrue")
    );
    // Python runs a program with a zip at its end, on every system.
    let mut pip = sandbox.command(here.executable.as_std_path());
    pip.args([exe.as_str(), "--version"])
        .env("PYTHONPATH", &site_packages)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let said = sandbox.finish(&mut pip).ok();
    assert!(said.starts_with("pip "), "{said}");
}

#[test]
fn a_seed_without_a_launcher_is_a_script_and_says_so() {
    let sandbox = Sandbox::new();
    let nt = ["Lib/venv/scripts/nt/venvlauncher.exe"];
    let python = base(&sandbox, "3.13.2", "", &nt);
    let wheels = sandbox.path("wheels");
    fs_err::create_dir(&wheels).unwrap();
    forge_pip(&wheels.join("pip-99.0-py3-none-any.whl"), "scripts");
    let config = Config::given(
        sandbox.root(),
        [
            ("HOME", sandbox.home().as_str()),
            ("VENVSH_WHEEL_DIR", wheels.as_str()),
        ],
    );
    let notes = std::cell::RefCell::new(Vec::new());
    let root = sandbox.path("env");
    let request = CreateRequest {
        note: &|text| notes.borrow_mut().push(text.to_owned()),
        ..on_windows(&root, &python, Seed::Pip)
    };
    create(&request, &config).unwrap();
    assert!(root.join("Scripts/pip-script.py").is_file());
    assert_eq!(
        notes.into_inner(),
        ["no pip has t64.exe: console scripts are NAME-script.py, for python"]
    );
}

#[test]
fn a_long_path_is_told_and_used() {
    let sandbox = Sandbox::new();
    let python = base(&sandbox, "3.13.2", "", &["pythonw.exe"]);
    let beside = sandbox.path("x").as_str().chars().count() - 1;
    for (length, expected) in [(170, 0), (171, 1)] {
        let root = sandbox.path(&"x".repeat(length - beside));
        let notes = std::cell::RefCell::new(Vec::new());
        let request = CreateRequest {
            note: &|text| notes.borrow_mut().push(text.to_owned()),
            ..on_windows(&root, &python, Seed::None)
        };
        create(&request, &sandbox.config()).unwrap();
        assert!(root.join("pyvenv.cfg").is_file());
        let notes = notes.into_inner();
        assert_eq!(notes.len(), expected, "{notes:?}");
        assert!(notes.iter().all(|note| note.ends_with(root.as_str())));
    }
}

/// Windows cannot replace a program that runs.
#[test]
fn refreshing_leaves_programs_that_are_the_same() {
    let sandbox = Sandbox::new();
    let python = base(&sandbox, "3.13.2", "", &["pythonw.exe"]);
    let root = sandbox.path("env");
    let config = sandbox.config();
    create(&on_windows(&root, &python, Seed::None), &config).unwrap();
    let number = |name: &str| {
        let path: Utf8PathBuf = root.join("Scripts").join(name);
        fs_err::metadata(path).unwrap().ino()
    };
    let before = ["python.exe", "pythonw.exe"].map(number);
    fs_err::write(root.join("Scripts/pythonw.exe"), "damaged").unwrap();
    let refresh = CreateRequest {
        on_existing: OnExisting::Refresh,
        ..on_windows(&root, &python, Seed::None)
    };
    create(&refresh, &config).unwrap();
    let after = ["python.exe", "pythonw.exe"].map(number);
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
    assert!(programs(&root).contains(&"pythonw.exe = pythonw.exe".to_owned()));
}
