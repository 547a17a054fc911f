//! One scenario for all shells, and one transcript that all of them must produce.

use crate::support::hooked::value;
use crate::support::hostile::HOSTILE;
use crate::support::{Pty, Sandbox, TestShell, shells_that, skip};
use camino::Utf8PathBuf;
use expect_test::{Expect, expect};
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::activation::{Activation, Activator, Form};

/// What `show` shows, then the prompt.
const SHOWN: [&str; 5] = [
    "VIRTUAL_ENV",
    "VIRTUAL_ENV_PROMPT",
    "PATH",
    "PYTHONHOME",
    "PKG_CONFIG_PATH",
];

/// `a` and `b` are environments in HOME.
const SCENARIO: &[&str] = &[
    "show",
    "activate a",
    "show",
    "activate a",
    "show",
    "activate b",
    "show",
    "deactivate",
    "show",
];

#[test]
fn one_transcript_for_all_shells() {
    let transcript = expect![[r"
        $ show
        VIRTUAL_ENV unset
        VIRTUAL_ENV_PROMPT unset
        PATH=[PATH]
        PYTHONHOME=/python
        PKG_CONFIG_PATH=/pkgconfig
        prompt: $ 
        $ activate a
        $ show
        VIRTUAL_ENV=[HOME]/a
        VIRTUAL_ENV_PROMPT=a
        PATH=[HOME]/a/bin:[PATH]
        PYTHONHOME unset
        PKG_CONFIG_PATH=[HOME]/a/lib/pkgconfig:/pkgconfig
        prompt: (a) $ 
        $ activate a
        $ show
        VIRTUAL_ENV=[HOME]/a
        VIRTUAL_ENV_PROMPT=a
        PATH=[HOME]/a/bin:[PATH]
        PYTHONHOME unset
        PKG_CONFIG_PATH=[HOME]/a/lib/pkgconfig:/pkgconfig
        prompt: (a) $ 
        $ activate b
        $ show
        VIRTUAL_ENV=[HOME]/b
        VIRTUAL_ENV_PROMPT=b
        PATH=[HOME]/b/bin:[PATH]
        PYTHONHOME unset
        PKG_CONFIG_PATH=[HOME]/b/lib/pkgconfig:/pkgconfig
        prompt: (b) $ 
        $ deactivate
        $ show
        VIRTUAL_ENV unset
        VIRTUAL_ENV_PROMPT unset
        PATH=[PATH]
        PYTHONHOME=/python
        PKG_CONFIG_PATH=/pkgconfig
        prompt: $ 
    "]];
    for shell in written("activation") {
        let mut sandbox = Sandbox::new();
        sandbox
            .env("PYTHONHOME", "/python")
            .env("PKG_CONFIG_PATH", "/pkgconfig");
        // xonsh is a Python program: it would look for its library in /python.
        if shell.name == "xonsh" {
            sandbox.env_remove("PYTHONHOME");
        }
        for name in ["a", "b"] {
            environment(&sandbox, shell, name, name);
        }
        let script = script(shell, &sandbox);
        let fields = run(&sandbox, shell, "", &script);
        check(shell, &transcript, &sandbox.mask(&read(&fields)));
    }
}

/// The scenario in the shell's language.
fn script(shell: &TestShell, sandbox: &Sandbox) -> Vec<String> {
    let language = shell.language;
    let mut lines = vec![language.set_prompt.to_owned()];
    if shell.name == "xonsh" {
        lines.push((language.export)(
            "PYTHONHOME",
            &(language.quote)("/python"),
        ));
    }
    for step in SCENARIO {
        lines.push(language.print(&[(language.quote)(step)]));
        match step.split_once(' ') {
            Some((_, name)) => lines.push((language.activate)(&(language.quote)(
                script_file(sandbox, shell, name).as_str(),
            ))),
            None if *step == "show" => {
                lines.push(language.print_env());
                lines.push(language.print(&[(language.quote)("--prompt--")]));
                lines.push(shell.prompt.to_owned());
                lines.push(language.print(&[(language.quote)("")]));
            }
            None => lines.push((*step).to_owned()),
        }
    }
    lines
}

/// What the lines print, in parts that end in a NUL. `before` is run first.
fn run(sandbox: &Sandbox, shell: &TestShell, before: &str, lines: &[String]) -> Vec<Vec<u8>> {
    if shell.name == "elvish" {
        return type_in_elvish(sandbox, shell, before, lines);
    }
    sandbox
        .run(shell, &format!("{before}\n{}\n", lines.join("\n")))
        .expect_silent(shell.name)
        .fields()
}

/// `eval` can give functions and a prompt to an interactive elvish only: each line is typed, as a line is compiled before it is run.
fn type_in_elvish(
    sandbox: &Sandbox,
    shell: &TestShell,
    before: &str,
    lines: &[String],
) -> Vec<Vec<u8>> {
    let (printed, done) = (sandbox.write("printed", ""), sandbox.write("done", ""));
    let mut pty = Pty::start(shell, sandbox, &format!("{before}\n"));
    for (number, line) in lines.iter().enumerate() {
        // A block would hide the user's own functions from what eval runs.
        let line = if line.starts_with("eval ") {
            line.clone()
        } else {
            format!("{{ {line} }} >> {printed}")
        };
        pty.paste_line(&format!("{line}; echo >> {done}"));
        let lines_done = |_: &str| fs_err::read(&done).is_ok_and(|lines| lines.len() > number);
        pty.wait_until(&format!("the end of: {line}"), lines_done);
    }
    let text = fs_err::read(printed).expect("it was written");
    let mut fields: Vec<_> = text.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
    fields.pop();
    fields
}

/// The transcript from what the script printed.
fn read(fields: &[Vec<u8>]) -> String {
    let mut fields = fields
        .iter()
        .map(|field| String::from_utf8_lossy(field).into_owned());
    let mut text = String::new();
    while let Some(step) = fields.next() {
        text += &format!("$ {step}\n");
        if step == "show" {
            let env: Vec<_> = fields
                .by_ref()
                .take_while(|field| field != "--prompt--")
                .collect();
            for name in SHOWN {
                let value = env
                    .iter()
                    .find_map(|variable| variable.strip_prefix(&format!("{name}=")));
                text += &value.map_or(format!("{name} unset\n"), |value| {
                    format!("{name}={value}\n")
                });
            }
            text += &format!("prompt: {}\n", fields.next().unwrap_or_default());
        }
    }
    text
}

#[track_caller]
fn check(shell: &TestShell, transcript: &Expect, got: &str) {
    // xonsh draws it by a field of its own.
    if shell.name != "xonsh" {
        return transcript.assert_eq(got);
    }
    let never = "prompt: ";
    let (prompts, got): (Vec<_>, Vec<_>) =
        got.lines().partition(|line| line.starts_with("prompt:"));
    assert!(
        prompts.iter().all(|prompt| *prompt == never),
        "{}: {prompts:?}",
        shell.name
    );
    let expected = transcript.data().lines().map(str::trim_start);
    let expected: Vec<_> = expected
        .filter(|line| !line.is_empty() && !line.starts_with("prompt:"))
        .collect();
    assert_eq!(got, expected, "{}", shell.name);
}

/// Every name that a directory can have, every prompt that somebody can ask for. Nothing of them is run, neither when the
/// environment becomes active nor when the prompt is drawn, and programs see the very bytes.
#[test]
fn names_are_data() {
    for shell in written("hostile names") {
        let names: Vec<_> = HOSTILE
            .iter()
            .copied()
            .filter(|name| is_a_name(shell, name))
            .collect();
        // nushell takes longer for each environment that was active before.
        let at_once = if shell.name == "nu" { 12 } else { names.len() };
        for names in names.chunks(at_once) {
            check_names(shell, names);
        }
    }
}

fn check_names(shell: &TestShell, names: &[&str]) {
    let mut sandbox = Sandbox::new();
    sandbox.env("PATH", "/usr/bin:/bin");
    let mut lines = vec![shell.language.set_prompt.to_owned()];
    let mut files = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let directory = format!("{number}/{name}");
        environment(&sandbox, shell, &directory, name);
        files.push((shell.language.quote)(
            script_file(&sandbox, shell, &directory).as_str(),
        ));
        // Not every character can be typed.
        let file = if shell.name == "elvish" {
            format!("$files[{number}]")
        } else {
            files[number].clone()
        };
        let show = [
            shell.language.print_env(),
            shell
                .language
                .print(&[(shell.language.quote)("--prompt--")]),
            shell.prompt.to_owned(),
            shell.language.print(&[(shell.language.quote)("")]),
            "deactivate".to_owned(),
        ];
        lines.push((shell.language.activate)(&file));
        match shell.name {
            "elvish" => lines.push(show.join("; ")),
            _ => lines.extend(show),
        }
    }
    let before = if shell.name == "elvish" {
        format!("var files = [{}]", files.join(" "))
    } else {
        String::new()
    };
    let fields = run(&sandbox, shell, &before, &lines);
    let mut fields = fields
        .into_iter()
        .map(|field| String::from_utf8_lossy(&field).into_owned());
    for (number, name) in names.iter().enumerate() {
        let env: Vec<_> = fields
            .by_ref()
            .take_while(|field| field != "--prompt--")
            .collect();
        let prompt = fields.next().unwrap_or_default();
        let root = sandbox.home().join(number.to_string()).join(name);
        for variable in [
            format!("VIRTUAL_ENV={root}"),
            format!("VIRTUAL_ENV_PROMPT={name}"),
            format!("PATH={root}/bin:/usr/bin:/bin"),
        ] {
            assert!(
                env.contains(&variable),
                "{}, {name:?}: {variable:?} not in {env:?}",
                shell.name
            );
        }
        let draw_all = [
            "bash", "zsh", "mksh", "dash", "busybox", "fish", "nu", "elvish", "pwsh",
        ];
        if draw_all.contains(&shell.name) {
            // These do not say which they are, and one of them takes backslashes for escapes.
            let is_unknown = ["dash", "busybox"].contains(&shell.name);
            // No control character reaches the terminal; those beyond ASCII do nothing in one that speaks UTF-8.
            let drawn: String = name
                .chars()
                .map(|c| match c {
                    '\\' | '!' if is_unknown => '?',
                    c if c.is_control() => ' ',
                    c => c,
                })
                .collect();
            assert_eq!(
                prompt.replace('\u{85}', " "),
                format!("({drawn}) $ "),
                "{}, {name:?}",
                shell.name
            );
        }
    }
    assert!(
        !sandbox.home().join("PWNED").exists(),
        "{}: a name was run",
        shell.name
    );
}

/// The prompt of a shell in a terminal, with a name that would run something if it were code.
#[test]
fn prompts_are_drawn_as_data() {
    const NAME: &str = "x $(touch PWNED) `touch PWNED` 'q' \"d\"";
    // xonsh has a field for it, `{env_name}`.
    let draws = |shell: &TestShell| is_written(shell) && shell.name != "xonsh";
    for shell in shells_that("the prompt in a terminal", draws) {
        let sandbox = Sandbox::new();
        environment(&sandbox, shell, "plain", "plain");
        environment(&sandbox, shell, "data", NAME);
        let mut pty = Pty::start(shell, &sandbox, &format!("{}\n", shell.language.set_prompt));
        for (directory, prompt) in [("plain", "plain"), ("data", NAME)] {
            let file = (shell.language.quote)(script_file(&sandbox, shell, directory).as_str());
            pty.begin(&(shell.language.activate)(&file));
            pty.expect_prompt(&format!("({prompt}) $"));
        }
        pty.begin("deactivate");
        pty.expect_prompt("$");
        assert!(
            !sandbox.home().join("PWNED").exists(),
            "{}: a name was run",
            shell.name
        );
    }
}

/// What can be a directory's name at all, and a path that PATH can hold.
fn is_a_name(shell: &TestShell, name: &str) -> bool {
    // xonsh expands `$` in each entry of PATH, so such an environment is refused there.
    let refused = shell.name == "xonsh" && name.contains('$');
    !name.is_empty() && !name.contains(['/', ':']) && !refused
}

/// The shells whose activation script exists.
fn written(test: &str) -> impl Iterator<Item = &'static TestShell> {
    for shell in crate::support::SHELLS
        .iter()
        .filter(|shell| !is_written(shell))
    {
        skip(
            shell.name,
            &format!("{} has no activation script yet", shell.name),
        );
    }
    shells_that(test, is_written)
}

