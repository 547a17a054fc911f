//! The names by which the user calls the commands: the hook may give its functions a prefix, or define none.

use std::sync::OnceLock;

/// What the hook defined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Names {
    /// `workon`.
    #[default]
    Plain,
    /// `v_workon`.
    Prefixed(String),
    /// No function but `venvsh`: `venvsh workon`.
    OfProgram,
}

static NAMES: OnceLock<Names> = OnceLock::new();

impl Names {
    /// From what the hook says of them: a prefix, `-` for none but `venvsh`.
    pub(crate) fn from_hook(text: &str) -> Self {
        match text {
            "" => Self::Plain,
            "-" => Self::OfProgram,
            prefix => Self::Prefixed(prefix.to_owned()),
        }
    }

    /// From now on messages use these names.
    pub(crate) fn set(self) {
        // A process has one hook.
        let _ = NAMES.set(self);
    }

    fn called(&self, command: &str) -> String {
        match self {
            Self::Plain => command.to_owned(),
            Self::Prefixed(prefix) => format!("{prefix}{command}"),
            Self::OfProgram => format!("venvsh {command}"),
        }
    }
}

/// How the user calls that command of the hook.
pub(crate) fn called(command: &str) -> String {
    NAMES.get_or_init(Names::default).called(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hook_names_its_functions() {
        for (text, called) in [("", "workon"), ("v_", "v_workon"), ("-", "venvsh workon")] {
            assert_eq!(Names::from_hook(text).called("workon"), called);
        }
    }
}
