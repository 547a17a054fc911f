//! A Python for Windows in wine: environments are made from it, and run. `tests/run --install` fetches it, and names it in
//! `VENVSH_WINDOWS_PYTHON`.

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::Config;

use super::wine::{Room, on_windows};
use crate::support::made::names;
use crate::support::{skip, tested};

/// A room without environments; `None`, visibly, without wine or that Python.
fn room() -> Option<(Room, Utf8PathBuf)> {
    let Some(base) = Config::from_process().var("VENVSH_WINDOWS_PYTHON") else {
        skip(
            "python.exe",
            "VENVSH_WINDOWS_PYTHON names no Python for Windows",
        );
        return None;
    };
    let room = Room::new(&[])?;
    tested("python.exe", "wine");
    Some((room, base.into()))
}

const WHO: &str =
    r#"python -c "import sys; print(sys.prefix); print(sys.base_prefix == sys.argv[1])" "%BASE%""#;

#[test]
fn environments_are_made_entered_copied_and_renamed() {
    let Some((room, base)) = room() else { return };
    let ran = room.cmd(&format!(
        r#""%PROGRAM%" create -p "%BASE%" "%ROOM%\my env"
"%ROOM%\my env\Scripts\pip.exe" --version
call mkvirtualenv -p "%BASE%" one
{WHO}
call cpvirtualenv one two
{WHO}
pip --version
call deactivate
call mvvirtualenv two three
"%PROGRAM%" run THREE pip --version
call workon THREE
echo %VIRTUAL_ENV_PROMPT%
call mkvirtualenv -p "%BASE%" three
pip --version
call rmvirtualenv one
call lsvirtualenv -b
call mkvirtualenv con"#
    ));
    let version = names(&base.join("Lib/ensurepip/_bundled"))[0].clone();
    let version = version.split('-').nth(1).expect("pip-VERSION-…");
    let pip = |env: &str| {
        let site = room.path(&format!("{env}\\lib\\site-packages\\pip"));
        format!(
            "pip {version} from {} (python 3.10)",
            site.replace('/', "\\")
        )
    };
    let expect = [
        pip("my env"),
        room.path("envs\\one"),
        "True".into(),
        room.path("envs\\two"),
        "True".into(),
        pip("envs\\two"),
        pip("envs\\three"),
        "three".into(),
        pip("envs\\three"),
        "Removing one...".into(),
        "three".into(),
    ];
    let said: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(said, expect, "{}", ran.stderr);
    for line in [
        "one: Python 3.10.11 (",
        "three already exists: links and scripts refreshed",
        "Windows keeps this name for a device",
    ] {
        assert!(ran.stderr.contains(line), "{line}: {}", ran.stderr);
    }
}

