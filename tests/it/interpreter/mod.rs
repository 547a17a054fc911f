//! Finding the Pythons that are really installed here.

mod accidents;
mod places;
mod startup;

use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::interpreter::{Interpreter, Request, Source, default_in, find, list};
use venvsh::internals::{Config, Error, digest};

use crate::support::starting::while_none_starts;
use crate::support::which;

/// A home of its own for one test, with a link to the Pythons of the machine.
struct Home {
    dir: tempfile::TempDir,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the Pythons of the machine are below the real home"
)]
fn pyenv() -> Utf8PathBuf {
    let root = std::env::var("PYENV_ROOT")
        .unwrap_or_else(|_| format!("{}/.pyenv", std::env::var("HOME").unwrap()));
    Utf8PathBuf::from(root)
}

fn versions() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for entry in fs_err::read_dir(pyenv().join("versions"))
        .into_iter()
        .flatten()
    {
        all.push(entry.unwrap().file_name().into_string().unwrap());
    }
    if all.is_empty() {
        #[expect(clippy::print_stderr, reason = "a test that was skipped must be seen")]
        {
            eprintln!("skipped: no Pythons of pyenv");
        }
    }
    all
}

impl Home {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.dir.path()).unwrap()
    }

    fn config(&self, path: &str) -> Config {
        let root = pyenv();
        Config::given(
            self.path(),
            [
                ("HOME", self.path().as_str()),
                ("PATH", path),
                ("PYENV_ROOT", root.as_str()),
            ],
        )
    }

    fn find(&self, request: &str) -> Result<Interpreter, Error> {
        find(Some(&request.parse()?), &self.config("/usr/bin:/bin"))
    }
}

fn short(version: &str) -> String {
    version.rsplit_once('.').unwrap().0.to_owned()
}

fn real(version: &str) -> Utf8PathBuf {
    pyenv().join(format!("versions/{version}/bin/python{}", short(version)))
}

#[test]
fn each_version_is_found_by_each_of_its_names() {
    let home = Home::new();
    for version in versions() {
        let dir = pyenv().join("versions").join(&version);
        let mut requests = vec![
            version.clone(),
            format!("=={version}"),
            dir.to_string(),
            format!("{dir}/bin/python"),
            real(&version).into(),
        ];
        if short(&version) != "3.11" {
            // Debian's 3.11 is on PATH and comes first.
            let plain = short(&version);
            requests.extend([
                plain.clone(),
                format!("python{plain}"),
                plain.replace('.', ""),
                format!("cp{}", plain.replace('.', "")),
                format!("py{}", plain.replace('.', "")),
                format!("py{plain}"),
                format!("python{}", plain.replace('.', "")),
                format!("cpython@{plain}"),
                format!("{plain}-64"),
                format!("python{plain}-64"),
                format!("{plain}-64-{}", std::env::consts::ARCH),
                format!("=={plain}.*-64"),
                format!("=={plain}.*"),
            ]);
        }
        for request in requests {
            let found = home
                .find(&request)
                .unwrap_or_else(|err| panic!("{request}: {err}"));
            assert_eq!(found.executable, real(&version), "{request}");
            assert_eq!(found.version.to_string(), version, "{request}");
            assert_eq!(found.base_prefix, dir);
            assert_eq!(
                found.stdlib,
                dir.join("lib").join(format!("python{}", short(&version)))
            );
            assert_eq!(found.cache_tag.is_empty(), version.starts_with('2'));
            assert!(found.is_64bit);
        }
        let request = format!("{}-32", short(&version));
        let err = home.find(&request).unwrap_err();
        let hint = err.hint().unwrap_or_default();
        assert_eq!(err.to_string(), format!("no such Python: {request}"));
        assert!(hint.contains(&format!("{version}-64")), "{hint}");
    }
    assert_eq!(
        home.find("python3.11").unwrap().executable,
        "/usr/bin/python3.11"
    );
    assert_eq!(
        home.find("/usr/bin/python3").unwrap().executable,
        "/usr/bin/python3.11"
    );
}

