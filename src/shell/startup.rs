//! The line that loads the hook, for each shell that has one.

use super::kinds::Shell;

/// The line that loads the hook, with the file it belongs into.
#[must_use]
pub fn start_line(shell: Shell) -> Option<(&'static str, &'static str)> {
    match shell {
        Shell::Bash => Some(("~/.bashrc", r#"eval "$(venvsh hook bash)""#)),
        Shell::Zsh => Some(("~/.zshrc", r#"eval "$(venvsh hook zsh)""#)),
        Shell::Fish => Some(("~/.config/fish/config.fish", "venvsh hook fish | source")),
        // Not `| source /dev/stdin`: now and then tcsh reports the pipe as a job of the background, `[1] 4711`.
        Shell::Tcsh => Some(("~/.tcshrc", r#"eval "`venvsh hook tcsh`""#)),
        Shell::PowerShell => Some((
            "$PROFILE",
            "venvsh hook powershell | Out-String | Invoke-Expression",
        )),
        Shell::Ksh | Shell::Posix | Shell::Nushell | Shell::Xonsh | Shell::Elvish | Shell::Cmd => {
            None
        }
    }
}

/// The lines for all shells, as help shows them.
#[must_use]
pub fn start_lines() -> String {
    let line = |shell| start_line(shell).map(|(file, line)| format!("\n  {file:<28}{line}"));
    format!(
        "The line for each shell's start-up file:{}",
        Shell::ALL.into_iter().filter_map(line).collect::<String>()
    )
}