#[test]
fn programs_and_hook_scripts_start_as_on_windows() {
    let Some((room, _)) = room() else { return };
    let bat = "@echo bat %1 %WORKON_HOME%>>\"%ROOM%\\log\"\r\n@exit /b 3\r\n";
    room.write("envs/premkvirtualenv.bat", bat);
    // Not this one: a script with an ending goes first.
    room.write("envs/premkvirtualenv", "#!/bin/sh\necho wrong\n");
    let python = "#!/usr/bin/env python\nimport os, sys\nopen(os.environ['ROOM'] + '/log', 'a').write('py %s\\n' % sys.argv[1:])\n";
    room.write("envs/prermvirtualenv", python);
    room.write("envs/postrmvirtualenv", "#!/usr/bin/env ruby\nputs 1\n");
    room.write("envs/postmkproject", "echo\n");
    room.write(
        "tools/greet.bat",
        "@echo greetings %1 %VIRTUAL_ENV_PROMPT%\r\n",
    );
    let ran = room.cmd(
        r#"set "PATH=%ROOM%\tools;%BASE%;%PATH%"
call mkvirtualenv --no-pip -p "%BASE%" one
call deactivate
call allvirtualenv greet you
call allvirtualenv python -c "import sys; print(sys.prefix)"
"%PROGRAM%" run one greet me
"%PROGRAM%" run one python -c "exit(7)"
echo %ERRORLEVEL%
"%PROGRAM%" run one nothing
echo %ERRORLEVEL%
"%PROGRAM%" allvirtualenv nothing
echo %ERRORLEVEL%
call rmvirtualenv one"#,
    );
    let one = room.path("envs\\one");
    let expect = [
        "one",
        "===",
        "greetings you one",
        "",
        "one",
        "===",
        &one,
        "",
        "greetings me one",
        "7",
        "127",
        "127",
        "Removing one...",
    ];
    let said: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(said, expect, "{}", ran.stderr);
    let log = room.read("log").replace('\r', "");
    let expect = format!("bat one {}\npy ['one']\n", room.path("envs"));
    assert_eq!(log, expect, "{}", ran.stderr);
    assert!(ran.stderr.contains("no ruby on PATH"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("no such program: nothing"),
        "{}",
        ran.stderr
    );
}

/// The `KEY = VALUE` of a `pyvenv.cfg`.
fn value(env: &Utf8Path, key: &str) -> Option<String> {
    let text = fs_err::read_to_string(env.join("pyvenv.cfg")).ok()?;
    let line = |line: &str| Some(line.strip_prefix(key)?.strip_prefix(" = ")?.to_owned());
    text.lines().find_map(line)
}

#[test]
fn an_environment_is_as_venv_makes_it() {
    let Some((room, base)) = room() else { return };
    if !base.join("Lib/venv/__init__.py").is_file() {
        skip("venv in wine", "pyenv has no Python 3.10");
        return;
    }
    let ran = room.cmd(
        r#""%BASE%\python.exe" -m venv --without-pip "%ROOM%\theirs"
"%PROGRAM%" create --no-pip -p "%BASE%" "%ROOM%\ours""#,
    );
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let directory = Utf8Path::from_path(room.dir.path()).expect("UTF-8");
    let (theirs, ours) = (directory.join("theirs"), directory.join("ours"));
    for directory in ["", "Lib", "Scripts"] {
        let has = names(&ours.join(directory));
        for name in names(&theirs.join(directory)) {
            // `activate.ps1` and `Activate.ps1` are one on Windows.
            let has_it = has.iter().any(|have| have.eq_ignore_ascii_case(&name));
            assert!(has_it, "{directory}/{name}: {has:?}");
        }
    }
    let python =
        |env: &Utf8Path| fs_err::read(env.join("Scripts/python.exe")).expect("it is there");
    assert!(
        python(&theirs) == python(&ours),
        "python.exe is another file"
    );
    for key in ["home", "include-system-site-packages", "version"] {
        assert_eq!(value(&theirs, key), value(&ours, key), "{key}");
        assert!(value(&ours, key).is_some(), "{key}");
    }
}

#[test]
fn the_registry_names_pythons() {
    let Some((room, base)) = room() else { return };
    let ran = room.cmd(
        r#"reg add HKCU\Software\Python\Venvsh\3.10\InstallPath /v ExecutablePath /d "%BASE%\python.exe" /f >nul
"%PROGRAM%" python list
"%PROGRAM%" python find 3.10
set PY_PYTHON=3
set PY_PYTHON3=3.10
"%PROGRAM%" python find
set PY_PYTHON=3.9
"%PROGRAM%" python find
reg delete HKCU\Software\Python\Venvsh /f >nul
"%PROGRAM%" python find 3.10"#,
    );
    let lines: Vec<_> = ran.stdout.lines().collect();
    let found = format!("{}\\python.exe", on_windows(base.as_str()));
    assert_eq!(lines.last(), Some(&found.as_str()), "{}", ran.stderr);
    assert!(
        lines[0].contains("3.10.11") && lines[0].contains("registry"),
        "{lines:?}"
    );
    assert_eq!(lines[lines.len() - 2], found, "{lines:?}");
    let missing = "no such Python: 3.9 (from PY_PYTHON)";
    assert!(ran.stderr.contains(missing), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("no such Python: 3.10"),
        "{}",
        ran.stderr
    );
}
