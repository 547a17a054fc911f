//! `venvsh setup` and `uninstall`: a shell that reads its own start-up file has the commands, and the file comes back.

use camino::Utf8PathBuf;

use crate::support::{Pty, Sandbox, TestShell, hooked_shells, shells_that};

/// The start-up file of that shell in the sandbox. For those that have none of their own, `ENV` names it.
fn startup_file(sandbox: &mut Sandbox, shell: &TestShell) -> Utf8PathBuf {
    let home = sandbox.home();
    match shell.name {
        "bash" => home.join(".bashrc"),
        "zsh" => home.join(".zshrc"),
        "fish" => home.join(".config/fish/config.fish"),
        "tcsh" => home.join(".tcshrc"),
        "ksh" => home.join(".kshrc"),
        "mksh" => home.join(".mkshrc"),
        "yash" => home.join(".yashrc"),
        "dash" | "busybox" => {
            sandbox.env("ENV", "$HOME/.shrc");
            home.join(".shrc")
        }
        "nu" => home.join(".config/nushell/config.nu"),
        "xonsh" => home.join(".xonshrc"),
        "elvish" => home.join(".config/elvish/rc.elv"),
        other => panic!("{other}"),
    }
}

/// Makes an environment in an interactive shell that reads its start-up files.
fn makes_environment(sandbox: &Sandbox, shell: &TestShell, name: &str) {
    let program = shell.program().expect("it is installed");
    let words = if shell.name == "busybox" {
        &["sh"][..]
    } else {
        &[]
    };
    let mut command = sandbox.command("setsid");
    command
        .args(["--ctty", "--wait", program.as_str()])
        .args(words);
    let mut terminal = Pty::run_shell(shell, command);
    // Editors of lines ask for brackets around what is pasted; elvish writes more behind its prompt.
    terminal.wait_until(&format!("{}: a prompt", shell.name), |screen| {
        let is_prompt = screen.trim_end().ends_with(['$', '#', '>', '@', '%']);
        (is_prompt || terminal.raw().contains("\x1b[?2004h")) && terminal.is_read()
    });
    terminal.send(&format!("mkvirtualenv -q --no-pip {name}\r"));
    let root = sandbox.environment(name);
    terminal.wait_until(&format!("{}: {name}", shell.name), |_| root.is_dir());
}

#[test]
fn a_new_shell_has_the_commands_and_the_file_comes_back_to_the_byte() {
    for shell in hooked_shells("setup").filter(|shell| shell.has_known_startup_file()) {
        let mut sandbox = Sandbox::new();
        sandbox.env("TERM", "xterm-256color");
        let file = startup_file(&mut sandbox, shell);
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        // Other shells refuse a file that is not UTF-8.
        let old: &[u8] = match shell.name {
            "bash" | "zsh" | "fish" | "tcsh" => b"# \xff and no line break at the end",
            _ => b"# no line break at the end",
        };
        for (name, before) in [("one", None), ("two", Some(old))] {
            if let Some(text) = before {
                fs_err::write(&file, text).unwrap();
            }
            sandbox.venvsh(&["setup", shell.name, "--write"]).ok();
            let written = fs_err::read(&file).unwrap();
            makes_environment(&sandbox, shell, name);
            let again = sandbox.venvsh(&["setup", shell.name, "--write"]).ok();
            assert_eq!(again, format!("{file} loads the hook"));
            assert_eq!(fs_err::read(&file).unwrap(), written, "{}", shell.name);
            let told = sandbox.venvsh(&["uninstall"]).ok();
            let verb = if before.is_some() { "wrote" } else { "deleted" };
            assert!(told.starts_with(&format!("{verb} {file}\n")), "{told}");
            assert_eq!(
                fs_err::read(&file).ok().as_deref(),
                before,
                "{}",
                shell.name
            );
            let left = fs_err::read_dir(file.parent().unwrap()).unwrap();
            let left = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let copies: Vec<_> = left.filter(|name| name.contains("before-venvsh")).collect();
            assert_eq!(copies, <[String; 0]>::default(), "{}", shell.name);
        }
    }
}

/// Where `ENV` is set, these shells read that file and not their own.
#[test]
fn the_file_that_env_names_is_the_one() {
    let mut sandbox = Sandbox::new();
    let without = sandbox.venvsh(&["setup", "dash", "--write"]);
    assert_eq!(without.status, 2, "{without:?}");
    assert!(
        without
            .stderr
            .contains("dash reads the file that ENV names, and ENV is not set\nhint: "),
        "{without:?}"
    );
    sandbox.env("TERM", "xterm-256color");
    let file = sandbox.write(".my shrc", "# mine\n");
    // mksh takes it as it is.
    sandbox.env("ENV", file.as_str());
    for shell in shells_that("setup by ENV", |shell| {
        ["ksh", "mksh", "dash"].contains(&shell.name)
    }) {
        sandbox.venvsh(&["setup", shell.command[0], "--write"]).ok();
        makes_environment(&sandbox, shell, shell.name);
        sandbox.venvsh(&["uninstall"]).ok();
        assert_eq!(
            fs_err::read_to_string(&file).unwrap(),
            "# mine\n",
            "{}",
            shell.name
        );
    }
}

