//! The list of what the user has allowed and denied: one file, private, written whole under a lock. A file that anybody else may
//! have written, or that is not of this form, counts as an error and not as an empty list: it may hold a denial.

use std::io::{ErrorKind, Read};

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::error::Error;
use crate::fs::{Metadata, is_absent, is_dir, locked, sweep_files, write_private};
use crate::platform::{self, Attempt, Sharing};

/// Below venvsh's directory for state.
const FILE: &str = "trust";

/// The first line.
const FORM: &str = "venvsh trust 1";

/// The longest file that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// At most so many lines of one kind are kept, the last ones.
const MOST: usize = 1500;

/// A line. All paths are real ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The user entered the environment in that directory by hand, or allowed it. The pin tells the environment from another one at
    /// its path.
    Consent {
        directory: Utf8PathBuf,
        environment: Utf8PathBuf,
        pin: String,
    },
    /// The environments in all directories at or below that one are allowed.
    Below { directory: Utf8PathBuf },
    /// Nothing in the directory, or below it, is entered automatically.
    Denied { directory: Utf8PathBuf },
    /// For the environment of that directory the mode of the path does not count.
    AnyMode {
        directory: Utf8PathBuf,
        path: Utf8PathBuf,
    },
    /// For the environment of that directory the path may belong to that user.
    Owner {
        directory: Utf8PathBuf,
        path: Utf8PathBuf,
        owner: u32,
    },
    /// The git indexes of that stamp have nothing of the environment.
    Clean {
        environment: Utf8PathBuf,
        stamp: String,
    },
}

impl Line {
    fn parse(text: &str) -> Option<Self> {
        let path = |text: &str| Some(Utf8PathBuf::from(text)).filter(|path| path.is_absolute());
        let fields: Vec<_> = text.split('\t').collect();
        Some(match fields[..] {
            ["consent", directory, environment, pin] => Self::Consent {
                directory: path(directory)?,
                environment: path(environment)?,
                pin: pin.to_owned(),
            },
            ["below", directory] => Self::Below {
                directory: path(directory)?,
            },
            ["denied", directory] => Self::Denied {
                directory: path(directory)?,
            },
            ["any-mode", directory, file] => Self::AnyMode {
                directory: path(directory)?,
                path: path(file)?,
            },
            ["owner", directory, file, owner] => Self::Owner {
                directory: path(directory)?,
                path: path(file)?,
                owner: owner.parse().ok()?,
            },
            ["clean", environment, stamp] => Self::Clean {
                environment: path(environment)?,
                stamp: stamp.to_owned(),
            },
            _ => return None,
        })
    }

    fn fields(&self) -> Vec<String> {
        let text = |path: &Utf8PathBuf| path.to_string();
        match self {
            Self::Consent {
                directory,
                environment,
                pin,
            } => vec![
                "consent".into(),
                text(directory),
                text(environment),
                pin.clone(),
            ],
            Self::Below { directory } => vec!["below".into(), text(directory)],
            Self::Denied { directory } => vec!["denied".into(), text(directory)],
            Self::AnyMode { directory, path } => {
                vec!["any-mode".into(), text(directory), text(path)]
            }
            Self::Owner {
                directory,
                path,
                owner,
            } => vec![
                "owner".into(),
                text(directory),
                text(path),
                owner.to_string(),
            ],
            Self::Clean { environment, stamp } => {
                vec!["clean".into(), text(environment), stamp.clone()]
            }
        }
    }

    /// The directory that it is about.
    pub(crate) fn directory(&self) -> Option<&Utf8Path> {
        match self {
            Self::Consent { directory, .. }
            | Self::Below { directory }
            | Self::Denied { directory }
            | Self::AnyMode { directory, .. }
            | Self::Owner { directory, .. } => Some(directory),
            Self::Clean { .. } => None,
        }
    }

    /// A path in it that cannot be one field of one line.
    fn odd(&self) -> Option<String> {
        let is_odd = |field: &String| field.contains(['\t', '\n', '\r']);
        self.fields().into_iter().find(is_odd)
    }
}

/// The lines, the oldest first. Nothing, if the user has allowed and denied nothing yet.
///
/// # Errors
/// When the file is not one that only the user can have written.
pub(crate) fn read(config: &Config) -> Result<Vec<Line>, Error> {
    match config.state_dir() {
        Some(state) => read_in(&state),
        None => Ok(Vec::new()),
    }
}

