//! `venvsh cache dir|verify|clean`: shows, checks or deletes the caches.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use serde_json::json;

use super::command::Run;
use crate::environment::Verified;
use crate::error::Error;
use crate::ops::caches::{self, Cache};
use crate::ops::details::human;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `cache`.
#[derive(Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Print the directory of the caches
    Dir {
        /// Print the caches and their sizes as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check the unpacked wheels, and delete damaged ones
    Verify {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Delete the caches; commands fill them again when they need them
    Clean {
        /// Only show what would be deleted
        #[arg(short = 'n', long)]
        dry_run: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

impl Run for CacheArgs {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let directory = caches::directory(&session.config)?;
        match self.what {
            What::Dir { json: false } => ui::out(&format!("{directory}\n")),
            What::Dir { json: true } => {
                let all = caches::all(&session.config)?;
                let text = json!({ "path": directory.as_str(), "caches": described(&all) });
                ui::out(&format!("{text:#}\n"));
            }
            What::Verify { json } => {
                let progress = ui::progress("checking caches");
                let verified = caches::verify(&session.config)?;
                drop(progress);
                ui::out(&checked(&verified, json));
            }
            What::Clean { dry_run, json } => {
                let progress = ui::progress("deleting caches");
                let all = caches::all(&session.config)?;
                if !dry_run {
                    all.iter().try_for_each(Cache::delete)?;
                }
                drop(progress);
                let text = if json {
                    let text = json!({ "deleted": !dry_run, "caches": described(&all) });
                    format!("{text:#}\n")
                } else {
                    report(&all, dry_run)
                };
                ui::out(&text);
            }
        }
        Ok(().into())
    }
}

/// A line for each damaged wheel, and one for the others.
fn checked(verified: &Verified, as_json: bool) -> String {
    let Verified { whole, deleted } = verified;
    if as_json {
        let one = |(path, damage): &(Utf8PathBuf, String)| json!({ "path": path.as_str(), "damage": damage });
        let deleted: Vec<_> = deleted.iter().map(one).collect();
        return format!("{:#}\n", json!({ "whole": whole, "deleted": deleted }));
    }
    let mut text: String = deleted
        .iter()
        .map(|(path, damage)| {
            format!(
                "deleted {path} ({damage}); environments that share its files may be damaged too\n"
            )
        })
        .collect();
    text += &format!("without damage: {whole}\n");
    text
}

fn described(all: &[Cache]) -> Vec<serde_json::Value> {
    let one = |cache: &Cache| json!({ "path": cache.path.as_str(), "size": cache.size, "shared": cache.shared });
    all.iter().map(one).collect()
}

/// A line for each cache, with the space that it frees.
fn report(all: &[Cache], dry_run: bool) -> String {
    if all.is_empty() {
        return "nothing is cached\n".to_owned();
    }
    let verb = if dry_run { "would delete" } else { "deleted" };
    let line = |cache: &Cache| {
        let shared = match cache.shared {
            0 => String::new(),
            shared => format!("; environments keep {} of it", human(shared)),
        };
        format!("{verb} {} ({}{shared})\n", cache.path, human(cache.size))
    };
    all.iter().map(line).collect()
}