#[test]
fn a_link_and_the_permissions_stay_and_the_old_text_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let target = sandbox.write("dotfiles/bashrc", "alias ll='ls -l'\n");
    fs_err::set_permissions(&target, std::fs::Permissions::from_mode(0o600)).unwrap();
    let link = sandbox.home().join(".bashrc");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let shown = sandbox.venvsh(&["setup", "bash", "--dry-run"]).ok();
    assert!(shown.contains("+eval \"$(venvsh hook bash)\""), "{shown}");
    assert_eq!(
        fs_err::read_to_string(&target).unwrap(),
        "alias ll='ls -l'\n"
    );
    sandbox.venvsh(&["setup", "bash", "--write"]).ok();
    assert!(link.is_symlink());
    let mode = fs_err::metadata(&target).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
    let copy = sandbox.home().join(".bashrc.before-venvsh");
    assert_eq!(fs_err::read_to_string(copy).unwrap(), "alias ll='ls -l'\n");
}

#[test]
fn what_cannot_be_written_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let file = sandbox.write(".bashrc", "x=1\n");
    fs_err::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    let out = sandbox.venvsh(&["setup", "bash", "--write"]);
    assert_eq!(out.status, 1);
    assert!(
        out.stderr
            .starts_with(&format!("venvsh: read-only: {file}\nhint: ")),
        "{out:?}"
    );
    assert!(!sandbox.home().join(".bashrc.before-venvsh").exists());
    let zshrc = sandbox.write(".zshrc", b"\0binary");
    let out = sandbox.venvsh(&["setup", "zsh", "--write"]);
    assert_eq!(
        (out.status, out.stderr),
        (1, format!("venvsh: not a text file: {zshrc}\n"))
    );
    assert_eq!(fs_err::read(&file).unwrap(), b"x=1\n");
    assert_eq!(fs_err::read(&zshrc).unwrap(), b"\0binary");
    let out = sandbox.venvsh(&["setup", "perl"]);
    assert_eq!(out.status, 2);
    let out = sandbox.venvsh(&["setup", "powershell", "--write"]);
    assert_eq!(out.status, 2, "{out:?}");
}

/// Nothing is changed when the last of several files is read-only.
#[test]
fn uninstall_changes_all_or_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let old = "x=1\n".repeat(50_000);
    let files = [".bashrc", ".zshrc"].map(|file| sandbox.write(file, &old));
    for shell in ["bash", "zsh"] {
        sandbox.venvsh(&["setup", shell, "--write"]).ok();
    }
    let written = files.each_ref().map(|file| fs_err::read(file).unwrap());
    let mode = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        fs_err::set_permissions(&files[1], permissions).unwrap();
    };
    mode(0o444);
    let out = sandbox.venvsh(&["uninstall"]);
    assert_eq!(out.status, 1);
    let told = format!("venvsh: read-only: {}\n", files[1]);
    assert!(out.stderr.starts_with(&told), "{out:?}");
    let left = files.each_ref().map(|file| fs_err::read(file).unwrap());
    assert!(left == written, "a file was changed");
    mode(0o644);
    sandbox.venvsh(&["uninstall"]).ok();
    for file in files {
        assert!(fs_err::read_to_string(&file).unwrap() == old, "{file}");
    }
}

#[test]
fn an_old_line_for_virtualenvwrapper_is_turned_off_when_told_to() {
    let mut sandbox = Sandbox::new();
    sandbox.env("SHELL", "/bin/bash");
    let old = "if true; then\n    source /nowhere/virtualenvwrapper.sh\nfi\n";
    let file = sandbox.write(".bashrc", old);
    let out = sandbox.venvsh(&["setup"]);
    assert_eq!(out.status, 0);
    let note = format!("{file}:2 loads virtualenvwrapper too");
    assert!(out.stderr.contains(&note), "{out:?}");
    sandbox
        .venvsh(&["setup", "--write", "--replace-virtualenvwrapper"])
        .ok();
    let bash = crate::support::shell("bash", "setup").expect("bash runs the tests");
    let out = sandbox
        .run(bash, ". ~/.bashrc && workon")
        .expect_silent("bash");
    assert_eq!(out.status, 0);
    sandbox.venvsh(&["uninstall"]).ok();
    assert_eq!(fs_err::read_to_string(&file).unwrap(), old);
}

#[test]
fn lines_of_the_users_stay_and_are_named() {
    let sandbox = Sandbox::new();
    let text = "eval \"$(venvsh hook bash)\"\n";
    let file = sandbox.write(".bashrc", text);
    let out = sandbox.venvsh(&["setup", "bash", "--write"]).ok();
    assert_eq!(out, format!("{file}:1 loads the hook"));
    let out = sandbox.venvsh(&["uninstall"]).ok();
    assert!(
        out.contains(&format!("  {file}:1: eval \"$(venvsh hook bash)\"")),
        "{out}"
    );
    assert_eq!(fs_err::read_to_string(&file).unwrap(), text);
}

#[test]
fn what_was_allowed_is_deleted_only_after_a_question() {
    let sandbox = Sandbox::new();
    sandbox.write(".local/state/venvsh/allowed/x", "");
    let before = sandbox.tree();
    sandbox.venvsh(&["uninstall", "--dry-run"]).ok();
    let out = sandbox.venvsh(&["uninstall"]).ok();
    assert!(out.contains(".local/state/venvsh"), "{out}");
    before.expect_same("uninstall");
}
