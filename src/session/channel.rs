//! The channel to the waiting shell. Plans go there, never to standard output.
//!
//! The hook's functions set `VENVSH_HOOK=PROTOCOL:SHELL:DESCRIPTOR:NAMES` for the one call. bash, zsh, ksh and the POSIX shells
//! read that descriptor, 3 by default; the others, and all on Windows, read a private file named by `VENVSH_EMIT`. The names are
//! those of the functions (`Names::from_hook`).

use std::io::Write;

use camino::Utf8PathBuf;

use crate::config::{Config, vars};
use crate::error::Error;
use crate::names::Names;
use crate::platform::Spelling;
use crate::shell::cmd_words::upsets_batch;
use crate::shell::hook::{FOLLOWS, PROTOCOL, RESTRICTED};
use crate::shell::{Plan, Shell};

use super::plan_directory;

/// The shell that waits for a plan.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The kind of shell.
    pub shell: Shell,
    way: Way,
    /// The protocol of its hook.
    pub(crate) protocol: u32,
    /// The names of the hook's functions.
    pub(crate) names: Names,
    /// Whether its hook follows the directory.
    follows: bool,
    /// What its hook keeps from earlier plans.
    knows: Option<u32>,
    /// Delayed expansion of cmd is on.
    delayed: bool,
    /// How it writes paths.
    spelling: Spelling,
}

/// The way of a plan to the shell.
#[derive(Clone, Debug)]
enum Way {
    /// Through this file descriptor.
    Descriptor(u8),
    /// Through this file, in the user's private directory.
    File(Utf8PathBuf),
    /// There is none, for this reason.
    None(String),
    /// The shell is restricted: it cannot act on a plan.
    Restricted,
    /// The shell cannot read a plan now: it would change a variable that it only has to pass on.
    Upset(String),
}

impl Channel {
    /// The channel that the hook opened; `None` when the program was called without one.
    ///
    /// # Errors
    /// When the hook comes from a newer venvsh than this program.
    pub fn open(config: &Config) -> Result<Option<Self>, Error> {
        let Some(hook) = config.var(vars::HOOK) else {
            return Ok(None);
        };
        // The protocol is checked first: a newer hook may add fields, or name a shell that this program does not know.
        let (protocol, shell) = hook.split_once(':').unwrap_or((&hook, ""));
        let protocol = protocol.parse().unwrap_or(PROTOCOL);
        if protocol > PROTOCOL {
            return Err(Error::HookIsNewer);
        }
        let mut fields = shell.split(':');
        let mut field = || fields.next().unwrap_or_default();
        let Ok(shell) = field().parse::<Shell>() else {
            return Ok(None);
        };
        let descriptor = field();
        let names = Names::from_hook(field());
        let follows = field() == FOLLOWS && shell.can_follow();
        let delayed = descriptor == "delayed";
        let way = Way::given(descriptor, config);
        let way = upset(shell, delayed, config).map_or(way, Way::Upset);
        let knows = config
            .var(vars::KNOWS)
            .and_then(|number| number.parse().ok());
        Ok(Some(Self {
            shell,
            way,
            protocol,
            names,
            follows,
            knows,
            delayed,
            spelling: config.spelling(),
        }))
    }

    /// Whether the hook enters and leaves environments as the directory changes.
    pub(crate) fn follows(&self) -> bool {
        self.follows
    }

    /// The descriptor that programs must not inherit: the shell waits until all copies of it are closed.
    #[must_use]
    pub fn leaks(&self) -> Option<u8> {
        match self.way {
            Way::Descriptor(descriptor) => Some(descriptor),
            Way::File(_) | Way::None(_) | Way::Restricted | Way::Upset(_) => None,
        }
    }

