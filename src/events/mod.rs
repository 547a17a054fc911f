//! The user's own code for events: hook scripts, plugins, and the allowed scripts of projects.
//!
//! [`Events::happens`] is the only way to fire an event; [`event`] has the table of events.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::{Environment, ExtraFile};
use crate::error::Error;
use crate::session::Session;
use crate::shell::{Effect, Ident};
use event::{Event, How, Row, Source, Subject, When};
use plugins::Plugins;
use scripts::Scripts;

pub(crate) mod by_name;
pub(crate) mod event;
mod plugin_index;
pub(crate) mod plugins;
mod scripts;
pub(crate) mod trust;

pub(crate) use scripts::own as own_scripts;

/// The user's code for all events.
pub(crate) struct Events<'a> {
    scripts: Scripts<'a>,
    plugins: Plugins<'a>,
}

/// Whose code an event runs.
#[derive(Clone, Copy)]
pub(crate) enum Only<'a> {
    /// Everybody's.
    All,
    /// That of these plugins; the user's scripts count as the plugin `user_scripts`.
    Plugins(&'a [String]),
}

/// The name under which the user's scripts are a plugin in virtualenvwrapper.
const USER_SCRIPTS: &str = "user_scripts";

impl<'a> Events<'a> {
    /// The user's code. Nothing is read yet.
    pub(crate) fn of(session: &'a Session) -> Result<Self, Error> {
        Self::with(session, Plugins::of(session))
    }

    /// The same with these plugins.
    pub(crate) fn with(session: &'a Session, plugins: Plugins<'a>) -> Result<Self, Error> {
        Ok(Self {
            scripts: Scripts::of(session)?,
            plugins,
        })
    }

    /// Notes once for each script for POSIX shells that the waiting shell does not source it, with the name that it does source.
    pub(crate) fn tell_unread(&self, environment: &Environment) {
        self.scripts.tell_unread(environment);
    }

    /// Whether there is any code for the event of an environment. What environments share is looked at here, once for a list.
    pub(crate) fn code(&self, event: Event) -> impl Fn(&Environment) -> bool {
        let row = event.row();
        let has = |source: Source, subject: &Subject<'_>| match source {
            Source::Plugins => self.plugins.has(row.name),
            _ => self.scripts.has_code(row, source, subject),
        };
        let is_shared = |source: &&Source| matches!(source, Source::Plugins | Source::Global);
        let mut shared = row.order.iter().filter(is_shared);
        let for_all = shared.any(|&source| has(source, &Subject::default()));
        move |environment| {
            let subject = || Subject::environment(environment);
            let mut own = row.order.iter().filter(|source| !is_shared(source));
            for_all || own.any(|&source| has(source, &subject()))
        }
    }

    /// Fires the event. Returns the part that the shell has to run.
    pub(crate) fn happens(&self, event: Event, subject: &Subject<'_>) -> Vec<Effect> {
        let row = event.row();
        self.fire(row, row.when, Only::All, subject)
    }

    /// Fires the event now, whatever time the table has for it.
    pub(crate) fn happens_now(
        &self,
        event: Event,
        only: Only<'_>,
        subject: &Subject<'_>,
    ) -> Vec<Effect> {
        self.fire(event.row(), When::Now, only, subject)
    }

    /// The files that `deactivate` sources when the event happens.
    pub(crate) fn files(&self, event: Event, subject: &Subject<'_>) -> Vec<String> {
        let row = event.row();
        let file = |&source: &Source| match source {
            Source::Plugins => self.plugins.leaving(row.name),
            Source::Local if is_barred(subject) => None,
            _ => Some(self.scripts.find(row, source, subject)?.into_string()),
        };
        row.order.iter().filter_map(file).collect()
    }

    /// The scripts that a new environment has.
    pub(crate) fn local_files(&self) -> Vec<ExtraFile> {
        self.scripts.local()
    }

    /// Makes the scripts that do not exist yet: the global ones and the environment's.
    pub(crate) fn make_files(&self, environment: &Environment) {
        self.scripts.make_global();
        self.scripts.make_local(environment);
    }

    /// The variables that scripts see and the shell does not have.
    pub(crate) fn variables(&self) -> Vec<(Ident, String)> {
        self.scripts.missing()
    }

    /// Makes the global scripts that do not exist yet.
    pub(crate) fn make_global_files(&self) {
        self.scripts.make_global();
    }

    /// The directory of the global scripts.
    pub(crate) fn directory(&self) -> &Utf8Path {
        self.scripts.directory()
    }

    fn fire(&self, row: &Row, when: When, only: Only<'_>, subject: &Subject<'_>) -> Vec<Effect> {
        let with_scripts = match only {
            Only::All => true,
            Only::Plugins(names) => {
                names.is_empty() || names.iter().any(|name| name == USER_SCRIPTS)
            }
        };
        let mut effects = Vec::new();
        for &source in row.order {
            match source {
                Source::Plugins if when == When::InTurn => {
                    effects.extend(self.plugins.in_turn(row.name, &subject.args));
                }
                Source::Plugins => {
                    let names = match only {
                        Only::All => &[],
                        Only::Plugins(names) => names,
                    };
                    effects.extend(self.plugins.now(row.name, names, &subject.args));
                }
                _ if with_scripts => effects.extend(self.script(row, when, source, subject)),
                _ => {}
            }
        }
        effects
    }

    /// Runs the script of one place now, or returns the effects that run it in the shell.
    fn script(&self, row: &Row, when: When, source: Source, subject: &Subject<'_>) -> Vec<Effect> {
        let Some(script) = self.scripts.find(row, source, subject) else {
            return Vec::new();
        };
        let is_barred = || source == Source::Local && is_barred(subject);
        let effects = match (row.how, when) {
            (How::Sourced, _) => self.scripts.source(&script, row.short_name()),
            (_, When::InTurn) => self.scripts.run_later(&script, &subject.args),
            (_, _) if is_barred() => return Vec::new(),
            (how, _) => {
                let inside = subject.environment.filter(|_| how == How::RunInside);
                self.scripts.run(&script, &subject.args, inside);
                return Vec::new();
            }
        };
        if !effects.is_empty() && is_barred() {
            return Vec::new();
        }
        effects
    }
}

/// The paths of the scripts of its own that run when the environment at that path is entered and left, whether they exist or not.
pub(crate) fn scripts_of_entering(session: &Session, root: &Utf8Path) -> Vec<Utf8PathBuf> {
    let scripts = Scripts::of(session);
    scripts.map_or_else(|_| Vec::new(), |scripts| scripts.of_entering(root))
}

/// Whether the scripts of the environment's own do not run, because git may have brought them.
fn is_barred(subject: &Subject<'_>) -> bool {
    subject.environment.is_some_and(Scripts::is_of_checkout)
}
