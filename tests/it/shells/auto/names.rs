//! Directories whose names a shell could take for code.

use venvsh::internals::shell::Shell;

use super::rows::{link, projects};
use crate::support::Sandbox;
use crate::support::following::{Following, following_shells};

/// Names that a shell could take for code. Each directory is a project of its own; nothing of a name runs.
#[test]
fn names_of_directories_are_data() {
    let names = [
        "a b",
        "it's",
        "say \"x\"",
        "$(touch x)",
        "`touch x`",
        "a!b",
        "100%",
        "*?[a]",
        "-x",
        "ünï漢",
        "a\\b",
        "a;b&c|d",
        "{a,b}",
        "#a",
    ];
    for shell in following_shells("hostile names") {
        let sandbox = Sandbox::with_environments(&["one"]);
        let mut following = Following::start(shell, &sandbox);
        for name in names {
            let below = format!("p/{name}");
            fs_err::create_dir_all(sandbox.home().join(&below).join("sub")).unwrap();
            link(&sandbox, "one", &below);
            let told = format!("{}, {name}", shell.name);
            let seen = following.cd(&format!("{below}/sub"));
            assert_eq!(
                seen.get("VIRTUAL_ENV"),
                sandbox.environment("one"),
                "{told}: {}",
                following.screen()
            );
            assert_eq!(seen.owner(), below, "{told}");
            let seen = following.after("deactivate");
            assert_eq!(
                (seen.get("VIRTUAL_ENV"), &*seen.owner()),
                ("", ""),
                "{told}"
            );
            let seen = following.cd(&below);
            assert_eq!(seen.get("VIRTUAL_ENV"), "", "{told}");
            let seen = following.cd("p");
            assert_eq!(
                (seen.get("VIRTUAL_ENV"), &*seen.owner()),
                ("", ""),
                "{told}"
            );
        }
        let made = ["x", "p/x", "p/a b/x"].map(|it| sandbox.home().join(it).exists());
        assert_eq!(made, [false; 3], "{}", shell.name);
    }
}

/// A line break cannot be typed, so the directory is in a variable. No link names such a directory: it is below a project, or allowed
/// with all others.
#[test]
fn names_with_line_breaks_are_data() {
    for shell in following_shells("a line break in a name") {
        let mut sandbox = projects();
        let below = sandbox.home().join("p/d/a\ntouch x\n#");
        let itself = sandbox.home().join("q/a\ntouch x\n#");
        sandbox.env("BELOW", below.as_str());
        sandbox.env("ITSELF", itself.as_str());
        fs_err::create_dir_all(&below).unwrap();
        let venv = itself.join(".venv");
        let made = sandbox.home().join("made");
        sandbox.venvsh(&["create", "--no-pip", made.as_str()]).ok();
        fs_err::create_dir_all(&itself).unwrap();
        fs_err::rename(made, &venv).unwrap();
        let mut git = sandbox.command("git");
        let words = ["init", "-q", itself.as_str()];
        sandbox.finish(git.args(words)).ok();
        fs_err::write(itself.join("a"), "").unwrap();
        let mut git = sandbox.command("git");
        let words = ["-C", itself.as_str(), "add", "a"];
        sandbox.finish(git.args(words)).ok();
        let home = sandbox.home();
        sandbox.venvsh(&["allow", "--below", home.as_str()]).ok();
        let cd = |name: &str| match shell.shell {
            Shell::Tcsh => format!("cd ${name}:q"),
            Shell::Nushell => format!("cd $env.{name}"),
            Shell::Elvish => format!("cd $E:{name}"),
            Shell::PowerShell => format!("Set-Location -LiteralPath $env:{name}"),
            Shell::Fish | Shell::Xonsh => format!("cd ${name}"),
            _ => format!("cd \"${name}\""),
        };
        let mut following = Following::start(shell, &sandbox);
        let name = shell.name;
        let one = sandbox.environment("one");
        let itself = itself.as_str();
        for (variable, active, owner) in [
            ("BELOW", one.as_str(), home.join("p/d").as_str()),
            ("ITSELF", venv.as_str(), itself),
            ("BELOW", one.as_str(), home.join("p/d").as_str()),
        ] {
            let seen = following.after(&cd(variable));
            let screen = following.screen();
            assert_eq!(
                seen.get("VIRTUAL_ENV"),
                active,
                "{name}, {variable}: {screen}"
            );
            assert_eq!(seen.get("VENVSH_AUTO"), owner, "{name}, {variable}");
        }
        let seen = following.after(&cd("ITSELF"));
        assert_eq!(seen.get("VENVSH_AUTO"), itself, "{name}");
        let seen = following.after("deactivate");
        assert_eq!(seen.get("VIRTUAL_ENV"), "", "{name}");
        let seen = following.cd("p");
        let active = (seen.get("VIRTUAL_ENV"), seen.get("VENVSH_AUTO"));
        assert_eq!(active, ("", ""), "{name}");
        let seen = following.after(&cd("ITSELF"));
        assert_eq!(seen.get("VIRTUAL_ENV"), venv, "{name}");
        let made = ["x", "p/x", "p/d/x", "q/x"].map(|it| home.join(it).exists());
        assert_eq!(made, [false; 4], "{name}");
    }
}
