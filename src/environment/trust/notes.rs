//! Words about an environment that is not entered automatically: about the user's consent once for each directory for ever, about
//! what is wrong with it once in a terminal.

use camino::{Utf8Path, Utf8PathBuf};

use super::checkout;
use super::reason::Reason;
use super::verdict::Verdict;
use super::walk::Walk;
use crate::config::Config;
use crate::environment::projects::Hit;
use crate::fs::{locked, read_small_text, write_private};
use crate::names::called;
use crate::platform;

/// A note, and the command that helps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) command: Option<String>,
}

/// Below venvsh's directory for state: a line for each note.
const FILE: &str = "told";

/// At most this many are kept, the last ones.
const MOST: usize = 300;

/// The number of a terminal's session is used again; after this time in seconds it is taken for another session.
const SESSION: i64 = 24 * 60 * 60;

/// The words for that verdict, if it is time for them; and records that they were said. What cannot be recorded is not said, because
/// it would be said at each change of the directory.
pub(crate) fn note(config: &Config, hit: &Hit, verdict: &Verdict) -> Option<Note> {
    let came;
    let reason = match verdict {
        Verdict::Trusted | Verdict::Refused(Reason::Denied { .. }) => return None,
        Verdict::Refused(reason) => Some(reason),
        Verdict::NeedsConsent => {
            // Where it came with a checkout, entering it by hand would not help.
            came = of_checkout(hit);
            came.as_ref()
        }
    };
    let name = name(hit);
    let Some(reason) = reason else {
        let text = format!(
            "{name} here is entered automatically after you entered it once: {} .",
            called("workon")
        );
        return tell(config, None, &hit.directory).then_some(Note {
            text,
            command: None,
        });
    };
    let command = match reason {
        Reason::Exposed { .. } => {
            let directory = shell_words::quote(hit.directory.as_str());
            Some(format!("venvsh allow {directory}"))
        }
        Reason::Replaced { .. } | Reason::Scripts { .. } => Some(format!("{} .", called("workon"))),
        _ => None,
    };
    let session = Some(platform::terminal().unwrap_or(0));
    tell(config, session, &hit.directory).then_some(Note {
        text: format!("{name} here is not entered automatically: {reason}"),
        command,
    })
}

/// What the user sees in the directory: the environment, or the file that leads to it.
fn name(hit: &Hit) -> &str {
    let below = |path| Utf8Path::strip_prefix(path, &hit.directory).ok();
    let name = below(&hit.environment).or_else(|| below(Utf8Path::new(&hit.by)));
    name.map_or(hit.by.as_str(), Utf8Path::as_str)
}

fn of_checkout(hit: &Hit) -> Option<Reason> {
    let real = Walk::default().real(&hit.environment).ok()?;
    checkout::around(&real, |_| false).err()
}

/// A note that was said.
struct Told {
    /// The session of the terminal, and the time; `None`: for ever.
    session: Option<(u32, i64)>,
    directory: Utf8PathBuf,
}

impl Told {
    fn parse(line: &str) -> Option<Self> {
        let (session, directory) = line.split_once('\t')?;
        let session = match session.split_once(' ') {
            Some((number, time)) => Some((number.parse().ok()?, time.parse().ok()?)),
            None => None,
        };
        Some(Self {
            session,
            directory: directory.into(),
        })
    }

    fn line(&self) -> String {
        match self.session {
            Some((number, time)) => format!("{number} {time}\t{}\n", self.directory),
            None => format!("ever\t{}\n", self.directory),
        }
    }
}

/// Records a note. Whether it was due.
fn tell(config: &Config, session: Option<u32>, directory: &Utf8Path) -> bool {
    let Some(state) = config.state_dir() else {
        return false;
    };
    if directory.as_str().contains(['\n', '\r', '\t'])
        || platform::create_private_dir_all(&state).is_err()
    {
        return false;
    }
    let now = platform::now();
    let file = state.join(FILE);
    let recorded = locked(&state, || {
        let text = read_small_text(&file).unwrap_or_default();
        let mut all: Vec<_> = text.lines().filter_map(Told::parse).collect();
        all.retain(|told| {
            told.session
                .is_none_or(|(_, time)| now.saturating_sub(time) < SESSION)
        });
        let is_same = |told: &Told| {
            told.directory == directory && told.session.map(|(number, _)| number) == session
        };
        if all.iter().any(is_same) {
            return Ok(false);
        }
        all.push(Told {
            session: session.map(|number| (number, now)),
            directory: directory.to_owned(),
        });
        let lines = all.iter().skip(all.len().saturating_sub(MOST));
        write_private(&file, lines.map(Told::line).collect::<String>())?;
        Ok::<_, std::io::Error>(true)
    });
    recorded.unwrap_or(false)
}