#[test]
fn pypy_is_found() {
    let home = Home::new();
    for request in ["pypy", "pypy3", "pypy3.9", "pp39", "/usr/bin/pypy3"] {
        let found = home.find(request).unwrap();
        assert_eq!(
            (found.executable.as_str(), found.implementation.name()),
            ("/usr/bin/pypy3.9", "pypy"),
            "{request}"
        );
        assert_eq!(found.library_name(), "pypy3.9");
    }
}

#[test]
fn ranges_take_path_first_and_then_the_newest() {
    let home = Home::new();
    assert_eq!(
        home.find(">=3.10,<3.13").unwrap().executable,
        "/usr/bin/python3.11"
    );
    assert_eq!(home.find(">=3.12").unwrap().version.to_string(), "3.13.0");
    assert_eq!(home.find("~=3.11.3").unwrap().version.to_string(), "3.11.7");
}

#[test]
fn tcl_is_what_the_python_itself_says() {
    let home = Home::new();
    for version in versions() {
        let said = Command::new(real(&version))
            .args(["-E", "-c"])
            .arg("try:\n import tkinter as t\nexcept ImportError:\n import Tkinter as t\nprint(t.Tcl().eval('info library'))")
            .output()
            .unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        let found = home.find(&version).unwrap();
        assert_eq!(
            found.tcl_library.as_ref().map_or("", |dir| dir.as_str()),
            said.trim(),
            "{version}"
        );
        if let Some(tk) = &found.tk_library {
            assert!(tk.join("tk.tcl").is_file());
        }
    }
    assert_eq!(home.find("/usr/bin/python3.11").unwrap().tcl_library, None);
}

#[test]
fn environments_lead_to_their_base() {
    let home = Home::new();
    let make = |python: &Utf8Path, name: &str| {
        let dir = home.path().join(name);
        let status = Command::new(python)
            .args(["-m", "venv", "--without-pip"])
            .arg(&dir)
            .status()
            .unwrap();
        assert!(status.success());
        dir
    };
    for version in ["3.6.15", "3.9.18", "3.12.1"] {
        let outer = make(&real(version), &format!("outer-{version}"));
        let inner = make(&outer.join("bin/python"), &format!("inner-{version}"));
        for dir in [&outer, &inner] {
            for request in [dir.clone(), dir.join("bin/python"), dir.join("bin/python3")] {
                assert_eq!(
                    home.find(request.as_str()).unwrap().executable,
                    real(version),
                    "{request}"
                );
            }
        }
        // Inside an active environment the default is its base.
        let found = find(None, &home.config(&format!("{inner}/bin:/usr/bin"))).unwrap();
        assert_eq!(found.executable, real(version));
        // An environment whose link is gone still names its base.
        fs_err::remove_file(outer.join("bin/python")).unwrap();
        assert_eq!(home.find(outer.as_str()).unwrap().executable, real(version));
    }
}

#[test]
fn a_stray_link_is_resolved_and_an_alias_of_the_installation_is_kept() {
    let home = Home::new();
    symlink(real("3.12.1"), home.path().join("py")).unwrap();
    assert_eq!(home.find("./py").unwrap().executable, real("3.12.1"));
    let alias = home.path().join("cpython-3.12");
    symlink(pyenv().join("versions/3.12.1"), &alias).unwrap();
    assert_eq!(
        home.find(alias.as_str()).unwrap().executable,
        alias.join("bin/python3.12")
    );
}