fn is_written(shell: &TestShell) -> bool {
    let text = shell
        .activator()
        .render(&Activation::default(), Form::File)
        .expect("nothing is easy to quote");
    text.lines().count() > 3
}

/// A directory that looks like an environment, with the shell's script.
fn environment(sandbox: &Sandbox, shell: &TestShell, directory: &str, prompt: &str) {
    sandbox.write(&format!("{directory}/pyvenv.cfg"), "home = /usr/bin\n");
    let activation = Activation {
        root: sandbox.home().join(directory).into_string(),
        prompt: prompt.to_owned(),
        ..Activation::default()
    };
    for activator in Activator::ALL
        .iter()
        .filter(|activator| activator.serves(shell.shell))
    {
        let text = activator
            .render(&activation, Form::File)
            .expect("tests use values that the dialect can say");
        sandbox.write(&format!("{directory}/bin/{}", activator.file()), text);
    }
}

fn script_file(sandbox: &Sandbox, shell: &TestShell, directory: &str) -> Utf8PathBuf {
    sandbox
        .home()
        .join(directory)
        .join("bin")
        .join(shell.activator().file())
}

/// Ctrl-C may end the script behind any of its commands: then nothing has changed, or `VIRTUAL_ENV` or the prompt shows the
/// environment, and `deactivate` leaves it.
#[test]
fn an_activation_that_is_cut_off_can_be_left() {
    for shell in written("an activation that is cut off") {
        let complete: fn(&Sandbox, &str) -> bool = match shell.shell {
            Shell::Fish => |sandbox, text| is_accepted(sandbox, &["fish", "--no-execute"], text),
            // It checks nothing; its blocks are these.
            Shell::Tcsh => |_, text| {
                let lines = |word| text.lines().filter(move |line| line.trim().ends_with(word));
                lines("then").count() == lines("endif").count()
            },
            _ if shell.is_posix() => |sandbox, text| is_accepted(sandbox, &["/bin/sh", "-n"], text),
            _ => continue,
        };
        let mut sandbox = Sandbox::new();
        sandbox
            .env("PYTHONHOME", "/python")
            .env("PKG_CONFIG_PATH", "/pkgconfig");
        environment(&sandbox, shell, "a", "a");
        let file = script_file(&sandbox, shell, "a");
        let text = fs_err::read_to_string(&file).expect("it was written");
        let before = left_behind(shell, &sandbox, "");
        let mut entered = 0;
        for (at, _) in text.match_indices('\n') {
            let (part, next) = text.split_at(at + 1);
            if next.starts_with(['#', '\n', ' ']) || !complete(&sandbox, part) {
                continue;
            }
            let after = left_behind(shell, &sandbox, part);
            entered += usize::from(after.was_inside);
            let last = part.lines().last();
            assert_eq!(after.shown, before.shown, "{}: {last:?}", shell.name);
        }
        assert!(entered > 1, "{}", shell.name);
    }
}

