//! The line that loads the hook, for each shell that has one.

use super::kinds::{Hooked, Shell};

/// The file that nushell's line writes, below the directory for data. nushell reads it at each start.
pub const NUSHELL_FILE: &str = "nushell/vendor/autoload/venvsh.nu";

/// The start-up file, and the line in it that loads the hook.
#[must_use]
pub fn start_line(shell: Shell) -> Option<(&'static str, &'static str)> {
    let line = match shell.hooked()? {
        Hooked::Bash => ("~/.bashrc", r#"eval "$(venvsh hook bash)""#),
        Hooked::Zsh => ("~/.zshrc", r#"eval "$(venvsh hook zsh)""#),
        Hooked::Fish => ("~/.config/fish/config.fish", "venvsh hook fish | source"),
        // Not `| source /dev/stdin`: tcsh sometimes reports the pipe as a background job, `[1] 4711`.
        Hooked::Tcsh => ("~/.tcshrc", r#"eval "`venvsh hook tcsh`""#),
        Hooked::PowerShell => (
            "$PROFILE",
            "venvsh hook powershell | Out-String | Invoke-Expression",
        ),
        Hooked::Posix if shell == Shell::Ksh => ("~/.kshrc", r#"eval "$(venvsh hook ksh)""#),
        // Each of these shells reads the file that this variable names.
        Hooked::Posix => ("$ENV", r#"eval "$(venvsh hook sh)""#),
        // nushell evaluates no text; it reads this file after its config.nu.
        Hooked::Nushell => (
            "~/.config/nushell/config.nu",
            "mkdir ($nu.data-dir)/vendor/autoload; venvsh hook nushell | save -f ($nu.data-dir)/vendor/autoload/venvsh.nu",
        ),
        // It has no start-up file; DIR is one of the directories on PATH.
        Hooked::Cmd => ("PATH", r"venvsh hook cmd --dir DIR"),
        Hooked::Xonsh => ("~/.xonshrc", "exec($(venvsh hook xonsh))"),
        Hooked::Elvish => (
            "~/.config/elvish/rc.elv",
            "eval (venvsh hook elvish | slurp)",
        ),
    };
    Some(line)
}

/// Other files below the home directory that such a shell may read in the place of its usual one.
#[must_use]
pub fn other_files(shell: Shell) -> &'static [&'static str] {
    match shell {
        Shell::Tcsh => &[".cshrc"],
        Shell::Ksh => &[".mkshrc", ".yashrc"],
        Shell::Bash
        | Shell::Zsh
        | Shell::Fish
        | Shell::PowerShell
        | Shell::Posix
        | Shell::Nushell
        | Shell::Xonsh
        | Shell::Elvish
        | Shell::Cmd => &[],
    }
}

/// The start-up file where it depends on the program, not on the kind of shell alone: whether the file that `ENV` names comes first,
/// and the program's own below the home directory, if it has one.
#[must_use]
pub fn by_program(shell: Shell, program: &str) -> Option<(bool, Option<&'static str>)> {
    let files = match program {
        "ksh" | "ksh93" => (true, Some(".kshrc")),
        "mksh" => (true, Some(".mkshrc")),
        "yash" => (false, Some(".yashrc")),
        _ => (true, None),
    };
    (shell.hooked()? == Hooked::Posix).then_some(files)
}

/// The line with `--auto` behind the shell's name.
#[must_use]
pub fn following(line: &str) -> String {
    let Some((before, rest)) = line.split_once("venvsh hook ") else {
        return line.to_owned();
    };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
    let (name, behind) = rest.split_at(end.unwrap_or(rest.len()));
    format!("{before}venvsh hook {name} --auto{behind}")
}

/// The shells with a hook.
#[must_use]
pub fn hooked_shells() -> Vec<Shell> {
    let has_hook = |shell: &Shell| start_line(*shell).is_some();
    Shell::ALL.into_iter().filter(has_hook).collect()
}

/// The lines for all shells, as help shows them. A long one stands below its file, because a terminal would break it.
#[must_use]
pub fn start_lines() -> String {
    const FILES: usize = 27;
    const LONGEST: usize = 50;
    let row = |shell| {
        let (file, line) = start_line(shell)?;
        let file = if file == "PATH" {
            "a directory on PATH"
        } else {
            file
        };
        Some(if line.len() > LONGEST {
            format!("  {file}\n      {line}\n")
        } else {
            format!("  {file:FILES$}  {line}\n")
        })
    };
    let rows: String = Shell::ALL.into_iter().filter_map(row).collect();
    format!("The line for each shell's start-up file:\n{rows}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_stands_behind_the_name() {
        for (shell, expect) in [
            (Shell::Bash, r#"eval "$(venvsh hook bash --auto)""#),
            (Shell::Fish, "venvsh hook fish --auto | source"),
            (Shell::Tcsh, r#"eval "`venvsh hook tcsh --auto`""#),
        ] {
            let (_, line) = start_line(shell).expect("it has a hook");
            assert_eq!(following(line), expect);
        }
    }
}
