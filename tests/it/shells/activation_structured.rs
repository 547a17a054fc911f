//! nushell, xonsh, elvish and `activate_this.py`: the same steps in each, and what a child process sees after each step.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use venvsh::internals::BIN;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::activation::{Activation, Activator, Form};
use venvsh::internals::shell::quote::{Dialect, Elvish, Nu, Python};

const HOSTILE: &str = "it's \"q\" \\ $(touch PWNED) `touch PWNED` %p !! ^a '# #c {a,b} *?[a] ~ ;&|<>() A__VIRTUAL_NAME__B {{ x }} é漢\u{2019}";

type Snapshot = BTreeMap<String, String>;

/// What a step of a scenario does; each shell spells it in its own way.
enum Step<'a> {
    Activate(&'a Path),
    Deactivate,
    /// Adds `/user` to the end of PATH.
    AddToPath,
    /// Sets `OTHER` to `1`.
    SetOther,
    Snapshot,
}
use Step::{Activate, AddToPath, Deactivate, SetOther};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Structured {
    Nu,
    Xonsh,
    Elvish,
}

impl Structured {
    fn name(self) -> &'static str {
        match self {
            Self::Nu => "nu",
            Self::Xonsh => "xonsh",
            Self::Elvish => "elvish",
        }
    }

    fn program(self) -> Option<PathBuf> {
        let test = "a structured shell's own activation";
        let found = crate::support::shell(self.name(), test)?
            .program()
            .expect("it is here")
            .into_std_path_buf();
        if self != Self::Nu {
            return Some(found);
        }
        // npm's `nu` is a script that needs node on PATH; the program knows where it is itself.
        let out = Command::new(found)
            .args(["-n", "-c", "$nu.current-exe"])
            .output()
            .expect("nu starts");
        Some(PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()))
    }

    /// Before the first step. elvish's `eval` cannot add a name outside of an interactive shell: the caller takes it.
    fn prelude(self) -> &'static str {
        match self {
            Self::Elvish => "var deactivate~ = { }\n",
            Self::Xonsh => "$XONSH_SUBPROC_CMD_RAISE_ERROR = True\n",
            Self::Nu => "",
        }
    }

    fn spell(self, step: &Step, file: &Path) -> String {
        let word = |path: &Path| self.word(path.to_str().expect("test paths are UTF-8"));
        match (self, step) {
            (Self::Nu, Activate(env)) => {
                format!("overlay use {}", word(&env.join("bin/activate.nu")))
            }
            (Self::Xonsh, Activate(env)) => {
                format!("source @({})", word(&env.join("bin/activate.xsh")))
            }
            (Self::Elvish, Activate(env)) => format!(
                "eval (slurp < {}) &on-end={{|names| set deactivate~ = $names[deactivate~] }}",
                word(&env.join("bin/activate.elv"))
            ),
            (_, Deactivate) => "deactivate".to_owned(),
            (Self::Nu, AddToPath) => "$env.PATH = ($env.PATH | append /user)".to_owned(),
            (Self::Xonsh, AddToPath) => "$PATH.append('/user')".to_owned(),
            (Self::Elvish, AddToPath) => "set paths = [$@paths /user]".to_owned(),
            (Self::Nu, SetOther) => "$env.OTHER = '1'".to_owned(),
            (Self::Xonsh, SetOther) => "$OTHER = '1'".to_owned(),
            (Self::Elvish, SetOther) => "set-env OTHER 1".to_owned(),
            (Self::Nu, Step::Snapshot) => format!("^/usr/bin/env -0 | save --raw {}", word(file)),
            (Self::Xonsh, Step::Snapshot) => format!("/usr/bin/env -0 > @({})", word(file)),
            (Self::Elvish, Step::Snapshot) => format!("/usr/bin/env -0 > {}", word(file)),
        }
    }

    fn word(self, text: &str) -> String {
        match self {
            Self::Nu => Nu::spell(text),
            Self::Xonsh => Python::spell(text),
            Self::Elvish => Elvish::spell(text),
        }
        .expect("test values can be said")
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Nu => "nu",
            Self::Xonsh => "xsh",
            Self::Elvish => "elv",
        }
    }

    /// Runs the steps with a snapshot before the first and after each, in a process with this environment.
    fn run(
        self,
        program: &Path,
        home: &Path,
        initial: &[(&str, &str)],
        steps: &[Step],
    ) -> Vec<Snapshot> {
        let mut script = self.prelude().to_owned();
        // xonsh is a Python program: with a PYTHONHOME of others it cannot even start.
        let (inside, initial): (Vec<_>, Vec<_>) = initial
            .iter()
            .partition(|(name, _)| self == Self::Xonsh && *name == "PYTHONHOME");
        for (name, value) in inside {
            script += &format!("${name} = {}\n", self.word(value));
        }
        let initial = &initial;
        let file = |n: usize| home.join(format!("snapshot{n}"));
        script += &self.spell(&Step::Snapshot, &file(0));
        for (n, step) in steps.iter().enumerate() {
            script += &format!(
                "\n{}\n{}\n",
                self.spell(step, home),
                self.spell(&Step::Snapshot, &file(n + 1))
            );
        }
        let out = self.script(program, home, initial, &script);
        assert!(out.status.success(), "{self:?} {out:#?}\n{script}");
        assert_eq!(
            String::from_utf8_lossy(&out.stderr),
            "",
            "{self:?} {initial:?}\n{script}"
        );
        (0..=steps.len())
            .map(|n| {
                let bytes = fs_err::read(file(n)).expect("a snapshot");
                fs_err::remove_file(file(n)).expect("a snapshot");
                snapshot(&bytes)
            })
            .collect()
    }

    fn script(self, program: &Path, home: &Path, initial: &[(&str, &str)], script: &str) -> Output {
        let path = home.join(format!("script.{}", self.suffix()));
        fs_err::write(&path, script).expect("a script");
        let mut command = Command::new(program);
        match self {
            Self::Nu => command.arg("-n"),
            Self::Xonsh => command.arg("--no-rc"),
            Self::Elvish => command.arg("-norc"),
        };
        command
            .arg(path)
            .current_dir(home)
            .env_clear()
            .env("HOME", home)
            .env("TMPDIR", home);
        command
            .env("XDG_CONFIG_HOME", home)
            .env("XDG_DATA_HOME", home)
            .env("XDG_CACHE_HOME", home);
        command
            .envs(initial.iter().copied())
            .output()
            .expect("the shell starts")
    }
}