#[test]
fn shims_are_answered_and_never_run() {
    let home = Home::new();
    let root = home.path().join("root");
    fs_err::create_dir_all(root.join("shims")).unwrap();
    symlink(pyenv().join("versions"), root.join("versions")).unwrap();
    for name in ["python", "python3", "python3.12"] {
        let shim = root.join("shims").join(name);
        fs_err::write(&shim, format!("#!/bin/sh\n: > {}/ran\n", home.path())).unwrap();
        fs_err::set_permissions(&shim, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{root}/shims:/usr/bin");
    let ask = |request: Option<&str>, extra: (&str, &str)| {
        let values = [
            ("HOME", home.path().as_str()),
            ("PATH", &path),
            ("PYENV_ROOT", root.as_str()),
            extra,
        ];
        let request: Option<Request> = request.map(|text| text.parse().unwrap());
        find(request.as_ref(), &Config::given(home.path(), values))
            .unwrap()
            .version
            .to_string()
    };
    assert_eq!(ask(None, ("PYENV_VERSION", "3.10.13:3.9.18")), "3.10.13");
    assert_eq!(ask(Some("python"), ("PYENV_VERSION", "3.8")), "3.8.18");
    assert_eq!(ask(Some("3.12"), ("PYENV_VERSION", "3.8.18")), "3.12.1");
    fs_err::write(home.path().join(".python-version"), "# ours\n3.7.16\n").unwrap();
    assert_eq!(ask(None, ("X", "")), "3.7.16");
    fs_err::write(home.path().join(".python-version"), "system\n").unwrap();
    assert!(ask(None, ("X", "")).starts_with("3.11."));
    assert!(!home.path().join("ran").exists());
}

#[test]
fn a_missing_version_says_which_there_are() {
    let home = Home::new();
    let err = home.find("9.9").unwrap_err();
    assert_eq!(err.to_string(), "no such Python: 9.9");
    let hint = err.hint().unwrap();
    assert!(hint.starts_with("available: 3.13.0, 3.12.1, "), "{hint}");
    assert!(
        hint.contains("2.7.18") && hint.contains("pypy3.9."),
        "{hint}"
    );
    assert!(matches!(
        home.find("no-such-python"),
        Err(Error::NoPython { .. })
    ));
    assert!(matches!(
        home.find("/no/such/python"),
        Err(Error::NotPython { .. })
    ));
    assert!(matches!(home.find("/bin/ls"), Err(Error::NotPython { .. })));
}

#[test]
fn hostile_requests_run_nothing() {
    let home = Home::new();
    let ran = home.path().join("ran");
    for request in [
        "",
        " ",
        "'",
        "\"",
        "a\nb",
        "$(: > ran)",
        "-c",
        "; : > ran",
        "./$(: > ran)",
        "`: > ran`",
        "~/x'y",
        "../../..\n",
    ] {
        let err = home.find(request).unwrap_err();
        assert!(
            matches!(
                err,
                Error::BadPythonRequest { .. } | Error::NotPython { .. }
            ),
            "{request:?}: {err}"
        );
        assert!(!err.to_string().contains('\n'));
    }
    assert!(!ran.exists());
}

#[test]
fn the_list_has_each_once_and_leaves_out_the_broken() {
    let home = Home::new();
    let root = home.path().join("root");
    fs_err::create_dir_all(root.join("versions/3.99.0/bin")).unwrap();
    let broken = root.join("versions/3.99.0/bin/python");
    fs_err::write(&broken, "#!/bin/sh\nexit 1\n").unwrap();
    fs_err::set_permissions(&broken, std::fs::Permissions::from_mode(0o755)).unwrap();
    let values = [
        ("HOME", home.path().as_str()),
        ("PATH", "/usr/bin:/bin"),
        ("PYENV_ROOT", root.as_str()),
    ];
    let found = list(&Config::given(home.path(), values));
    assert!(
        found.iter().all(|found| found.version.minor != 99),
        "{found:?}"
    );

    let found = list(&home.config("/usr/bin:/bin"));
    let of_pyenv: Vec<_> = found
        .iter()
        .filter(|found| found.source == Source::Pyenv)
        .map(|found| found.version.to_string())
        .collect();
    let mut expect = versions();
    expect.sort_by_key(|version| {
        std::cmp::Reverse(
            version
                .parse::<venvsh::internals::formats::Version>()
                .unwrap(),
        )
    });
    assert_eq!(of_pyenv, expect);
    assert_eq!(
        found
            .iter()
            .filter(|found| found.path.starts_with("/usr/bin"))
            .count(),
        2,
        "{found:?}"
    );
}

/// What the watched process does.
fn find_four(home: &str) {
    let root = pyenv();
    let values = [
        ("HOME", home),
        ("PATH", "/usr/bin:/bin"),
        ("PYENV_ROOT", root.as_str()),
    ];
    let config = Config::given(home, values);
    for request in ["3.12", "pypy", "python3.11", "2.7"] {
        find(Some(&request.parse().unwrap()), &config).unwrap();
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the program itself, and what it was told"
)]
fn a_warm_find_starts_no_process() {
    // The test starts itself under strace, and is then the process that is watched.
    if let Ok(home) = std::env::var("VENVSH_WATCHED") {
        return find_four(&home);
    }
    let home = Home::new();
    let starts = || {
        let log = home.path().join("log");
        let status = Command::new("strace")
            .args(["-f", "-e", "trace=execve", "-o", log.as_str()])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "interpreter::a_warm_find_starts_no_process"])
            .env("VENVSH_WATCHED", home.path())
            .env("PYENV_ROOT", pyenv())
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        fs_err::read_to_string(log)
            .unwrap()
            .matches(" execve(")
            .count()
    };
    assert!(starts() >= 5, "four Pythons are asked");
    assert_eq!(starts(), 1, "only the test itself");
}

