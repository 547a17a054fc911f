//! The same texts in wine's cmd.exe, with a venvsh for Windows. `tests/run` builds one where wine and mingw are installed, and names
//! it in `VENVSH_WINDOWS_PROGRAM`. wine's cmd.exe expands the result of `%…%` once more and reads files in the OEM code page, so
//! no test has a percent sign or a character outside ASCII in a value.

use std::process::{Command, Output};

use camino::Utf8PathBuf;
use venvsh::internals::Config;

use crate::support::{skip, which};

/// A directory with the batch files and environments laid out as on Windows.
pub struct Room {
    wine: Utf8PathBuf,
    pub dir: tempfile::TempDir,
    program: String,
}

/// What a script wrote, and the status of `cmd`.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\r', "");
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

impl Room {
    /// `None`, visibly, where wine or the program for it is missing.
    pub fn new(environments: &[&str]) -> Option<Self> {
        let config = Config::from_process();
        let Some(wine) = which("wine") else {
            skip("cmd", "wine not installed");
            return None;
        };
        let Some(program) = config.var("VENVSH_WINDOWS_PROGRAM") else {
            skip("cmd", "VENVSH_WINDOWS_PROGRAM names no venvsh.exe");
            return None;
        };
        let room = Self {
            wine,
            dir: tempfile::tempdir().expect("a directory"),
            program: on_windows(&program),
        };
        crate::support::tested("cmd", "wine");
        room.write("base/python.exe", "");
        for name in environments {
            let cfg = format!("home = {}\r\nversion = 3.13.0\r\n", room.path("base"));
            room.write(&format!("envs/{name}/pyvenv.cfg"), &cfg);
            room.write(&format!("envs/{name}/Scripts/python.exe"), "");
            fs_err::create_dir_all(
                room.dir
                    .path()
                    .join(format!("envs/{name}/Lib/site-packages")),
            )
            .expect("it can be made");
        }
        let made = room.cmd(r#""%PROGRAM%" hook cmd --dir "%ROOM%\cmds""#);
        assert_eq!(made.status, 0, "{}", made.stderr);
        Some(room)
    }

    /// The path as Windows has it.
    pub fn path(&self, name: &str) -> String {
        let path = self.dir.path().join(name);
        on_windows(path.to_str().expect("UTF-8"))
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.dir.path().join(name);
        fs_err::create_dir_all(path.parent().expect("a file")).expect("it can be made");
        fs_err::write(path, text).expect("it can be written");
    }

    pub fn read(&self, name: &str) -> String {
        fs_err::read_to_string(self.dir.path().join(name)).expect("the script wrote it")
    }

    /// Runs the lines as a batch file. The room is `%ROOM%`, the commands are on PATH.
    pub fn cmd(&self, lines: &str) -> Ran {
        let lines =
            format!("@echo off\nset \"PATH=%ROOM%\\cmds;%PATH%\"\nset \"PROMPT=$P$G\"\n{lines}\n");
        self.write("script.bat", &lines.replace('\n', "\r\n"));
        let config = Config::from_process();
        let base = config.var("VENVSH_WINDOWS_PYTHON").unwrap_or_default();
        let base = on_windows(&base);
        let output = self
            .around(&mut Command::new(&self.wine))
            .args(["cmd", "/d", "/c", &self.path("script.bat")])
            .env("ROOM", self.path(""))
            .env("PROGRAM", &self.program)
            .env("BASE", base)
            .env("WORKON_HOME", self.path("envs"))
            .output()
            .expect("wine starts");
        Ran::of(&output)
    }

    /// The variables of a command that starts programs in wine.
    pub fn around<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let config = Config::from_process();
        let inherited = ["WINEPREFIX", "HOME", "PATH"];
        let inherited = inherited.map(|name| (name, config.var(name).unwrap_or_default()));
        command
            .env_clear()
            .envs(inherited)
            .env("WINEDEBUG", "-all")
            .env("WINEARCH", "win64")
            // Instead of pages about a crash.
            .env("WINEDLLOVERRIDES", "winedbg.exe=d;mscoree,mshtml=")
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("XDG_STATE_HOME", self.path("state"))
    }