/// What a script leaves behind.
struct Left {
    was_inside: bool,
    /// The environment of programs, sorted, and the prompt; after `deactivate`, if one was inside.
    shown: Vec<String>,
}

fn left_behind(shell: &TestShell, sandbox: &Sandbox, text: &str) -> Left {
    let language = shell.language;
    let file = sandbox.write(&format!("a/bin/part.{}", language.extension), text);
    let print = |text| language.print(&[(language.quote)(text)]);
    let show = || {
        let end = print("");
        [
            language.print_env(),
            print("--"),
            shell.prompt.to_owned(),
            end,
        ]
        .join("\n")
    };
    let lines = [
        language.set_prompt.to_owned(),
        (language.source)(&(language.quote)(file.as_str())),
        show(),
        print("----"),
        "deactivate".to_owned(),
        show(),
    ];
    let fields = sandbox.run(shell, &lines.join("\n")).fields();
    let fields: Vec<_> = fields
        .iter()
        .map(|field| String::from_utf8_lossy(field).into_owned())
        // ksh93 has the number of the process there.
        .filter(|field| !field.starts_with("_="))
        .collect();
    let mut parts = fields.split(|field| field == "----").map(|part| {
        let mut part = part.to_vec();
        part.sort();
        part
    });
    let (inside, outside) = (parts.next(), parts.next());
    let (inside, outside) = inside.zip(outside).expect("both are shown");
    let is_marked = inside.iter().any(|field| field.starts_with("(a)"));
    let was_inside = is_marked || value(&inside, "VIRTUAL_ENV").is_some();
    Left {
        was_inside,
        shown: if was_inside { outside } else { inside },
    }
}