#[test]
fn a_changed_python_is_asked_again() {
    let home = Home::new();
    let dir = home.path().join("cache");
    let root = pyenv();
    let values = [
        ("HOME", home.path().as_str()),
        ("PATH", "/usr/bin"),
        ("PYENV_ROOT", root.as_str()),
        ("XDG_CACHE_HOME", dir.as_str()),
    ];
    let config = Config::given(home.path(), values);
    let request: Request = real("3.12.1").as_str().parse().unwrap();
    let first = find(Some(&request), &config).unwrap();
    let entries = dir.join("venvsh/interpreters-v1");
    let entry = fs_err::read_dir(&entries)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    // A lie in the cache is believed while stamp and checksum are right; this shows that it is read at all.
    let text = fs_err::read_to_string(&entry).unwrap();
    let lie = |from: &str, to: &str| {
        let text = digest::opened(&text).unwrap();
        digest::sealed(&text.replace("cpython-312", "cpython-lie").replace(from, to))
    };
    let again = || find(Some(&request), &config).unwrap();
    fs_err::write(&entry, lie("", "")).unwrap();
    assert_eq!(again().cache_tag, "cpython-lie");
    // A stamp that differs is not believed, nor is a directory that others can write to.
    fs_err::write(&entry, lie("absent", "present")).unwrap();
    assert_eq!(again(), first);
    fs_err::write(&entry, lie("", "")).unwrap();
    fs_err::set_permissions(&entries, std::fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(again(), first);
}

/// Every bit counts, in what comes after the stamp too: nothing else would notice a wrong one there.
#[test]
fn an_entry_with_a_wrong_bit_is_made_anew() {
    let home = Home::new();
    let first = home.find("3.12.1").unwrap();
    let entries = home.path().join(".cache/venvsh/interpreters-v1");
    let entry = |entry: std::io::Result<camino::Utf8DirEntry>| entry.unwrap().into_path();
    let of_it = |entry: &Utf8PathBuf| {
        fs_err::read_to_string(entry).is_ok_and(|text| text.contains(first.base_prefix.as_str()))
    };
    let mut entries = entries.read_dir_utf8().unwrap().map(entry).filter(of_it);
    let entry = entries.next().unwrap();
    let right = fs_err::read(&entry).unwrap();
    let facts = right.windows(5).position(|part| part == b"works").unwrap();
    let mut places: Vec<_> = (0..facts).step_by(37).collect();
    places.extend((facts..right.len()).step_by(7));
    places.push(right.len() - 1);
    for place in places {
        let mut wrong = right.clone();
        wrong[place] ^= 1;
        fs_err::write(&entry, wrong).unwrap();
        assert_eq!(home.find("3.12.1").unwrap(), first, "byte {place}");
    }
    fs_err::write(&entry, &right[..right.len() - 9]).unwrap();
    assert_eq!(home.find("3.12.1").unwrap(), first);
    let mended = fs_err::read_to_string(&entry).unwrap();
    assert!(digest::opened(&mended).is_some());
}

#[test]
fn a_wrapper_leads_to_the_python_it_starts() {
    let home = Home::new();
    let script = |name: &str, text: &str| {
        let path = home.path().join(name);
        while_none_starts(|| fs_err::write(&path, text)).unwrap();
        fs_err::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    };
    let wrapper = script(
        "wrapper",
        &format!("#!/bin/sh\necho hello\nexec {} \"$@\"\n", real("3.10.13")),
    );
    assert_eq!(
        home.find(wrapper.as_str()).unwrap().executable,
        real("3.10.13")
    );
    let deaf = script("deaf", "#!/bin/sh\necho Python 3.12.1\n");
    assert!(matches!(
        home.find(deaf.as_str()),
        Err(Error::NotPython { .. })
    ));
    let loud = script("loud", "#!/bin/sh\nexec yes\n");
    assert!(matches!(
        home.find(loud.as_str()),
        Err(Error::NotPython { .. })
    ));
}

#[test]
fn asking_writes_nothing_but_the_entry() {
    let home = Home::new();
    for version in versions() {
        home.find(&version).unwrap();
    }
    let mut seen = Vec::new();
    let mut dirs = vec![home.path().to_owned()];
    while let Some(dir) = dirs.pop() {
        for entry in fs_err::read_dir(&dir).unwrap() {
            let path = Utf8PathBuf::from_path_buf(entry.unwrap().path()).unwrap();
            if path.is_dir() {
                dirs.push(path);
            } else {
                seen.push(path);
            }
        }
    }
    let entries = home.path().join(".cache/venvsh/interpreters-v1");
    assert!(
        seen.iter().all(|path| path.parent() == Some(&entries)),
        "{seen:?}"
    );
}

#[test]
fn a_classic_environment_leads_to_its_base() {
    let home = Home::new();
    let dir = home.path().join("classic");
    fs_err::create_dir_all(dir.join("lib/python2.7")).unwrap();
    fs_err::create_dir_all(dir.join("bin")).unwrap();
    fs_err::write(
        dir.join("lib/python2.7/orig-prefix.txt"),
        pyenv().join("versions/2.7.18").as_str(),
    )
    .unwrap();
    while_none_starts(|| fs_err::copy(real("2.7.18"), dir.join("bin/python"))).unwrap();
    for request in [dir.clone(), dir.join("bin/python")] {
        assert_eq!(
            home.find(request.as_str()).unwrap().executable,
            real("2.7.18")
        );
    }
}

/// Runs `venvsh python find REQUEST` under strace: whether it found one, and how often that was started. The options make
/// system calls fail.
fn traced(home: &Home, path: &str, request: &str, options: &[&str]) -> (bool, usize) {
    let log = home.path().join("log");
    let strace = which("strace").expect("strace is installed");
    let status = Command::new(strace)
        .args(["-f", "-qq", "-o", log.as_str()])
        .args(["-e", "trace=execve"])
        .args(options)
        .arg(env!("CARGO_BIN_EXE_venvsh"))
        .args(["python", "find", request])
        .env_clear()
        .env("PATH", path)
        .env("HOME", home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    let log = fs_err::read_to_string(log).unwrap();
    let name = request.rsplit('/').next().unwrap();
    let started = format!("/{name}\", [");
    (status.success(), log.matches(&started).count())
}

#[test]
fn a_search_passes_a_broken_python_over_for_a_minute() {
    let home = Home::new();
    assert_eq!(
        traced(&home, "/bin", "ls", &[]),
        (false, 2),
        "it is asked as 3 and as 2"
    );
    assert_eq!(
        traced(&home, "/bin", "ls", &[]),
        (false, 0),
        "it is remembered"
    );
    let entries = home.path().join(".cache/venvsh/interpreters-v1");
    let (entry, text) = entries
        .read_dir_utf8()
        .unwrap()
        .map(|entry| entry.unwrap().into_path())
        .map(|path| (path.clone(), fs_err::read_to_string(path).unwrap()))
        .find(|(_, text)| text.contains("\0failed\0"))
        .unwrap();
    let mut fields: Vec<_> = digest::opened(&text).unwrap().split('\0').collect();
    let asked: i64 = fields[3].parse().unwrap();
    let before = (asked - 61).to_string();
    fields[3] = &before;
    fs_err::write(entry, digest::sealed(&fields.join("\0"))).unwrap();
    assert_eq!(
        traced(&home, "/bin", "ls", &[]),
        (false, 2),
        "a minute is over"
    );
}

#[test]
fn what_went_wrong_with_a_python_that_was_named_is_not_remembered() {
    let home = Home::new();
    for _ in 0..2 {
        assert_eq!(traced(&home, "/bin", "/bin/ls", &[]), (false, 2));
    }
    assert_eq!(traced(&home, "/bin", "ls", &[]), (false, 2));
    assert_eq!(
        traced(&home, "/bin", "/bin/ls", &[]),
        (false, 2),
        "it is asked anyway"
    );
}

#[test]
fn accidents_are_not_remembered() {
    let python = real("3.12.1");
    let bin = python.parent().unwrap().as_str();
    for accident in [
        "error=ENOMEM",
        "error=EMFILE",
        "error=EAGAIN",
        "retval=0:signal=KILL",
    ] {
        for request in [python.as_str(), "python3.12"] {
            let home = Home::new();
            let inject = format!("inject=execve:{accident}");
            let options = ["-P", python.as_str(), "-e", &inject];
            assert!(
                !traced(&home, bin, request, &options).0,
                "{accident} {request}"
            );
            assert!(traced(&home, bin, request, &[]).0, "{accident} {request}");
        }
    }
}

#[test]
fn a_chosen_version_that_is_not_there_says_where_it_was_chosen() {
    let home = Home::new();
    let below = home.path().join("below");
    fs_err::create_dir(&below).unwrap();
    let file = home.path().join(".python-version");
    fs_err::write(&file, "3.99\n").unwrap();
    let message = |cwd: &Utf8Path, more: &[(&str, &str)]| {
        let values = [("HOME", home.path().as_str()), ("PATH", "/usr/bin")];
        let values = values.into_iter().chain(more.iter().copied());
        let err = find(None, &Config::given(cwd, values)).unwrap_err();
        err.to_string()
    };
    assert_eq!(
        message(home.path(), &[]),
        "no such Python: 3.99 (from .python-version)"
    );
    assert_eq!(
        message(&below, &[]),
        format!("no such Python: 3.99 (from {file})")
    );
    assert_eq!(
        message(home.path(), &[("PYENV_VERSION", "3.98")]),
        "no such Python: 3.98 (from PYENV_VERSION)"
    );
}

#[test]
fn the_list_knows_the_default() {
    let home = Home::new();
    let bin = pyenv().join("versions/3.10.13/bin");
    let config = home.config(bin.as_str());
    let found = list(&config);
    let default = default_in(&found, &config).unwrap();
    assert_eq!(found[default].path, real("3.10.13"));
    assert_ne!(default, 0, "it need not be the newest");
}

#[test]
fn a_path_that_cannot_be_looked_at_says_why() {
    let home = Home::new();
    let ring = home.path().join("ring");
    symlink("ring", &ring).unwrap();
    let err = home.find(ring.as_str()).unwrap_err().to_string();
    assert!(
        err.contains(ring.as_str()) && err.contains("symbolic links"),
        "{err}"
    );
    let none = home.find("/no/such/python").unwrap_err().to_string();
    assert_eq!(
        none,
        "not a Python interpreter (no such file): /no/such/python"
    );
}