    /// No plan is left behind.
    #[track_caller]
    fn check_no_plans(&self) {
        let plans = self.dir.path().join("cache/venvsh/plans");
        let left: Vec<_> = fs_err::read_dir(plans).expect("the hook made it").collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

/// The path as wine has it on its drive `Z:`, without a separator at its end.
pub fn on_windows(path: &str) -> String {
    format!("Z:{}", path.trim_end_matches('/')).replace('/', "\\")
}

#[test]
fn an_environment_is_entered_changed_and_left() {
    let Some(room) = Room::new(&["one", "two"]) else {
        return;
    };
    let ran = room.cmd(
        r#"set PATH="C:\Program Files\a b";%PATH%
set "PKG_CONFIG_PATH=C:\pk g"
set "PYTHONHOME=C:\home"
set > "%ROOM%\before"
call workon
call workon one
echo %ERRORLEVEL% %VIRTUAL_ENV_PROMPT% %PROMPT% [%PYTHONHOME%]
if "%VIRTUAL_ENV%"=="%WORKON_HOME%\one" echo entered
call workon nope
echo %ERRORLEVEL% %VIRTUAL_ENV_PROMPT%
call cdvirtualenv
cd
call workon two
echo %ERRORLEVEL% %VIRTUAL_ENV_PROMPT% %PROMPT%
call deactivate
echo %ERRORLEVEL%
set > "%ROOM%\after"
call deactivate
echo %ERRORLEVEL%
call workon one
set "PATH=C:\mine;%PATH%"
call deactivate
echo %PATH%
exit /b 5"#,
    );
    let cd = room.path("envs/one");
    let lines: Vec<_> = ran.stdout.lines().collect();
    let expected = [
        "one",
        "two",
        "0 one (one) $P$G []",
        "entered",
        "1 one",
        &cd,
        "0 two (two) $P$G",
        "0",
        "1",
    ];
    assert_eq!(lines[..expected.len()], expected, "{}", ran.stderr);
    assert!(
        lines[expected.len()].starts_with(r#"C:\mine;"C:\Program Files\a b";"#),
        "{}",
        ran.stdout
    );
    assert!(!lines[expected.len()].contains("Scripts"), "{}", ran.stdout);
    assert_eq!(ran.status, 5);
    assert_eq!(room.read("before"), room.read("after"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("no environment named: nope"),
        "{}",
        ran.stderr
    );
    room.check_no_plans();
}

#[test]
fn hostile_names_stay_names() {
    let names = [
        "b c",
        "x (y)",
        "it's",
        "a!b",
        "a=b,c",
        "p$q",
        "a@b#c+d~e",
        "[x]{y}",
    ];
    let Some(room) = Room::new(&names) else {
        return;
    };
    let mut script = String::from("set > \"%ROOM%\\before\"\n");
    for name in names {
        script += &format!(
            "call workon -- \"{name}\"\necho %ERRORLEVEL% [%VIRTUAL_ENV_PROMPT%] %PROMPT%\n\
             call cdvirtualenv\nif exist Lib\\site-packages if exist pyvenv.cfg echo there\n\
             call deactivate\ncd /d \"%ROOM%\"\n"
        );
    }
    script += "set > \"%ROOM%\\after\"";
    let ran = room.cmd(&script);
    let expected: String = names
        .iter()
        .map(|name| format!("0 [{name}] ({}) $P$G\nthere\n", name.replace('$', "$$")))
        .collect();
    assert_eq!(ran.stdout, expected, "{}", ran.stderr);
    assert_eq!(room.read("before"), room.read("after"), "{}", ran.stderr);
}

#[test]
fn hook_scripts_run_in_the_shell_and_leave_nothing() {
    let Some(room) = Room::new(&["one"]) else {
        return;
    };
    let note = |what: &str| {
        format!(
            "@echo {what} %1 %VIRTUAL_ENV_PROMPT%%VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV% %VIRTUALENVWRAPPER_PROJECT_FILENAME%>>\"%ROOM%\\log\"\r\n"
        )
    };
    let after = format!("@set \"PATH=C:\\mine;%PATH%\"\r\n{}", note("after"));
    room.write("envs/postactivate.bat", &after);
    room.write("envs/one/Scripts/predeactivate.bat", &note("local"));
    room.write("envs/predeactivate.bat", &note("global"));
    room.write("envs/one/Scripts/postdeactivate.bat", &note("left"));
    let ran = room.cmd(
        r#"set > "%ROOM%\before"
call workon one
echo %ERRORLEVEL% %PATH:~0,8%
call deactivate
set > "%ROOM%\after""#,
    );
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (0, "0 C:\\mine;\n"),
        "{}",
        ran.stderr
    );
    let log = room.read("log").replace('\r', "");
    let lines: Vec<_> = log.lines().map(str::trim_end).collect();
    assert_eq!(lines.len(), 4, "{log}{}", ran.stderr);
    assert!(
        lines[0].starts_with("after post_activate one .project"),
        "{log}"
    );
    assert!(
        lines[1].starts_with("local pre_deactivate one .project"),
        "{log}"
    );
    assert!(
        lines[2].starts_with("global pre_deactivate one .project"),
        "{log}"
    );
    assert!(lines[3].starts_with("left post_deactivate"), "{log}");
    assert!(lines[3].contains("\\one .project"), "{log}");
    assert_eq!(room.read("before"), room.read("after"), "{}", ran.stderr);
}

#[test]
fn what_cmd_would_change_is_refused_and_runs_nothing() {
    let Some(room) = Room::new(&["one", "linked"]) else {
        return;
    };
    room.write("a!b/x", "");
    room.write("envs/linked/.project", &room.path("a!b"));
    let ran = room.cmd(
        r#"set "KEEP=%PATH%"
set PATH="C:\R&venvsh --version";%PATH%
call workon one
echo %ERRORLEVEL% [%VIRTUAL_ENV%]
set "PATH=%KEEP%"
setlocal EnableDelayedExpansion
call workon one
echo !ERRORLEVEL! !VIRTUAL_ENV_PROMPT!
call workon linked
echo !ERRORLEVEL! !VIRTUAL_ENV_PROMPT!"#,
    );
    assert_eq!(ran.stdout, "1 []\n0 one\n1 one\n", "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("PATH has one of & | < > ^ between quotes"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("a value has a ! while delayed expansion is on"),
        "{}",
        ran.stderr
    );
    room.check_no_plans();
}

#[test]
fn another_tools_environment_is_left_and_a_missing_program_is_told() {
    let Some(room) = Room::new(&["one", "theirs"]) else {
        return;
    };
    // As CPython's own scripts do.
    let activate = "@set \"VIRTUAL_ENV=%ROOM%\\envs\\theirs\"\r\n@set \"_OLD_VIRTUAL_PATH=%PATH%\"\r\n@set \"PATH=%VIRTUAL_ENV%\\Scripts;%PATH%\"\r\n@set \"_OLD_VIRTUAL_PROMPT=%PROMPT%\"\r\n@set \"PROMPT=(theirs) %PROMPT%\"\r\n";
    let deactivate = "@if defined _OLD_VIRTUAL_PROMPT set \"PROMPT=%_OLD_VIRTUAL_PROMPT%\"\r\n@set _OLD_VIRTUAL_PROMPT=\r\n@if defined _OLD_VIRTUAL_PATH set \"PATH=%_OLD_VIRTUAL_PATH%\"\r\n@set _OLD_VIRTUAL_PATH=\r\n@set VIRTUAL_ENV=\r\n";
    room.write("envs/theirs/Scripts/activate.bat", activate);
    room.write("envs/theirs/Scripts/deactivate.bat", deactivate);
    let ran = room.cmd(
        r#"set > "%ROOM%\before"
call "%WORKON_HOME%\theirs\Scripts\activate.bat"
call workon one
echo %ERRORLEVEL% %PROMPT%
call deactivate
set > "%ROOM%\after"
call workon theirs
echo %PROMPT%
call deactivate
call workon one
call deactivate
echo %PROMPT%
set > "%ROOM%\last""#,
    );
    assert_eq!(
        ran.stdout, "0 (one) $P$G\n(theirs) $P$G\n$P$G\n",
        "{}",
        ran.stderr
    );
    assert_eq!(room.read("before"), room.read("after"), "{}", ran.stderr);
    assert_eq!(room.read("before"), room.read("last"), "{}", ran.stderr);

    let name = room.dir.path().join("cmds/workon.bat");
    let text = fs_err::read_to_string(&name).expect("the hook wrote it");
    fs_err::write(&name, text.replace(&room.program, r"C:\gone\venvsh.exe"))
        .expect("it can be written");
    // Not by `call`, whose status is 1 for each failure in wine.
    let ran = room.cmd("\"%ROOM%\\cmds\\workon.bat\" one");
    assert_eq!(ran.status, 127, "{}", ran.stderr);
    assert!(ran.stderr.contains("the program is gone"), "{}", ran.stderr);
}
