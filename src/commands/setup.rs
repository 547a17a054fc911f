//! `venvsh setup [SHELL]`: shows how a shell loads the hook, and writes the line into its start-up file on request.

use camino::Utf8Path;
use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::config::vars;
use crate::error::Error;
use crate::ops::setup::{self, StartupFile};
use crate::session::starter::on_path;
use crate::session::{Outcome, Session};
use crate::shell::startup::{following, hooked_shells};
use crate::shell::startup_file::Found;
use crate::shell::{Shell, UnknownShell, program_name};
use crate::ui;

/// Arguments of `setup`.
#[derive(Args)]
pub(crate) struct Setup {
    /// Shell to set up; the default is the running one, or else the one that SHELL names
    #[arg(add = Takes::HOOKED_SHELL)]
    shell: Option<String>,
    /// Write the line into the shell's start-up file
    #[arg(long)]
    write: bool,
    /// Write nothing, only show what --write would change
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// With a hook that enters and leaves environments as the directory changes
    #[arg(long)]
    auto: bool,
    /// Turn off the lines of that file that load virtualenvwrapper
    #[arg(long)]
    replace_virtualenvwrapper: bool,
}

impl Run for Setup {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let (shell, name) = self.shell(session)?;
        let (path, line) = setup::place(shell, &name, &session.config)?;
        let line = &self.line(shell, line)?;
        let file = StartupFile::read(path)?;
        let path = &file.path;
        let found = file.look();
        if found.block || !found.hook.is_empty() {
            let number = found.hook.first();
            let number = number.map_or_else(String::new, |number| format!(":{number}"));
            ui::out(&format!("{path}{number} loads the hook\n"));
            return Ok(().into());
        }
        let edited = file.with_hook(line, self.replace_virtualenvwrapper);
        if self.dry_run {
            ui::out(&edited.diff(path.as_str()));
        } else if self.write {
            file.check_writable()?;
            let copy = file.copy()?;
            file.write(&edited)?;
            let copy = copy.map_or_else(String::new, |copy| {
                format!(" (copy of the old file: {copy})")
            });
            ui::out(&format!(
                "wrote {path}{copy}\nOpen a new {name}, or run this now:\n\n  {line}\n"
            ));
        } else {
            ui::out(&format!(
                "Add this line to {path}:\n\n  {line}\n\n`venvsh setup {name} --write` adds it; --dry-run shows the change.\n"
            ));
        }
        self.warn(session, path, &found);
        Ok(().into())
    }
}

impl Setup {
    /// The line with the options that were asked for.
    fn line(&self, shell: Shell, line: &str) -> Result<String, Error> {
        match (self.auto, shell.can_follow()) {
            (false, _) => Ok(line.to_owned()),
            (true, true) => Ok(following(line)),
            (true, false) => Err(Error::Usage {
                message: format!("{shell} has no event for a change of directory: --auto"),
                hint: Some(format!("venvsh setup {shell}")),
            }),
        }
    }

    /// Warns of everything that may keep the line from working.
    fn warn(&self, session: &Session, path: &Utf8Path, found: &Found) {
        if !self.replace_virtualenvwrapper {
            for number in &found.virtualenvwrapper {
                ui::note_with_hint(
                    &format!("{path}:{number} loads virtualenvwrapper too"),
                    "--replace-virtualenvwrapper turns that line off",
                );
            }
        }
        if on_path(&session.config, "venvsh").is_none() {
            ui::note_with_hint(
                "venvsh is not on PATH, so the line will not find it",
                "add its directory to PATH above the line",
            );
        }
    }

    /// The shell to set up, and the name of its program. If it comes from `SHELL`, a note names it, because it may not be the
    /// running one.
    fn shell(&self, session: &Session) -> Result<(Shell, String), Error> {
        let parse = |name: &str| {
            name.parse().map_err(|_: UnknownShell| Error::NoShell {
                name: name.to_owned(),
                known: hooked_shells(),
            })
        };
        if let Some(name) = &self.shell {
            return Ok((parse(name)?, program_name(name)));
        }
        let users = session.config.var(vars::SHELL);
        if let Some(channel) = &session.channel {
            // The hook says which kind of shell it is in: which of them is the user's, SHELL says.
            let is_it = |name: &String| parse(name).ok() == Some(channel.shell);
            let name = users.filter(is_it);
            let name = name.map_or_else(|| channel.shell.name().to_owned(), |it| program_name(&it));
            return Ok((channel.shell, name));
        }
        let name = users.ok_or(Error::Usage {
            message: "the variable SHELL is not set".to_owned(),
            hint: Some("venvsh setup SHELL".to_owned()),
        })?;
        let shell = parse(&name)?;
        let name = program_name(&name);
        ui::note(&format!("shell taken from the variable SHELL: {name}"));
        Ok((shell, name))
    }
}
