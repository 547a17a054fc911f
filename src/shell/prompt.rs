//! Who draws the prompt: the one list of the signs that something else shows the environment.
//!
//! Programs that draw prompts read `VIRTUAL_ENV_PROMPT`; a mark of ours before theirs would show the name twice. The hooks,
//! the activation scripts and `venvsh doctor` ask this list; besides, a prompt whose own text mentions `VIRTUAL_ENV` shows it.
//! And the name as a prompt shows it literally.

use super::kinds::Shell;
use super::quote::Ident;

/// A variable that says so.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// Its name.
    pub variable: &'static str,
    /// What shows the environment then, for `venvsh doctor`.
    pub by: &'static str,
    /// Which value counts.
    pub counts: Counts,
    /// The shells in which it counts. Empty: all.
    shells: &'static [Shell],
}

/// Which value of a [`Sign`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Each one that is not empty.
    Any,
    /// The shell's name: child shells of other kinds inherit the variable.
    ShellName,
}

/// The variable that `hook --no-prompt` sets in the shell.
pub const NO_PROMPT: &str = "VENVSH_NO_PROMPT";

const fn sign(
    variable: &'static str,
    by: &'static str,
    counts: Counts,
    shells: &'static [Shell],
) -> Sign {
    Sign {
        variable,
        by,
        counts,
        shells,
    }
}

/// All signs. The variables of each program are those that its own start-up code sets.
#[rustfmt::skip]
pub const SIGNS: &[Sign] = &[
    sign("STARSHIP_SHELL", "starship", Counts::ShellName, &[]),
    sign("POSH_SHELL", "oh-my-posh", Counts::ShellName, &[]),
    // Older releases of oh-my-posh.
    sign("POSH_THEME", "oh-my-posh", Counts::Any, &[]),
    sign("__p9k_root_dir", "powerlevel10k", Counts::Any, &[Shell::Zsh]),
    sign("POWERLEVEL9K_LEFT_PROMPT_ELEMENTS", "powerlevel10k", Counts::Any, &[Shell::Zsh]),
    sign("prompt_pure_state", "pure", Counts::Any, &[Shell::Zsh]),
    sign("_LP_OPEN_ESC", "liquidprompt", Counts::Any, &[Shell::Bash, Shell::Zsh]),
    sign("tide_left_prompt_items", "tide", Counts::Any, &[Shell::Fish]),
    sign("pure_enable_virtualenv", "pure", Counts::Any, &[Shell::Fish]),
    // In other shells it writes the whole prompt each time.
    sign("POWERLINE_COMMAND", "powerline", Counts::Any, &[Shell::Fish]),
    sign(NO_PROMPT, "nothing, as VENVSH_NO_PROMPT is set", Counts::Any, &[]),
    // pure, tide, oh-my-posh and plugins of oh-my-zsh set it, too.
    sign("VIRTUAL_ENV_DISABLE_PROMPT", "whoever set VIRTUAL_ENV_DISABLE_PROMPT", Counts::Any, &[]),
];

impl Sign {
    /// Whether it counts in this shell.
    #[must_use]
    pub fn is_of(&self, shell: Shell) -> bool {
        self.shells.is_empty() || self.shells.contains(&shell)
    }

    /// Whether this value of the variable says that something else shows the environment in this shell.
    #[must_use]
    pub fn says(&self, shell: Shell, value: &str) -> bool {
        match self.counts {
            Counts::Any => self.is_of(shell) && !value.is_empty(),
            Counts::ShellName => shell.names().contains(&value),
        }
    }
}

/// The signs as templates spell them.
pub struct Signs {
    /// Those of which any value counts.
    pub any: Vec<Ident>,
    /// Those that name the shell.
    pub named: Vec<Ident>,
}

impl Signs {
    /// The signs that count in one of these shells.
    #[must_use]
    pub fn in_shells(shells: &[Shell]) -> Self {
        let of = |counts| {
            SIGNS
                .iter()
                .filter(|sign| sign.counts == counts)
                .filter(|sign| shells.iter().any(|shell| sign.is_of(*shell)))
                .map(|sign| Ident::constant(sign.variable))
                .collect()
        };
        Self {
            any: of(Counts::Any),
            named: of(Counts::ShellName),
        }
    }
}

/// The name as bash draws it with and without `promptvars`, in posix mode and as root: `\D{…}` draws a date by a format, and
/// is the only escape whose text is data in all of these cases (`decode_prompt_string` in bash's source).
pub(super) fn mark_in_bash(name: &str) -> String {
    let mut mark = String::from("(");
    for c in name.chars() {
        match c {
            '$' | '`' | '!' | '\\' => mark.extend(["\\D{", c.encode_utf8(&mut [0; 4]), "}"]),
            _ => mark.push(c),
        }
    }
    mark + ") "
}

/// Whether no shell's prompt gives a character of the text a meaning.
pub(super) fn is_plain(prompt: &str) -> bool {
    prompt.chars().all(|c| {
        c.is_ascii_alphanumeric() || " _-.,:/@+=".contains(c) || (c > '\u{9f}' && !c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(variable: &str) -> &'static Sign {
        let found = SIGNS.iter().find(|sign| sign.variable == variable);
        found.expect("a row of SIGNS")
    }

    #[test]
    fn a_sign_counts_where_its_program_draws() {
        assert!(sign("STARSHIP_SHELL").says(Shell::Zsh, "zsh"));
        assert!(sign("STARSHIP_SHELL").says(Shell::Ksh, "mksh"));
        assert!(!sign("STARSHIP_SHELL").says(Shell::Bash, "zsh"));
        assert!(!sign("STARSHIP_SHELL").says(Shell::Bash, ""));
        assert!(sign("POSH_THEME").says(Shell::Tcsh, "x"));
        assert!(!sign("tide_left_prompt_items").says(Shell::Bash, "pwd"));
        assert!(!sign(NO_PROMPT).says(Shell::Bash, ""));
    }

    #[test]
    fn each_shell_gets_its_own() {
        let names = |shell| {
            let signs = Signs::in_shells(&[shell]);
            signs
                .any
                .iter()
                .map(|name| name.as_str().to_owned())
                .collect::<Vec<_>>()
        };
        assert!(names(Shell::Zsh).contains(&"__p9k_root_dir".to_owned()));
        assert!(!names(Shell::Bash).contains(&"__p9k_root_dir".to_owned()));
        assert!(names(Shell::Nushell).contains(&NO_PROMPT.to_owned()));
    }
}
