//! Shells from Unix on Windows: Git Bash, MSYS2 and Cygwin have a program of Windows, paths of their own, and no descriptor that the
//! program could write to. No such shell runs here. Its texts are rendered for Windows; and this machine's bash, zsh, dash, mksh and
//! fish call the program of Windows in wine through a script that does what Cygwin's runtime does: PATH and the plan's file are
//! translated.

use std::os::unix::fs::symlink;
use std::process::Command;

use camino::Utf8PathBuf;
use venvsh::internals::Config;
use venvsh::internals::platform::Platform;
use venvsh::internals::shell::activation::Activator;
use venvsh::internals::shell::hook::{self, Hook};
use venvsh::internals::shell::quote::Ident;
use venvsh::internals::shell::{Activation, Form, Shell};

use super::cmd::{Ran, Room};
use crate::support::starting::while_none_starts;
use crate::support::{Sandbox, skip, which};

/// The hook of a program for Windows.
fn hook(shell: Shell, program: &str, emit_dir: &str) -> String {
    let ident = |name: &str| Ident::new(name).expect("a name");
    let hook = Hook {
        program,
        emit_dir,
        platform: Platform::Windows,
        commands: &["workon", "mkvirtualenv"].map(|name| hook::Command {
            function: ident(name),
            verb: ident(name),
        }),
        printing: &[],
        helpers: &[],
        variables: &[ident("WORKON_HOME")],
        completion: true,
        prompt: true,
        follows: true,
    };
    let text = hook.render(shell).expect("these values can be said");
    text.expect("there is a hook")
}

#[test]
fn the_hook_names_paths_with_slashes_and_no_descriptor() {
    for shell in [
        Shell::Bash,
        Shell::Zsh,
        Shell::Ksh,
        Shell::Posix,
        Shell::Fish,
    ] {
        let text = hook(
            shell,
            r"C:\Users\it's me\bin\venvsh.exe",
            r"C:\Users\it's me\AppData\Local\venvsh\plans",
        );
        let fish = shell == Shell::Fish;
        let quoted = |path: &str| {
            let apostrophe = if fish { r"\'" } else { r"'\''" };
            format!("'{}'", path.replace('\'', apostrophe))
        };
        assert!(
            text.contains(&quoted("C:/Users/it's me/bin/venvsh.exe")),
            "{text}"
        );
        let plans = quoted("C:/Users/it's me/AppData/Local/venvsh/plans");
        let plan = match shell {
            Shell::Fish => plans,
            Shell::Ksh | Shell::Posix => format!("{plans}/sh-$$-"),
            _ => format!("{plans}/{shell}-$$-"),
        };
        assert!(text.contains(&plan), "{text}");
        assert!(text.contains(&format!("'1:{shell}:::auto'")), "{text}");
        assert!(
            !text.contains("8>&1") && !text.contains("/dev/fd"),
            "{text}"
        );
    }
}

/// The program is a script that writes a plan into the file: status, variables and plan arrive, also from a call within a plan.
#[test]
fn a_plan_comes_through_the_file() {
    let sandbox = Sandbox::new();
    let program = sandbox.path("venvsh.exe");
    let script = "#!/bin/sh\necho \"$* [$VENVSH_HOOK] [$VENVSH_DRIVES] ${VENVSH_EMIT##*/} $MSYS2_ARG_CONV_EXCL\" | sed 's/-[0-9]*-/-PID-/'\n\
        case $1 in\nworkon) echo 'X=entered; venvsh_apply resume \"[x]\" || venvsh_rc=$?' ;;\nesac >\"$VENVSH_EMIT\"\n\
        case $1 in resume) exit 7 ;; complete) echo one ;; esac\n";
    while_none_starts(|| venvsh::internals::fs::write_new(&program, script, 0o755))
        .expect("it can be written");
    let plans = sandbox.path("pl ans");
    fs_err::create_dir(&plans).expect("it can be made");
    for (shell, name, drives, kind) in [
        (Shell::Bash, "bash", "msys", "msys"),
        (Shell::Zsh, "zsh", "", "linux-gnu"),
    ] {
        let Some(found) = which(name) else {
            skip(name, "not installed");
            continue;
        };
        let code = format!(
            "OSTYPE={kind}\n{}\nset -e\nworkon a 'b c' || echo \"status $?\"\necho \"$X\"\nmkvirtualenv && echo done\n",
            hook(shell, program.as_str(), plans.as_str())
        );
        let mut command = sandbox.command(found.as_str());
        command.args(["-c", &code]).env("MSYS2_ARG_CONV_EXCL", "/x");
        let output = sandbox.finish(&mut command);
        let line = |words: &str, call: u32| {
            format!("{words} [1:{name}:::auto] [{drives}] {name}-PID-{call} [;:;/x\n")
        };
        let expect = format!(
            "{}{}status 7\nentered\n{}done\n",
            line("workon a b c", 1),
            line("resume [x]", 2),
            line("mkvirtualenv", 3)
        );
        assert_eq!(output.stdout, expect, "{}", output.stderr);
        assert_eq!(output.stderr, "");
    }
}