fn snapshot(bytes: &[u8]) -> Snapshot {
    String::from_utf8_lossy(bytes)
        .split_terminator('\0')
        .filter_map(|entry| entry.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .filter(|(name, _)| {
            !["_", "SHLVL", "LAST_EXIT_CODE", "CMD_DURATION_MS", "OLDPWD"].contains(&name.as_str())
        })
        .collect()
}

fn activation(root: &Path, prompt: &str) -> Activation {
    Activation {
        root: root.to_str().expect("test paths are UTF-8").to_owned(),
        prompt: prompt.to_owned(),
        site_directories: vec!["../lib/python/site-packages".to_owned()],
        ..Activation::default()
    }
}

/// An environment as far as these scripts look: `pyvenv.cfg` and the scripts.
fn install(root: &Path, activation: &Activation, form: Form) {
    fs_err::create_dir_all(root.join(BIN)).expect("a directory");
    fs_err::create_dir_all(root.join("lib/python/site-packages")).expect("a directory");
    fs_err::write(root.join("pyvenv.cfg"), "").expect("a file");
    for activator in Activator::ALL {
        match activator.render(activation, form) {
            Ok(text) => fs_err::write(root.join(BIN).join(activator.file()), text).expect("a file"),
            Err(err) => assert_eq!(err.dialect, "cmd.exe"),
        }
    }
}

fn environment(root: &Path, prompt: &str) -> PathBuf {
    install(root, &activation(root, prompt), Form::File);
    root.to_owned()
}

const SYSTEM: &str = "/usr/bin:/bin";

/// Initial states: what each variable may be before.
fn states() -> Vec<Vec<(&'static str, &'static str)>> {
    vec![
        vec![("PATH", SYSTEM)],
        vec![("PATH", "")],
        vec![("PATH", "/usr/bin::/b in:/it's:")],
        vec![
            ("PATH", SYSTEM),
            ("PYTHONHOME", "/x"),
            ("PKG_CONFIG_PATH", "/p:/q"),
            ("VIRTUAL_ENV", "/parent"),
            ("VIRTUAL_ENV_PROMPT", "parent"),
            ("TCL_LIBRARY", "/tcl"),
        ],
        vec![
            ("PATH", SYSTEM),
            ("PYTHONHOME", ""),
            ("PKG_CONFIG_PATH", ""),
            ("TK_LIBRARY", ""),
        ],
        vec![
            ("PATH", SYSTEM),
            ("_OLD_VIRTUAL_PATH", "/stale"),
            ("VIRTUAL_ENV_DISABLE_PROMPT", "yes please"),
        ],
    ]
}

#[track_caller]
fn active(now: &Snapshot, before: &Snapshot, env: &Path, prompt: &str) {
    let root = env.to_str().expect("test paths are UTF-8");
    let joined = |first: String, old: Option<&String>| match old {
        Some(old) if !old.is_empty() => format!("{first}:{old}"),
        _ => first,
    };
    let mut expected = before.clone();
    expected.insert(
        "PATH".into(),
        joined(format!("{root}/{BIN}"), before.get("PATH")),
    );
    expected.insert(
        "PKG_CONFIG_PATH".into(),
        joined(
            format!("{root}/lib/pkgconfig"),
            before.get("PKG_CONFIG_PATH"),
        ),
    );
    expected.insert("VIRTUAL_ENV".into(), root.into());
    expected.insert("VIRTUAL_ENV_PROMPT".into(), prompt.into());
    expected.remove("PYTHONHOME");
    // nushell's own names for the file of the overlay.
    for name in ["CURRENT_FILE", "FILE_PWD"] {
        if let Some(value) = now.get(name) {
            expected.insert(name.into(), value.clone());
        }
    }
    assert_eq!(now, &expected);
}

fn restores(shell: Structured, hostile: &str) {
    let Some(program) = shell.program() else {
        return;
    };
    let temp = tempfile::tempdir().expect("a directory");
    let home = temp.path();
    let a = environment(&home.join(hostile), hostile);
    let b = environment(&home.join("b"), "b");
    let steps = [
        Activate(&a),
        Deactivate,
        Activate(&a),
        Activate(&a),
        Activate(&b),
        Deactivate,
        Activate(&a),
        SetOther,
        AddToPath,
        Deactivate,
    ];
    for initial in states() {
        let seen = shell.run(&program, home, &initial, &steps);
        let before = &seen[0];
        active(&seen[1], before, &a, hostile);
        assert_eq!(&seen[2], before, "after deactivate");
        active(&seen[4], before, &a, hostile);
        active(&seen[5], before, &b, "b");
        assert_eq!(&seen[6], before, "A, A, B, deactivate");
        let mut kept = before.clone();
        kept.insert("OTHER".into(), "1".into());
        let old = &before["PATH"];
        kept.insert(
            "PATH".into(),
            if old.is_empty() {
                "/user".into()
            } else {
                format!("{old}:/user")
            },
        );
        assert_eq!(seen[10], kept, "what the user changed stays");
    }
    assert!(!home.join("PWNED").exists());
}

#[test]
fn nu_comes_back_as_it_was() {
    restores(Structured::Nu, HOSTILE);
}

#[test]
fn xonsh_comes_back_as_it_was() {
    restores(Structured::Xonsh, &HOSTILE.replace('$', ""));
}

#[test]
fn elvish_comes_back_as_it_was() {
    restores(Structured::Elvish, HOSTILE);
}

#[test]
fn a_moved_environment_is_where_it_is_now() {
    let temp = tempfile::tempdir().expect("a directory");
    let home = temp.path();
    for shell in [Structured::Nu, Structured::Xonsh] {
        let Some(program) = shell.program() else {
            continue;
        };
        let old = environment(&home.join("old place"), "name");
        let new = home.join(format!("new place {}", shell.name()));
        fs_err::rename(&old, &new).expect("a move");
        let seen = shell.run(
            &program,
            home,
            &[("PATH", SYSTEM)],
            &[Activate(&new), Deactivate],
        );
        active(&seen[1], &seen[0], &new, "name");
        assert_eq!(seen[2], seen[0]);

        fs_err::remove_file(new.join("pyvenv.cfg")).expect("a file");
        refuses(shell, &program, home, &new, "its new place is not known");
    }
    let Some(elvish) = Structured::Elvish.program() else {
        return;
    };
    let old = environment(&home.join("old"), "name");
    let new = home.join("new");
    fs_err::rename(&old, &new).expect("a move");
    refuses(
        Structured::Elvish,
        &elvish,
        home,
        &new,
        "use ./DIR/bin/activate",
    );
    let code = "use ./new/bin/activate; put $E:VIRTUAL_ENV; activate:deactivate; put (has-env VIRTUAL_ENV)";
    let out = Structured::Elvish.script(&elvish, home, &[("PATH", SYSTEM)], code);
    let expected = format!("▶ {}\n▶ $false\n", new.display());
    assert_eq!(String::from_utf8_lossy(&out.stdout), expected, "{out:#?}");
}

/// Says why, fails, and changes nothing: what runs after it in the same shell sees no activation.
#[track_caller]
fn refuses(shell: Structured, program: &Path, home: &Path, env: &Path, why: &str) {
    let script = format!("{}{}\n", shell.prelude(), shell.spell(&Activate(env), home));
    let out = shell.script(program, home, &[("PATH", SYSTEM)], &script);
    let stderr = String::from_utf8_lossy(&out.stderr);
    assert!(
        !out.status.success() && stderr.contains(why),
        "{shell:?} {out:#?}"
    );
}

#[test]
fn xonsh_refuses_a_path_that_it_would_expand() {
    let Some(program) = Structured::Xonsh.program() else {
        return;
    };
    let temp = tempfile::tempdir().expect("a directory");
    let env = environment(&temp.path().join("a$HOME"), "a");
    refuses(
        Structured::Xonsh,
        &program,
        temp.path(),
        &env,
        "xonsh expands every entry of PATH",
    );
}

#[test]
fn xonsh_gives_aliases_and_the_session_back() {
    let Some(program) = Structured::Xonsh.program() else {
        return;
    };
    let temp = tempfile::tempdir().expect("a directory");
    let env = environment(&temp.path().join("a"), "a");
    let file = Structured::Xonsh.word(env.join("bin/activate.xsh").to_str().expect("UTF-8"));
    let script = format!(
        "aliases['pydoc'] = 'echo mine'\naliases['deactivate'] = 'echo theirs'\n\
         def state():\n    return dict(aliases._raw), sorted(__xonsh__.ctx), dict(__xonsh__.env._d)\n\
         before = None\nbefore = state()\nsource @({file})\n\
         during = state()\nassert during[1] == sorted(before[1] + ['before']) or during[1] == before[1], during[1]\n\
         assert aliases._raw['pydoc'] == ['python', '-m', 'pydoc']\ndel during\n\
         deactivate\nafter = None\ndel after\nafter_state = state()\n\
         assert after_state[0] == before[0]\nassert set(after_state[1]) == set(before[1])\n\
         assert {{k: v for k, v in after_state[2].items() if k != 'LAST_RETURN_CODE'}} == \
         {{k: v for k, v in before[2].items() if k != 'LAST_RETURN_CODE'}}\nprint('same', flush=True)\ndeactivate\n"
    );
    let out = Structured::Xonsh.script(&program, temp.path(), &[("PATH", SYSTEM)], &script);
    assert_eq!(
        String::from_utf8_lossy(&out.stdout),
        "same\ntheirs\n",
        "{out:#?}"
    );
}

/// The prompt of nushell may be text, a closure, or absent.
#[test]
fn nu_draws_the_prompt_and_takes_it_away() {
    let Some(program) = Structured::Nu.program() else {
        return;
    };
    let temp = tempfile::tempdir().expect("a directory");
    let env = environment(&temp.path().join("a"), "a\u{1b}$(x)");
    let file = Structured::Nu.word(env.join("bin/activate.nu").to_str().expect("UTF-8"));
    for (prompt, disabled, drawn, back) in [
        (
            "$env.PROMPT_COMMAND = {|| 'me> ' }",
            "",
            "(a $(x)) me> ",
            "me> ",
        ),
        ("$env.PROMPT_COMMAND = 'me> '", "", "(a $(x)) me> ", "me> "),
        ("$env.PROMPT_COMMAND = 'me> '", "yes please", "me> ", "me> "),
        (
            "hide-env --ignore-errors PROMPT_COMMAND",
            "",
            "none",
            "none",
        ),
    ] {
        let script = format!(
            "{prompt}\n$env.VIRTUAL_ENV_DISABLE_PROMPT = '{disabled}'\n$env.PATH = '/usr/bin:/bin'\n\
             def draw [] {{ let p = ($env.PROMPT_COMMAND? | default 'none'); if ($p | describe) == 'closure' {{ do $p }} else {{ $p }} }}\n\
             overlay use {file}\nprint (draw) ($env.PATH | length)\noverlay use {file}\nprint (draw)\n\
             deactivate\nprint (draw) ($env.PATH)"
        );
        let out = Structured::Nu.script(&program, temp.path(), &[("PATH", SYSTEM)], &script);
        let expected = format!("{drawn}\n3\n{drawn}\n{back}\n/usr/bin:/bin\n");
        assert_eq!(String::from_utf8_lossy(&out.stdout), expected, "{out:#?}");
    }
}

#[test]
fn nu_says_how_it_is_activated() {
    let Some(program) = Structured::Nu.program() else {
        return;
    };
    let temp = tempfile::tempdir().expect("a directory");
    let env = environment(&temp.path().join("a"), "a");
    let file = Structured::Nu.word(env.join("bin/activate.nu").to_str().expect("UTF-8"));
    for wrong in [
        format!("source {file}"),
        format!("use {file}"),
        format!("overlay use {file} as other"),
    ] {
        let out = Structured::Nu.script(&program, temp.path(), &[("PATH", SYSTEM)], &wrong);
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert!(
            !out.status.success() && stderr.contains("this file is for `overlay use`"),
            "{wrong} {out:#?}"
        );
    }
}

#[test]
fn a_plan_does_what_the_file_does() {
    let temp = tempfile::tempdir().expect("a directory");
    let home = temp.path();
    let (root, library) = (home.join("it's"), Some("/l'ib".to_owned()));
    let values = Activation {
        tcl_library: library.clone(),
        tk_library: library,
        ..activation(&root, "a")
    };
    install(&root, &values, Form::Plan(Shell::Xonsh));
    for shell in [Structured::Nu, Structured::Xonsh, Structured::Elvish] {
        let Some(program) = shell.program() else {
            continue;
        };
        let initial = [("PATH", SYSTEM), ("TCL_LIBRARY", ""), ("PYTHONHOME", "")];
        let mut seen = shell.run(&program, home, &initial, &[Activate(&root), Deactivate]);
        assert_eq!(seen[2], seen[0], "{shell:?}");
        for name in ["TCL_LIBRARY", "TK_LIBRARY"] {
            assert_eq!(seen[1].remove(name).as_deref(), Some("/l'ib"), "{shell:?}");
        }
        seen[0].remove("TCL_LIBRARY");
        active(&seen[1], &seen[0], &root, "a");
    }
}

#[test]
fn deactivate_runs_the_hooks_of_a_plan() {
    let temp = tempfile::tempdir().expect("a directory");
    let home = temp.path();
    let hook = |name: &str| home.join(name).to_str().expect("UTF-8").to_owned();
    for (shell, before, after) in [
        (
            Structured::Xonsh,
            "print('before', $VIRTUAL_ENV, flush=True)",
            "print('after', 'VIRTUAL_ENV' in ${...}, VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV, 'deactivate' in aliases, flush=True)",
        ),
        (
            Structured::Elvish,
            "print before' '$E:VIRTUAL_ENV\"\\n\"",
            "print after' '(to-string (has-env VIRTUAL_ENV))' '$VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV\"\\n\"",
        ),
    ] {
        let Some(program) = shell.program() else {
            continue;
        };
        let root = home.join(shell.name());
        fs_err::write(hook("before"), before).expect("a hook");
        fs_err::write(hook("after"), after).expect("a hook");
        fs_err::write(hook("broken"), "nosuchcommand '").expect("a hook");
        let values = Activation {
            before_leaving: vec![hook("broken"), hook("before"), hook("missing")],
            after_leaving: vec![hook("after")],
            ..activation(&root, "a")
        };
        install(&root, &values, Form::Plan(Shell::Xonsh));
        let steps = format!("{}\ndeactivate\n", shell.spell(&Activate(&root), home));
        let out = shell.script(
            &program,
            home,
            &[("PATH", SYSTEM)],
            &(shell.prelude().to_owned() + &steps),
        );
        let place = root.display();
        let expected = match shell {
            Structured::Xonsh => format!("before {place}\nafter False {place} True\n"),
            _ => format!("before {place}\nafter $false {place}\n"),
        };
        assert_eq!(String::from_utf8_lossy(&out.stdout), expected, "{out:#?}");
        assert!(out.status.success(), "{out:#?}");
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert!(stderr.contains(&hook("broken")), "{shell:?} {stderr}");
    }
}

/// Types lines into a program on a terminal of its own; after each line it waits for the file that the line makes.
const TERMINAL: &str = r#"
import os, pty, select, sys, time
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], [sys.argv[1], "-norc"])
def serve(done):
    end = time.time() + 20
    while not done() and time.time() < end:
        if select.select([terminal], [], [], 0.02)[0]:
            if b"\x1b[6n" in os.read(terminal, 65536):
                os.write(terminal, b"\x1b[1;1R")
