//! `venvsh gc`: finds unused environments and caches, and deletes them on request.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::environment::Environment;
use crate::error::Error;
use crate::names::called;
use crate::ops::description::date;
use crate::ops::details::human;
use crate::ops::garbage::{Garbage, Rest, Size, Unused};
use crate::ops::removal::remove_all;
use crate::ops::select;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `gc`.
#[derive(Args)]
pub(crate) struct Gc {
    /// Days without use after which an environment is shown
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: u32,
    /// Only show what is found
    #[arg(short = 'n', long, conflicts_with_all = ["yes", "remove"])]
    dry_run: bool,
    /// Delete all that is found, the environments too
    #[arg(short, long, conflicts_with = "remove")]
    yes: bool,
    /// Delete these of the environments that are found, and nothing else
    #[arg(long, value_name = "NAME", num_args = 1.., add = Takes::Environment)]
    remove: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Run for Gc {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let found = {
            let _progress = ui::progress("looking for unused environments and caches");
            Garbage::find(session, self.days)?
        };
        if !self.remove.is_empty() {
            return remove_all(session, &chosen(&found, &self.remove, self.days)?);
        }
        if self.json {
            ui::out(&format!("{:#}\n", found.json()));
        } else {
            ui::out(&report(&found, self.days));
        }
        if self.dry_run || found.is_empty() {
            return Ok(().into());
        }
        self.delete(session, &found)
    }
}

impl Gc {
    /// Deletes what the user agrees to, and says how the rest is deleted.
    fn delete(&self, session: &Session, found: &Garbage) -> Result<Outcome, Error> {
        let asks =
            || !self.json && ui::confirm("delete the unused caches and what commands left behind?");
        let deletes = found.has_rests() && (self.yes || asks());
        if deletes {
            let _progress = ui::progress("deleting");
            found.delete_rests()?;
        }
        let environments: Vec<_> = found.environments.iter().map(environment).collect();
        if self.yes {
            return remove_all(session, &environments);
        }
        let names = environments.iter().map(|it| shell_words::quote(it.name()));
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            let hint = format!(
                "venvsh gc --yes deletes all; venvsh gc --remove {} only environments",
                names.join(" ")
            );
            ui::note_with_hint("no environment is deleted", &hint);
        } else if !deletes {
            ui::note_with_hint("nothing is deleted", "venvsh gc --yes deletes it");
        }
        Ok(().into())
    }
}

fn environment(unused: &Unused) -> Environment {
    unused.environment.clone()
}

/// The environments of these names, if all are among those found.
fn chosen(found: &Garbage, names: &[String], days: u32) -> Result<Vec<Environment>, Error> {
    let one = |name: &String| {
        let name = select::name(name)?;
        let mut all = found.environments.iter();
        all.find(|unused| unused.environment.name() == name.as_str())
            .map(environment)
            .ok_or_else(|| Error::Usage {
                message: format!("not among the environments unused for {days} days: {name}"),
                hint: Some(format!(
                    "{} {name} removes any environment",
                    called("rmvirtualenv")
                )),
            })
    };
    names.iter().map(one).collect()
}

fn report(found: &Garbage, days: u32) -> String {
    if found.is_empty() {
        return "nothing to delete\n".to_owned();
    }
    let mut text = String::new();
    if !found.environments.is_empty() {
        text.push_str(&format!("environments not used for {days} days:\n"));
        for Unused {
            environment,
            used,
            size,
        } in &found.environments
        {
            let used = date(*used);
            text.push_str(&format!(
                "  {}  last used {used}, {}\n",
                environment.name(),
                sized(*size)
            ));
        }
    }
    for (title, rests) in [
        ("unused caches", &found.caches),
        ("left behind by killed commands", &found.leftovers),
    ] {
        if !rests.is_empty() {
            text.push_str(&format!("{title}:\n"));
        }
        for Rest { path, size } in rests {
            text.push_str(&format!("  {path}  {}\n", sized(*size)));
        }
    }
    text.push_str(&format!(
        "deleting all of it frees {}\n",
        human(found.frees)
    ));
    text
}

/// The size, and what its deletion frees if that is less.
fn sized(size: Size) -> String {
    if size.frees == size.bytes {
        human(size.bytes)
    } else {
        format!("{} (frees {})", human(size.bytes), human(size.frees))
    }
}