/// `Scripts/activate` as it is written on Windows.
#[test]
fn the_script_of_an_environment_takes_the_shells_path() {
    let sandbox = Sandbox::new();
    let file = sandbox.path("activate");
    // The environment has to be there, else the script looks around itself for one that was moved.
    let root = sandbox.path("c/Envs/it's one");
    fs_err::create_dir_all(root.join("Scripts")).expect("it can be made");
    let activation = Activation {
        root: r"C:\Envs\it's one".to_owned(),
        prompt: "one".to_owned(),
        platform: Platform::Windows,
        ..Activation::default()
    };
    let text = Activator::Sh
        .render(&activation, Form::File)
        .expect("a shell can say it");
    let in_msys = r"_venv_root='/c/Envs/it'\''s one' ;;";
    assert!(text.contains(in_msys), "{text}");
    let in_msys_here = text.replace("'/c/Envs", &format!("'{}/Envs", sandbox.path("c")));
    fs_err::write(&file, in_msys_here).expect("it can be written");
    let cygpath =
        format!("#!/bin/sh\ncase $1$2 in '-uC:\\Envs\\it'\\''s one') echo \"{root}\" ;; esac\n");
    let tool = sandbox.path("bin/cygpath");
    fs_err::create_dir_all(sandbox.path("bin")).expect("it can be made");
    while_none_starts(|| venvsh::internals::fs::write_new(&tool, &cygpath, 0o755))
        .expect("it can be written");
    for (shell, kind) in [
        ("bash", "OSTYPE=msys"),
        ("zsh", "OSTYPE=msys"),
        ("dash", "MSYSTEM=MINGW64"),
        ("mksh", "MSYSTEM=UCRT64"),
        ("bash", "OSTYPE=cygwin"),
        ("dash", "unset MSYSTEM"),
    ] {
        let Some(found) = which(shell) else {
            skip(shell, "not installed");
            continue;
        };
        let code = format!(
            "{kind}\nPATH={}:$PATH\nbefore=$PATH\n. {file}\necho \"$VIRTUAL_ENV\"\n\
             echo \"${{PATH%%:*}}\"\ndeactivate\ncase $PATH in \"$before\") echo same ;; esac",
            sandbox.path("bin")
        );
        let mut command = sandbox.command(found.as_str());
        let output = sandbox.finish(command.args(["-c", &code]));
        let expect = format!("{root}\n{root}/Scripts\nsame\n");
        assert_eq!(output.stdout, expect, "{shell} {kind}: {}", output.stderr);
        assert_eq!(output.stderr, "", "{shell} {kind}");
    }
}

/// `Scripts/activate.fish` as it is written on Windows.
#[test]
fn the_script_of_an_environment_takes_the_path_of_fish() {
    let Some(fish) = which("fish") else {
        skip("fish", "not installed");
        return;
    };
    let sandbox = Sandbox::new();
    let root = sandbox.path("c/Envs/one");
    fs_err::create_dir_all(root.join("Scripts")).expect("it can be made");
    let activation = Activation {
        root: r"C:\Envs\one".to_owned(),
        prompt: "one".to_owned(),
        platform: Platform::Windows,
        ..Activation::default()
    };
    let text = Activator::FishScript
        .render(&activation, Form::File)
        .expect("a shell can say it");
    let here = text.replace("'/c/Envs", &format!("'{}/Envs", sandbox.path("c")));
    assert_ne!(text, here, "{text}");
    let file = sandbox.path("activate.fish");
    fs_err::write(&file, here).expect("it can be written");
    let cygpath = format!("#!/bin/sh\ncase $1$2 in '-uC:\\Envs\\one') echo \"{root}\" ;; esac\n");
    fs_err::create_dir_all(sandbox.path("bin")).expect("it can be made");
    while_none_starts(|| {
        venvsh::internals::fs::write_new(&sandbox.path("bin/cygpath"), &cygpath, 0o755)
    })
    .expect("it can be written");
    for kind in ["set -gx MSYSTEM UCRT64", "set -ge MSYSTEM"] {
        let code = format!(
            "{kind}\nset PATH {} $PATH\nset before \"$PATH\"\nsource {file}\necho $VIRTUAL_ENV\n\
             echo $PATH[1]\ndeactivate\ntest \"$PATH\" = \"$before\"; and echo same",
            sandbox.path("bin")
        );
        let mut command = sandbox.command(fish.as_str());
        let output = sandbox.finish(command.args(["--no-config", "-c", &code]));
        let expect = format!("{root}\n{root}/Scripts\nsame\n");
        assert_eq!(output.stdout, expect, "{kind}: {}", output.stderr);
    }
}