fn read_in(state: &Utf8Path) -> Result<Vec<Line>, Error> {
    let path = state.join(FILE);
    let refused = |path: &Utf8Path, reason: &'static str| Error::NotPrivate {
        path: path.to_owned(),
        reason,
    };
    let file = match platform::open_no_link(&path) {
        Err(err) if is_absent(&err) => return Ok(Vec::new()),
        file => file?,
    };
    let meta = file.metadata();
    let meta = meta.map_err(|err| platform::failed("look at", &path, err))?;
    if let Some(reason) = not_private(&meta) {
        return Err(refused(&path, reason));
    }
    if let Some(reason) = exposed(&crate::fs::metadata(state)?) {
        return Err(refused(state, reason));
    }
    // One byte more than the file has: the read that finds its end needs no larger buffer.
    let length = meta.len().min(LONGEST) + 1;
    let mut text = String::with_capacity(usize::try_from(length).unwrap_or_default());
    match file.take(LONGEST).read_to_string(&mut text) {
        // What is not UTF-8 is damaged.
        Err(err) if err.kind() == ErrorKind::InvalidData => text.clear(),
        read => _ = read.map_err(|err| platform::failed("read", &path, err))?,
    }
    let mut lines = text.lines();
    let is_known = lines.next() == Some(FORM) && text.ends_with('\n');
    let lines = lines.map(Line::parse).collect::<Option<Vec<_>>>();
    lines
        .filter(|_| is_known)
        .ok_or_else(|| refused(&path, "it is damaged, or of a newer venvsh"))
}

/// The reason why others may have written it.
fn not_private(meta: &Metadata) -> Option<&'static str> {
    if !meta.is_file() {
        Some("it is no ordinary file")
    } else if platform::has_more_names(meta) {
        Some("it has a second name")
    } else if platform::access(meta).is_some_and(|access| access.mode & 0o077 != 0) {
        Some("its mode is not 0600")
    } else {
        exposed(meta)
    }
}

fn exposed(meta: &Metadata) -> Option<&'static str> {
    let found = platform::access(meta)?.exposed(platform::own_user());
    found.map(|_| "another user can change it")
}

/// Changes the lines, while no other process does. Nothing is written when nothing changed.
///
/// # Errors
/// As [`read`]; when a path cannot be in the list; and when it cannot be written.
pub(crate) fn change(config: &Config, work: impl FnOnce(&mut Vec<Line>)) -> Result<(), Error> {
    let state = config.state_dir().ok_or(Error::NoHomeDirectory)?;
    if !is_dir(&state)? {
        platform::create_private_dir_all(&state)?;
    }
    locked(&state, || {
        sweep_files(&state);
        changed(&state, work)
    })
}

/// The same for lines that only save work: while another process changes the list, nothing is written.
fn change_if_free(config: &Config, work: impl FnOnce(&mut Vec<Line>)) {
    let Some(state) = config.state_dir() else {
        return;
    };
    let lock = platform::lock(&state, Sharing::Nobody);
    if matches!(lock, Ok(Attempt::Locked(_) | Attempt::Impossible)) {
        // Without it the next call does the same work once more.
        let _ = changed(&state, work);
    }
}

/// Remembers that the git indexes of that stamp have nothing of the environment.
pub(super) fn remember_clean(config: &Config, environment: &Utf8Path, stamp: &str) {
    change_if_free(config, |lines| {
        let is_older = |line: &Line| matches!(line, Line::Clean { environment: other, .. } if other == environment);
        lines.retain(|line| !is_older(line));
        lines.push(Line::Clean {
            environment: environment.to_owned(),
            stamp: stamp.to_owned(),
        });
    });
}

fn changed(state: &Utf8Path, work: impl FnOnce(&mut Vec<Line>)) -> Result<(), Error> {
    let before = read_in(state)?;
    let mut lines = before.clone();
    work(&mut lines);
    if lines == before {
        return Ok(());
    }
    if let Some(path) = lines.iter().find_map(Line::odd) {
        return Err(Error::BadPath {
            path,
            reason: "the list of what is allowed has no tabs and line breaks in paths",
        });
    }
    limit(&mut lines, |line| matches!(line, Line::Clean { .. }));
    limit(&mut lines, |line| matches!(line, Line::Consent { .. }));
    let mut text = format!("{FORM}\n");
    for line in &lines {
        text.push_str(&line.fields().join("\t"));
        text.push('\n');
    }
    if text.len() as u64 > LONGEST {
        return Err(Error::BadPath {
            path: state.join(FILE).into_string(),
            reason: "it would have more than 1 MiB",
        });
    }
    Ok(write_private(&state.join(FILE), text)?)
}

/// Keeps the last lines of a kind.
fn limit(lines: &mut Vec<Line>, is_kind: impl Fn(&Line) -> bool) {
    let count = lines.iter().filter(|line| is_kind(line)).count();
    let mut surplus = count.saturating_sub(MOST);
    lines.retain(|line| {
        let goes = surplus > 0 && is_kind(line);
        surplus -= usize::from(goes);
        !goes
    });
}