/// Whether the shell takes that text for whole commands.
fn is_accepted(sandbox: &Sandbox, checks: &[&str], text: &str) -> bool {
    let file = sandbox.write("checked", text);
    let mut command = sandbox.command(checks[0]);
    command.args(&checks[1..]).arg(file);
    sandbox.finish(&mut command).status == 0
}

/// Programs in the environment see its variables and none of those that `deactivate` needs, whatever the shell exports.
#[test]
fn only_the_environments_variables_are_exported() {
    for shell in crate::support::posix_shells("set -a") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let root = sandbox.environment("demo");
        let own = |file: &str| format!("/usr/bin/env -0 > \"$HOME/{file}\"");
        let script = format!(
            "PYTHONHOME=/mine; export PYTHONHOME\nset -a\n. '{root}/bin/activate'\n{}\ndeactivate\n{}\n",
            own("active"),
            own("left"),
        );
        sandbox.run(shell, &script).expect_silent(shell.name);
        let names = |file| {
            let env = sandbox.saved_env(file);
            let names = env.iter().filter_map(|line| line.split_once('='));
            let names = names.map(|(name, _)| name.to_owned());
            names.collect::<std::collections::BTreeSet<_>>()
        };
        let (active, left) = (names("active"), names("left"));
        let more: Vec<_> = active.difference(&left).collect();
        assert_eq!(
            more,
            ["PKG_CONFIG_PATH", "VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT"],
            "{}",
            shell.name
        );
        let less: Vec<_> = left.difference(&active).collect();
        assert_eq!(less, ["PYTHONHOME"], "{}", shell.name);
    }
}