/// What Cygwin's runtime does before it starts a program of Windows. `$DRIVES` has the drives.
const RUNTIME: &str = r#"#!/bin/bash
native() {
    case $1 in
    "$DRIVES"/?/*) set -- "${1#"$DRIVES"/}"; set -- "${1%%/*}:/${1#*/}" ;;
    /*) set -- "Z:$1" ;;
    esac
    printf %s "${1//\//\\}"
}
IFS=:
for dir in $PATH; do WINEPATH+="${WINEPATH:+;}$(native "$dir")"; done
unset IFS
[ -z "${VENVSH_EMIT-}" ] || VENVSH_EMIT=$(native "$VENVSH_EMIT")
export WINEPATH VENVSH_EMIT
exec wine "$PROGRAM" "$@"
"#;

/// `cygpath -u` for a path of a drive.
const CYGPATH: &str = r#"#!/bin/bash
rest=${2:2}
printf '%s\n' "$DRIVES/$(printf %s "${2:0:1}" | tr A-Z a-z)${rest//\\//}"
"#;

/// A room whose paths the shells see below its directory `drives`; `None`, visibly, without wine.
struct Cygwin {
    room: Room,
    drives: Utf8PathBuf,
}

impl Cygwin {
    fn new() -> Option<Self> {
        let room = Room::new(&["one", "two"])?;
        let dir = Utf8PathBuf::from_path_buf(room.dir.path().to_owned()).expect("UTF-8");
        let drives = dir.join("drives");
        for name in ["drives", "bin"] {
            fs_err::create_dir(dir.join(name)).expect("it can be made");
        }
        symlink("/", drives.join("z")).expect("it can be made");
        for (name, text) in [("venvsh", RUNTIME), ("cygpath", CYGPATH)] {
            let file = dir.join("bin").join(name);
            while_none_starts(|| venvsh::internals::fs::write_new(&file, text, 0o755))
                .expect("it can be written");
        }
        Some(Self { room, drives })
    }

    /// The path as the shell has it.
    fn path(&self, name: &str) -> String {
        format!("{}/z{}/{name}", self.drives, self.room.dir.path().display())
    }

    /// Runs the lines in that shell, with the hook. The real runtime would find the plans by their paths of Windows.
    fn run(&self, shell: &str, lines: &str) -> Option<Ran> {
        let Some(found) = which(shell) else {
            skip(shell, "not installed");
            return None;
        };
        let dir = self.room.dir.path().display();
        let hook = format!("venvsh hook {shell} | sed \"s|'Z:{dir}|'{dir}|\"");
        let load = match shell {
            "fish" => format!("{hook} | source\n"),
            // dash and mksh do not say where they run.
            "dash" | "mksh" => format!("eval \"$({hook})\"\n"),
            _ => format!("OSTYPE=cygwin\neval \"$({hook})\"\n"),
        };
        self.room.write("hook", &load);
        let config = Config::from_process();
        let program = config.var("VENVSH_WINDOWS_PROGRAM").expect("there is wine");
        let base = config.var("VENVSH_WINDOWS_PYTHON").unwrap_or_default();
        let mut command = Command::new(found);
        match shell {
            "zsh" => drop(command.arg("-f")),
            "fish" => drop(command.arg("--no-config")),
            _ => {}
        }
        let output = self
            .room
            .around(&mut command)
            .args(["-c", &format!(". {dir}/hook\n{lines}")])
            .env("PATH", format!("{dir}/bin:/usr/local/bin:/usr/bin:/bin"))
            .env("PROGRAM", program)
            .env("BASE", format!("{}/z{base}", self.drives))
            .env("DRIVES", &self.drives)
            .env("ROOM", self.path(""))
            .env("WORKON_HOME", self.path("envs"))
            .current_dir(self.room.dir.path())
            .output()
            .expect("the shell starts");
        Some(Ran::of(&output))
    }
}

#[test]
fn an_environment_of_windows_is_entered_and_left() {
    let Some(cygwin) = Cygwin::new() else { return };
    let note = "echo \"$1 $VIRTUAL_ENV_PROMPT\"\nexport PATH=/mine:$PATH\n";
    cygwin.room.write("envs/one/Scripts/postactivate", note);
    let project = cygwin.room.path("pro ject");
    cygwin.room.write("pro ject/x", "");
    cygwin.room.write("envs/two/.project", &project);
    for shell in ["bash", "zsh", "dash", "mksh", "yash"] {
        let Some(ran) = cygwin.run(
            shell,
            r#"before=$PATH
workon
workon one
echo $? "$VIRTUAL_ENV"
echo "${PATH%%:*}"
workon nope
echo $?
cdvirtualenv
pwd
workon two
echo $? "$VIRTUAL_ENV_PROMPT"
pwd
cd "$ROOM"
SHELL -c '. "$ROOM/hook"; deactivate; echo "$? [${VIRTUAL_ENV-}]"; case $PATH in *Scripts*) echo left ;; esac'
deactivate
echo $? "[${VIRTUAL_ENV-}]"
case $PATH in "$before") echo same ;; esac
export -p | grep VIRTUAL_ENV"#
                .replace("SHELL", if shell == "zsh" { "zsh -f" } else { shell })
                .as_str(),
        ) else {
            continue;
        };
        let one = cygwin.path("envs/one");
        let expect = format!(
            "one\ntwo\npost_activate one\n0 {one}\n/mine\n1\n{one}\n0 two\n{}\n0 []\n0 []\nsame\n",
            cygwin.path("pro ject")
        );
        assert_eq!(ran.stdout, expect, "{shell}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("no environment named: nope"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn an_environment_of_windows_is_entered_and_left_in_fish() {
    let Some(cygwin) = Cygwin::new() else { return };
    let note = "echo post\nset -gx PATH /mine $PATH\n";
    cygwin
        .room
        .write("envs/one/Scripts/postactivate.fish", note);
    let project = cygwin.room.path("pro ject");
    cygwin.room.write("pro ject/x", "");
    cygwin.room.write("envs/two/.project", &project);
    let Some(ran) = cygwin.run(
        "fish",
        r#"set before "$PATH"
workon one
echo $status $VIRTUAL_ENV
echo $PATH[1]
workon nope
echo $status
workon two
echo $status $VIRTUAL_ENV_PROMPT
pwd
cd $ROOM
deactivate
echo $status
set -q VIRTUAL_ENV; and echo left
test "$PATH" = "$before"; and echo same"#,
    ) else {
        return;
    };
    let one = cygwin.path("envs/one");
    let expect = format!(
        "post\n0 {one}\n/mine\n1\n0 two\n{}\n0\nsame\n",
        cygwin.path("pro ject")
    );
    assert_eq!(ran.stdout, expect, "{}", ran.stderr);
}

#[test]
fn an_environment_is_made_there_and_its_python_runs() {
    if Config::from_process()
        .var("VENVSH_WINDOWS_PYTHON")
        .is_none()
    {
        skip(
            "python.exe",
            "VENVSH_WINDOWS_PYTHON names no Python for Windows",
        );
        return;
    }
    let Some(cygwin) = Cygwin::new() else { return };
    let Some(ran) = cygwin.run(
        "bash",
        r#"mkvirtualenv -q --no-pip -p "Z:${BASE#"$DRIVES"/z}" made
echo $? "$VIRTUAL_ENV"
wine "$VIRTUAL_ENV/Scripts/python.exe" -c 'import sys; print(sys.prefix != sys.base_prefix)' | tr -d '\r'
. "$VIRTUAL_ENV/Scripts/activate"
echo "$VIRTUAL_ENV"
deactivate
rmvirtualenv made >/dev/null
echo $?
COMP_WORDS=(workon o) COMP_CWORD=1
_venvsh
echo "${COMPREPLY[@]}""#,
    ) else {
        return;
    };
    let made = cygwin.path("envs/made");
    assert_eq!(
        ran.stdout,
        format!("0 {made}\nTrue\n{made}\n0\none\n"),
        "{}",
        ran.stderr
    );
}
