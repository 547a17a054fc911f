//! `venvsh uninstall`: removes the lines that `setup` wrote and the caches, and lists what remains.

use camino::Utf8PathBuf;
use clap::Args;

use super::command::Run;
use crate::config::Config;
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::ops::batch_files;
use crate::ops::caches::{self, Cache};
use crate::ops::setup::{self, StartupFile};
use crate::session::program::own_program;
use crate::session::{Outcome, Session};
use crate::shell::startup::NUSHELL_FILE;
use crate::shell::startup_file::Edited;
use crate::ui;

/// Arguments of `uninstall`.
#[derive(Args)]
pub(crate) struct Uninstall {
    /// Only show what would be changed
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Delete the batch files of `venvsh hook cmd` in DIR too
    #[arg(long, value_hint = clap::ValueHint::DirPath)]
    dir: Option<Utf8PathBuf>,
}

impl Run for Uninstall {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let files = setup::all(&session.config)?;
        let blocks: Vec<_> = files
            .iter()
            .filter_map(|file| Some((file, file.without_hook()?)))
            .collect();
        let caches = caches::all(&session.config)?;
        let batch_files = self.batch_files(&session.config)?;
        if self.dry_run {
            for (file, edited) in &blocks {
                ui::out(&edited.diff(file.path.as_str()));
            }
            for cache in &caches {
                ui::out(&format!("would delete {}\n", cache.path));
            }
            for path in &batch_files {
                ui::out(&format!("would delete {path}\n"));
            }
        } else {
            take_out(&blocks, &caches)?;
            for path in &batch_files {
                batch_files::delete(path)?;
                ui::out(&format!("deleted {path}\n"));
            }
            forget_approved(session)?;
        }
        ui::out(&remains(session, &files)?);
        Ok(().into())
    }
}

impl Uninstall {
    /// The batch files in the directory that was named.
    fn batch_files(&self, config: &Config) -> Result<Vec<Utf8PathBuf>, Error> {
        match &self.dir {
            Some(dir) => batch_files::ours(&config.absolute(dir)?),
            None => Ok(Vec::new()),
        }
    }
}

fn take_out(blocks: &[(&StartupFile, Edited)], caches: &[Cache]) -> Result<(), Error> {
    // All are checked before the first is changed.
    for (file, _) in blocks {
        file.check_writable()?;
    }
    for cache in caches {
        cache.check_deletable()?;
    }
    for (file, edited) in blocks {
        file.write(edited)?;
        file.delete_copies_of(edited)?;
        let verb = match edited.text {
            Some(_) => "wrote",
            None => "deleted",
        };
        ui::out(&format!("{verb} {}\n", file.path));
    }
    for cache in caches {
        cache.delete()?;
        ui::out(&format!("deleted {}\n", cache.path));
    }
    Ok(())
}

/// Deletes what the user has allowed, after asking.
fn forget_approved(session: &Session) -> Result<(), Error> {
    let Some(state) = session.config.state_dir() else {
        return Ok(());
    };
    if !setup::exists(&state)? {
        return Ok(());
    }
    if ui::confirm(&format!(
        "Delete what `venvsh allow` has approved ({state})?"
    )) {
        setup::delete(&state)?;
        ui::out(&format!("deleted {state}\n"));
    }
    Ok(())
}

/// The files that remain, for the user to decide on; one a line.
fn remains(session: &Session, files: &[StartupFile]) -> Result<String, Error> {
    let mut lines = Vec::new();
    for file in files {
        for number in file.look().hook {
            lines.push(format!("{}:{number}: {}", file.path, file.line(number)));
        }
        lines.extend(file.copies().into_iter().map(Utf8PathBuf::into_string));
    }
    let data = session.config.data_dir();
    let nushell = data.map(|dir| dir.join(NUSHELL_FILE));
    for path in [nushell, session.config.state_dir()].into_iter().flatten() {
        if setup::exists(&path)? {
            lines.push(path.into_string());
        }
    }
    let home = WorkonHome::from_config(&session.config)?;
    match home.names() {
        Ok(names) if !names.is_empty() => {
            lines.push(format!(
                "{} (environments: {})",
                home.directory(),
                names.len()
            ));
        }
        _ => {}
    }
    lines.push(own_program(&session.config)?.into_string());
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    Ok(format!("What remains:\n{lines}"))
}