/// A moved environment is entered where the shell says where the script is; elsewhere nothing changes, and the old path is named.
#[test]
fn a_moved_environment_is_found_or_refused_by_activate() {
    for shell in shells_that("a moved environment", TestShell::is_posix) {
        for is_whole in [true, false] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let old = sandbox.environment("demo");
            let moved = sandbox
                .home()
                .join("it's  \\ ^ new:\u{1}\t\u{1b}[0m\u{7f}é\n");
            fs_err::rename(&old, &moved).expect("a directory can be moved");
            if !is_whole {
                fs_err::remove_file(moved.join("pyvenv.cfg")).expect("it was there");
            }
            let script = (shell.language.quote)(moved.join("bin/activate").as_str());
            let lines = [
                &shell.save_env("before"),
                &format!("{}; echo status:$?", (shell.language.source)(&script)),
                &shell.save_env("after"),
                "",
            ];
            let output = sandbox.run(shell, &lines.join("\n"));
            let [before, after] = ["before", "after"].map(|file| sandbox.saved_env(file));
            let knows = ["bash", "bash-posix", "zsh", "ksh"].contains(&shell.name);
            if knows && is_whole {
                assert_eq!(output.stdout, "status:0\n", "{}: {output:?}", shell.name);
                assert_eq!(value(&after, "VIRTUAL_ENV"), Some(moved.as_str()));
                let path = value(&after, "PATH").expect("it is set");
                assert!(path.starts_with(&format!("{moved}/bin:")), "{path}");
            } else {
                assert_eq!(output.stdout, "status:1\n", "{}: {output:?}", shell.name);
                assert_eq!(before, after, "{}", shell.name);
                let said = format!("venvsh: no environment at: {old}\n");
                assert_eq!(output.stderr, said, "{}", shell.name);
            }
        }
    }
}

#[test]
fn a_script_that_is_run_says_that_it_has_to_be_sourced() {
    for shell in shells_that("running activate", |shell| shell.shell == Shell::Bash) {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let script = sandbox.environment("demo").join("bin/activate");
        let mut command = sandbox.command(shell.program().expect("it is here"));
        let output = sandbox.finish(command.args(&shell.command[1..]).arg(&script));
        let said = format!("You must source this script: $ source {script}\n");
        assert_eq!((output.status, output.stderr), (33, said), "{}", shell.name);
    }
}
