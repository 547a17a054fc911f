//! Shells whose plans are data: the user's hook scripts in the shell's own language, and ways in and out that cross.

use crate::support::hooked::value;
use crate::support::{Pty, Sandbox, TestShell, shells_that};

fn structured_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| {
        shell.shell.reads_data() && shell.shell.has_hook()
    })
}

/// A line that notes its name and the active environment, as a program sees them.
fn note(shell: &TestShell, name: &str) -> String {
    let code = r#"echo "$1 ${VIRTUAL_ENV##*/}" >> "$HOME/log""#;
    let words = ["/bin/sh", "-c", code, "sh", name];
    let words = words.map(|word| (shell.language.quote)(word));
    (shell.language.call)(&words)
}

/// The file that takes the place of virtualenvwrapper's `name` in this shell.
fn script(shell: &TestShell, name: &str) -> String {
    format!("{name}{}", shell.shell.script_extension())
}

#[test]
fn hook_scripts_are_in_the_shells_language() {
    for shell in structured_shells("hook scripts") {
        let sandbox = Sandbox::with_environments(&["one", "two"]);
        let events = ["postactivate", "predeactivate", "postdeactivate"];
        for event in events {
            let name = script(shell, event);
            let text = |place: &str| format!("{}\n", note(shell, &format!("{place} {event}")));
            sandbox.write(&format!(".virtualenvs/{name}"), text("global"));
            sandbox.write(&format!(".virtualenvs/one/bin/{name}"), text("local"));
        }
        let set = (shell.language.export)("FROM_HOOK", &(shell.language.quote)("it's $x"));
        let text = format!("{set}\n{}\n", note(shell, "local postactivate"));
        let name = script(shell, "postactivate");
        sandbox.write(&format!(".virtualenvs/one/bin/{name}"), text);
        let script = [
            shell.load(),
            "workon one",
            &shell.save_env("one"),
            "workon two",
            "deactivate",
            "",
        ];
        sandbox
            .run(shell, &script.join("\n"))
            .expect_silent(shell.name);
        let log = fs_err::read_to_string(sandbox.home().join("log")).expect("scripts wrote it");
        let expected = [
            "global postactivate one",
            "local postactivate one",
            "local predeactivate one",
            "global predeactivate one",
            "local postdeactivate ",
            "global postdeactivate ",
            "global postactivate two",
            "global predeactivate two",
            "global postdeactivate ",
        ];
        assert_eq!(log.lines().collect::<Vec<_>>(), expected, "{}", shell.name);
        let one = sandbox.saved_env("one");
        assert_eq!(value(&one, "FROM_HOOK"), Some("it's $x"), "{}", shell.name);
    }
}

/// A script that is broken says so; the command goes on, and so does leaving.
#[test]
fn broken_hook_scripts_stop_nothing() {
    for shell in structured_shells("broken hook scripts") {
        let sandbox = Sandbox::with_environments(&["one"]);
        for event in ["postactivate", "predeactivate"] {
            let name = script(shell, event);
            sandbox.write(&format!(".virtualenvs/{name}"), "this is ) broken (\n");
        }
        let script = [
            shell.load(),
            &shell.save_env("before"),
            "workon one",
            &shell.save_env("one"),
            "deactivate",
            &shell.save_env("left"),
            "",
        ];
        let output = sandbox.run(shell, &script.join("\n"));
        for event in ["postactivate", "predeactivate"] {
            assert!(output.stderr.contains(event), "{}: {output:?}", shell.name);
        }
        let root = sandbox.environment("one");
        let [before, one, left] = ["before", "one", "left"].map(|file| sandbox.saved_env(file));
        assert_eq!(
            value(&one, "VIRTUAL_ENV"),
            Some(root.as_str()),
            "{}",
            shell.name
        );
        assert_eq!(before, left, "{}", shell.name);
    }
}

/// What `postactivate` puts on PATH goes with the environment, round after round; what the user puts there stays.
#[test]
fn what_postactivate_changes_of_path_is_left_too() {
    for shell in structured_shells("PATH of hook scripts") {
        let sandbox = Sandbox::with_environments(&["one"]);
        let (front, back) = shell.path_changes();
        let name = script(shell, "postactivate");
        sandbox.write(&format!(".virtualenvs/{name}"), format!("{front}\n"));
        let script = [
            shell.load(),
            &shell.save_env("before"),
            "workon one",
            &shell.save_env("one"),
            "workon one",
            "deactivate",
            &shell.save_env("left"),
            "workon one",
            back,
            "deactivate",
            &shell.save_env("changed"),
            "",
        ];
        sandbox
            .run(shell, &script.join("\n"))
            .expect_silent(shell.name);
        let [before, one, left] = ["before", "one", "left"].map(|file| sandbox.saved_env(file));
        let front = format!("/new:{}/bin:", sandbox.environment("one"));
        let path = value(&one, "PATH").expect("it is set");
        assert!(path.starts_with(&front), "{}: {path}", shell.name);
        assert_eq!(before, left, "{}", shell.name);
        let changed = sandbox.saved_env("changed");
        let path = value(&changed, "PATH").expect("it is set");
        assert!(path.ends_with(":/late"), "{}: {path}", shell.name);
        assert!(!path.contains("/one/bin"), "{}: {path}", shell.name);
    }
}