pause = time.time() + 0.3
serve(lambda: time.time() > pause)
for number, line in enumerate(sys.argv[2:]):
    done = "done%d" % number
    os.write(terminal, (line + "; echo > " + done + "\r").encode())
    serve(lambda: os.path.exists(done))
    if not os.path.exists(done):
        sys.exit("no answer to: " + line)
"#;

#[test]
fn elvish_gives_functions_and_the_prompt_back() {
    let Some(program) = Structured::Elvish.program() else {
        return;
    };
    let Some(python) = crate::support::which("python3") else {
        return crate::support::skip("python", "python3 not installed");
    };
    let temp = tempfile::tempdir().expect("a directory");
    let home = temp.path();
    for name in ["a", "b"] {
        environment(&home.join(name), name);
    }
    let out = Command::new(python)
        .args(["-c", TERMINAL])
        .arg(program)
        .args([
            "fn pydoc { echo mine }; fn deactivate { echo theirs }; var prompt = $edit:prompt",
            "eval (slurp < a/bin/activate.elv)",
            "eval (slurp < a/bin/activate.elv)",
            "eval (slurp < b/bin/activate.elv)",
            "echo $E:VIRTUAL_ENV_PROMPT [($edit:prompt)][0] >> log",
            "deactivate",
            "echo (has-env VIRTUAL_ENV) (eq $prompt $edit:prompt) (pydoc) (deactivate) >> log",
            "edit:del-var deactivate~; edit:del-var pydoc~",
            "eval (slurp < a/bin/activate.elv)",
            "deactivate",
            "echo (resolve deactivate) (resolve pydoc) >> log",
        ])
        .current_dir(home)
        .env_clear()
        .envs([("PATH", SYSTEM), ("TERM", "dumb")])
        .env("HOME", home)
        .output()
        .expect("Python starts");
    assert!(out.status.success(), "{out:#?}");
    let log = fs_err::read_to_string(home.join("log")).expect("a log");
    assert_eq!(
        log,
        "b (b) \n$false $true mine theirs\n(external deactivate) (external pydoc)\n"
    );
}
