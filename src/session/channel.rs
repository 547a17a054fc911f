//! The way back to the shell that called: code for it goes there, never to standard output.
//!
//! The hook's functions set `VENVSH_HOOK=PROTOCOL:SHELL:DESCRIPTOR` for the one call. bash, zsh and fish read that
//! descriptor (3, if none is said); the others read a private file named by `VENVSH_EMIT`.

use std::io::Write;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::error::Error;
use crate::platform;
use crate::shell::hook::PROTOCOL;
use crate::shell::{Plan, Shell};

/// The shell that waits for a plan.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Which shell it is.
    pub shell: Shell,
    descriptor: u8,
    file: Option<Utf8PathBuf>,
}

impl Channel {
    /// The channel that the hook opened; `None` when the program was called without one.
    ///
    /// # Errors
    /// When the hook is of a newer venvsh than this program.
    pub fn open(config: &Config) -> Result<Option<Self>, Error> {
        let Some(hook) = config.var(vars::HOOK) else {
            return Ok(None);
        };
        let Some((protocol, shell)) = hook.split_once(':') else {
            return Ok(None);
        };
        let (shell, descriptor) = shell.split_once(':').unwrap_or((shell, "3"));
        let Ok(shell) = shell.parse::<Shell>() else {
            return Ok(None);
        };
        let file = config.var(vars::EMIT).map(Utf8PathBuf::from);
        if let Some(file) = &file {
            // What an earlier call left must not run again.
            let _ = fs_err::remove_file(file);
        }
        if protocol
            .parse::<u32>()
            .is_ok_and(|protocol| protocol > PROTOCOL)
        {
            return Err(Error::HookIsNewer);
        }
        let descriptor = descriptor.parse().unwrap_or(3);
        Ok(Some(Self {
            shell,
            descriptor,
            file,
        }))
    }

    /// The descriptor that a program that we start would inherit, and keep the shell waiting.
    #[must_use]
    pub fn leaks(&self) -> Option<u8> {
        self.file.is_none().then_some(self.descriptor)
    }

    /// Hands the plan over, in one write.
    ///
    /// # Errors
    /// When the shell's language cannot express a value, or no hook reads the channel.
    pub fn send(&self, plan: &Plan) -> Result<(), Error> {
        if plan.is_empty() {
            return Ok(());
        }
        let code = plan.render(self.shell)?;
        match &self.file {
            // The descriptor is opened by name, because a plain number is no handle in safe Rust.
            None => fs_err::OpenOptions::new()
                .write(true)
                .open(format!("/dev/fd/{}", self.descriptor))
                .and_then(|mut pipe| pipe.write_all(code.as_bytes()))
                .map_err(|_| Error::NeedsHook),
            Some(file) => Ok(write_private(file, &code)?),
        }
    }
}

/// Writes a file that only the user can read, in a directory that only the user can enter.
fn write_private(file: &Utf8Path, code: &str) -> std::io::Result<()> {
    if let Some(dir) = file.parent() {
        platform::create_private_dir_all(dir)?;
    }
    let mut options = fs_err::OpenOptions::new();
    options.write(true).create_new(true);
    platform::set_mode(&mut options, 0o600);
    options.open(file)?.write_all(code.as_bytes())
}