/// `bin/activate` in the shell's language on top of `workon` and the other way round: each leaves the other.
#[test]
fn sourcing_and_workon_cross() {
    for shell in structured_shells("sourcing and workon in turn") {
        let sandbox = Sandbox::with_environments(&["one", "two"]);
        let script = sandbox
            .environment("two")
            .join("bin")
            .join(shell.activator().file());
        let source = (shell.language.activate)(&(shell.language.quote)(script.as_str()));
        for (first, second, name) in [
            ("workon one", source.as_str(), "two"),
            (source.as_str(), "workon one", "one"),
        ] {
            let script = [
                shell.load(),
                shell.language.set_prompt,
                &shell.save_env("before"),
                first,
                second,
                &shell.save_env("active"),
                "deactivate",
                &shell.save_env("left"),
                "",
            ];
            sandbox
                .run(shell, &script.join("\n"))
                .expect_silent(&format!("{}, {first}", shell.name));
            let root = sandbox.environment(name);
            let [before, active, left] =
                ["before", "active", "left"].map(|file| sandbox.saved_env(file));
            assert_eq!(
                value(&active, "VIRTUAL_ENV"),
                Some(root.as_str()),
                "{}",
                shell.name
            );
            let path = value(&active, "PATH").expect("it is set");
            assert_eq!(
                path.matches(".virtualenvs").count(),
                1,
                "{}, {first}: {path}",
                shell.name
            );
            if shell.name == "nu" && first == "workon one" {
                // A sourced environment is an overlay there, and below it the other one stays.
                let below = sandbox.environment("one");
                assert_eq!(value(&left, "VIRTUAL_ENV"), Some(below.as_str()));
            } else {
                assert_eq!(before, left, "{}, {first}", shell.name);
            }
        }
    }
}

/// `setup` writes the line into the file that the shell reads; `uninstall` takes it out and names what the line left.
#[test]
fn setup_writes_the_line_and_uninstall_takes_it_out() {
    for shell in structured_shells("setup and uninstall") {
        let sandbox = Sandbox::new();
        let file = sandbox.home().join(match shell.name {
            "nu" => ".config/nushell/config.nu",
            "xonsh" => ".xonshrc",
            _ => ".config/elvish/rc.elv",
        });
        sandbox
            .venvsh(&["setup", shell.shell.name(), "--write"])
            .ok();
        let text = fs_err::read_to_string(&file).expect("setup wrote it");
        assert!(text.contains(shell.load()), "{}: {text}", shell.name);
        let script = [shell.load(), "lsvirtualenv -b", ""].join("\n");
        sandbox.run(shell, &script);
        let remains = sandbox.venvsh(&["uninstall"]).ok();
        assert!(!file.exists(), "{}: {remains}", shell.name);
        assert_eq!(
            remains.contains("vendor/autoload/venvsh.nu"),
            shell.name == "nu",
            "{}: {remains}",
            shell.name
        );
    }
}

/// nushell reads what unloads the hook from a file, where somebody types: the environment is left, and no command is there.
#[test]
fn nushell_is_unloaded_by_a_file() {
    for shell in shells_that("unloading", |shell| shell.name == "nu") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let load = sandbox.with_hook_written(shell, &format!("{}\n", shell.load()));
        let rc = format!("{}\n{load}", shell.language.set_prompt);
        let mut terminal = Pty::start(shell, &sandbox, &rc);
        let show = "print $'<(scope commands | append (scope aliases) | where name in $names | length)|($env | columns | where {|it| $it =~ VIRTUAL } | length)>'";
        for (line, shown) in [
            (
                "const names = [venvsh deactivate workon mkvirtualenv wipeenv]; print '<named>'",
                "<named>",
            ),
            ("workon demo; print '<entered>'", "<entered>"),
            (show, "<5|2>"),
            (
                "venvsh hook nushell --unload | save -f ($nu.data-dir)/venvsh-unload.nu; print '<saved>'",
                "<saved>",
            ),
            (
                "source ($nu.data-dir)/venvsh-unload.nu; print '<over>'",
                "<over>",
            ),
            (show, "<0|0>"),
        ] {
            terminal.command(line);
            let screen = terminal.screen();
            let last = screen.lines().rev().nth(1).map(str::trim_end);
            assert_eq!(last, Some(shown), "{line}:\n{screen}");
        }
        let data = sandbox.home().join(".local/share/nushell/venvsh-unload.nu");
        assert!(!data.exists(), "it deletes itself");
    }
}