    /// Whether a plan reaches the shell through its descriptor. Without one, what can be done without the shell is done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.way, Way::Descriptor(descriptor) if open(descriptor).is_ok())
    }

    /// Sends the plan in one write.
    ///
    /// # Errors
    /// When the shell's language cannot express a value, no hook reads the channel, or it cannot be written.
    pub fn send(&self, plan: &Plan) -> Result<(), Error> {
        if plan.is_empty() {
            return Ok(());
        }
        let plan = plan.clone().respelled(&self.spelling);
        let code = plan.render_for_hook(self.shell, self.knows)?;
        match &self.way {
            Way::Descriptor(descriptor) => open(*descriptor)
                .map_err(|_| Error::NeedsHook)?
                .write_all(code.as_bytes())
                .map_err(|err| Error::PlanLost {
                    reason: err.to_string(),
                }),
            Way::File(_) if self.delayed && code.contains('!') => Err(Error::PlanLost {
                reason: "a value has a ! while delayed expansion is on".to_owned(),
            }),
            // The directory is closed to others, so the file needs no mode of its own.
            Way::File(file) => Ok(crate::fs::write_atomic(file, &code)?),
            Way::Upset(reason) => Err(Error::PlanLost {
                reason: reason.clone(),
            }),
            Way::Restricted => Err(Error::RestrictedShell),
            Way::None(reason) => Err(Error::NoPlanDirectory {
                reason: reason.clone(),
            }),
        }
    }
}

/// The descriptor is opened by name, because a plain number is no handle in safe Rust.
fn open(descriptor: u8) -> std::io::Result<impl Write> {
    let path = format!("/dev/fd/{descriptor}");
    // The path is ours: messages do not name it.
    crate::fs::File::options().write(true).open(path)
}

/// The variables that a plan for cmd reads and writes.
const PASSED_ON: [&str; 6] = [
    vars::PATH,
    vars::VIRTUAL_ENV,
    vars::PYTHONHOME,
    "VIRTUAL_ENV_PROMPT",
    "PKG_CONFIG_PATH",
    "PROMPT",
];

/// Why cmd would not keep a variable as it is, if it would not.
fn upset(shell: Shell, delayed: bool, config: &Config) -> Option<String> {
    let mut names = PASSED_ON.into_iter().filter(|_| shell == Shell::Cmd);
    names.find_map(|name| {
        let what = upsets_batch(&config.var(name)?, delayed)?;
        Some(format!("{name} has {what}"))
    })
}

impl Way {
    /// Through the file that the hook names, else through that descriptor.
    fn given(descriptor: &str, config: &Config) -> Self {
        let file = config.raw(vars::EMIT).map(std::ffi::OsString::into_string);
        match file {
            None => Self::through_descriptor(descriptor),
            Some(file) => Self::through(Utf8PathBuf::from(file.unwrap_or_default())),
        }
    }

    /// Through the descriptor of that number, 3 by default; a restricted shell says that it has none.
    fn through_descriptor(number: &str) -> Self {
        if number == RESTRICTED {
            return Self::Restricted;
        }
        Self::Descriptor(number.parse().unwrap_or(3))
    }

    /// Through this file, if only the user can write to its directory. Files of earlier calls of this shell are removed, so that the
    /// file exists only if this call writes it. The name ends in the number of the call.
    fn through(file: Utf8PathBuf) -> Self {
        let numbered = file.as_str().rsplit_once('-');
        let earlier = numbered.and_then(|(shell, call)| {
            let call = call.parse::<u64>().ok()?.checked_sub(1)?;
            Some(Utf8PathBuf::from(format!("{shell}-{call}")))
        });
        for left in [Some(&file), earlier.as_ref()].into_iter().flatten() {
            let _ = crate::platform::remove_file(left);
        }
        let dir = file.parent().unwrap_or(&file);
        if let Err(err) = plan_directory::check(dir) {
            return Self::None(if dir == plan_directory::NONE {
                "none could be made when the hook was loaded".to_owned()
            } else {
                format!("{dir}: {}", crate::fs::reason(&err))
            });
        }
        Self::File(file)
    }
}
