//! Which tool a directory of `PATH` belongs to. Nothing is run.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::Source;
use super::{base, discover, shims};
use crate::config::Config;
use crate::fs::exists;

/// The owner of a directory with programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The environment at that path.
    Environment(Utf8PathBuf),
    /// The shims of pyenv, mise or asdf.
    Shims(&'static str),
    /// An installation by that tool.
    Tool(String),
    /// Conda, by its `conda-meta`.
    Conda,
    /// `/usr/bin` and the like.
    Distribution,
    /// `/usr/local/bin`: whoever administers the machine.
    Local,
    /// Below the user's home directory.
    User,
    /// None of these.
    Unknown,
}

impl std::fmt::Display for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment(root) => {
                write!(f, "environment {}", root.file_name().unwrap_or("/"))
            }
            Self::Shims(tool) => write!(f, "shims of {tool}"),
            Self::Tool(tool) => write!(f, "installed by {tool}"),
            Self::Conda => f.write_str("conda"),
            Self::Distribution => f.write_str("the distribution"),
            Self::Local => f.write_str("installed by hand for all users"),
            Self::User => f.write_str("the user's"),
            Self::Unknown => f.write_str("of no known tool"),
        }
    }
}

/// The owner of the directory.
#[must_use]
pub fn owner(directory: &Utf8Path, config: &Config) -> Owner {
    let root = directory.parent().unwrap_or(directory);
    if let Some((tool, ..)) = shims::directories(config)
        .into_iter()
        .find(|(_, dir)| dir == directory)
    {
        return Owner::Shims(tool);
    }
    if base::is_environment(root).unwrap_or(false) {
        return Owner::Environment(root.to_owned());
    }
    if exists(&root.join("conda-meta")).unwrap_or(false) {
        return Owner::Conda;
    }
    if let Some(source) = discover::source_of(directory, config) {
        return Owner::Tool(source.to_string());
    }
    if directory.starts_with("/opt/homebrew") || directory.starts_with("/home/linuxbrew") {
        return Owner::Tool(Source::Homebrew.to_string());
    }
    match directory.as_str() {
        "/usr/bin" | "/bin" | "/usr/sbin" | "/sbin" | "/usr/games" | "/usr/local/games" => {
            Owner::Distribution
        }
        "/usr/local/bin" | "/usr/local/sbin" => Owner::Local,
        _ if config
            .home()
            .is_some_and(|home| directory.starts_with(home)) =>
        {
            Owner::User
        }
        _ => Owner::Unknown,
    }
}
