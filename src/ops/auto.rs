//! Following the directory: from the shell's variables and the working directory to a plan.

use camino::{Utf8Path, Utf8PathBuf};

use super::enter::{enter_automatically, leave};
use super::follow::{Active, Decision, Memory, Off, Place, State, Step, Trusted};
use crate::config::{Config, vars};
use crate::environment::Environment;
use crate::environment::projects::{self, Hit};
use crate::environment::trust::{self, Verdict};
use crate::error::Error;
use crate::events::scripts_of_entering;
use crate::platform::{self, BIN};
use crate::session::{Outcome, Session, variable};
use crate::shell::{Effect, Followed, Plan};
use crate::ui;

/// Whether another process than that shell has started this one.
pub(crate) fn is_subshell(shell: u32) -> bool {
    !platform::is_started_by(shell)
}

/// Evaluates the working directory. `off` and `memory` are what the shell remembers.
///
/// # Errors
/// When the user's configuration cannot be read.
pub(crate) fn follow(session: &Session, off: &str, memory: &str) -> Result<Outcome, Error> {
    let config = &session.config;
    let Ok(here) = config.cwd() else {
        return Ok(().into());
    };
    if config.var(vars::NO_AUTO).is_some() || session.require_channel().is_err() {
        return Ok(().into());
    }
    let memory = Memory::read(memory);
    let owner = config.var(vars::AUTO).map(Utf8PathBuf::from);
    let state = State {
        active: active(config, owner.as_deref(), &memory),
        off: Off::read(off),
    };
    let looks = state.needs_place() && !waits_for_editor(config, &memory);
    let found = looks.then(|| found(session, here)).flatten();
    let place = Place {
        here,
        trusted: found.as_ref().map(|found| Trusted {
            directory: &found.directory,
            is_active: session.is_active(&found.environment),
        }),
    };
    let decision = state.decide(&place);
    let remembered = remembered(session, &state, &memory, &decision, found.as_ref());
    Ok(match (decision.step, &found) {
        (Step::Enter, Some(found)) => enter_automatically(session, &found.environment, remembered)?,
        (Step::Leave, _) => Plan(leave(session)?.into_iter().chain(remembered).collect()).into(),
        _ => Plan(remembered.into_iter().collect()).into(),
    })
}

/// After `workon .`: the environment is followed as if it had been entered automatically, if it would be.
pub(crate) fn followed(session: &Session, hit: &Hit, environment: &Environment) -> Option<Effect> {
    let is_trusted = || matches!(verdict(session, hit), Verdict::Trusted);
    (session.follows() && is_trusted()).then(|| {
        let memory = Memory {
            environment: Some(environment.root().to_owned()),
            ..Memory::default()
        };
        Effect::Follow(Followed {
            owner: Some(hit.directory.to_string()),
            memory: Some(memory.text()),
            ..Followed::default()
        })
    })
}

/// After `deactivate` in a shell that has only inherited the environment: none is entered here again.
pub(crate) fn left(session: &Session) -> Option<Effect> {
    let config = &session.config;
    let owner = config.var(vars::AUTO);
    if session.follows() {
        let here = || Some(format!("{}{}", config.cwd().ok()?, Off::MARK));
        return Some(Effect::Follow(Followed {
            off: owner.or_else(here),
            ..Followed::default()
        }));
    }
    owner.map(|_| Effect::Unset(variable(vars::AUTO)))
}

/// An environment that may be entered automatically.
struct Found {
    directory: Utf8PathBuf,
    environment: Environment,
}

fn found(session: &Session, here: &Utf8Path) -> Option<Found> {
    let accepts = |hit: &Hit| is_trusted(session, hit);
    let hit = projects::first_accepted(&session.config, here, accepts).ok()??;
    let environment = Environment::open(&entered_by(&hit)?).ok()?;
    if environment.broken().is_some() {
        return None;
    }
    Some(Found {
        directory: hit.directory,
        environment,
    })
}

/// The path by which it is entered: a link in the project may lead elsewhere after the next pull, while it is on `PATH`.
fn entered_by(hit: &Hit) -> Option<Utf8PathBuf> {
    if hit.may_be_by_link() {
        return crate::fs::physical(&hit.environment);
    }
    Some(hit.environment.clone())
}

fn verdict(session: &Session, hit: &Hit) -> Verdict {
    let channel = session.channel.as_ref();
    let extension = channel.and_then(|channel| channel.shell.conda_extension());
    let scripts = scripts_of_entering(session, &hit.environment);
    trust::verdict_in_shell(&session.config, hit, &scripts, extension)
}

/// Whether the environment is entered without the user's asking. If not, a note says why, once.
fn is_trusted(session: &Session, hit: &Hit) -> bool {
    let config = &session.config;
    let verdict = verdict(session, hit);
    if let Some(note) = trust::note(config, hit, &verdict) {
        match note.command {
            Some(command) => ui::note_with_hint(&note.text, &command),
            None => ui::note(&note.text),
        }
    }
    matches!(verdict, Verdict::Trusted)
}

/// Whether an editor is about to enter an environment in this new shell.
fn waits_for_editor(config: &Config, memory: &Memory) -> bool {
    memory.is_first && vars::EDITORS.iter().any(|name| config.var(name).is_some())
}

/// The active environment, and who has entered it.
fn active<'a>(config: &Config, owner: Option<&'a Utf8Path>, memory: &'a Memory) -> Active<'a> {
    match (owner, root(config)) {
        (None, None) => Active::Nothing,
        (None, Some(root)) if memory.environment.as_ref() == Some(&root) => {
            let directory = memory.replaced.as_deref();
            directory.map_or(Active::ByHand, Active::Followed)
        }
        (None, Some(_)) => Active::ByHand,
        (Some(owner), None) => Active::Left(owner),
        (Some(owner), Some(root)) if is_followed(config, &root, memory) => Active::Followed(owner),
        (Some(_), Some(_)) => Active::Replaced,
    }
}

/// The directory of the active environment. conda's `base` counts as none.
fn root(config: &Config) -> Option<Utf8PathBuf> {
    let conda = || {
        let name = config.var(vars::CONDA_DEFAULT_ENV)?;
        config.var(vars::CONDA_PREFIX).filter(|_| name != "base")
    };
    config.var(vars::VIRTUAL_ENV).or_else(conda).map(Into::into)
}

/// Whether the active environment is the one that was entered automatically. A child shell inherits it, and knows no more.
fn is_followed(config: &Config, root: &Utf8Path, memory: &Memory) -> bool {
    match &memory.environment {
        Some(entered) => entered == root,
        None => !waits_for_editor(config, memory) && !is_of_direnv(config, root),
    }
}

/// Whether direnv has entered it: it lies where direnv's `layout python` makes it.
fn is_of_direnv(config: &Config, root: &Utf8Path) -> bool {
    // The value is the directory of the `.envrc` behind a hyphen.
    let directory = config.var(vars::DIRENV_DIR);
    let directory = directory.as_deref().map(|it| it.trim_start_matches('-'));
    directory.is_some_and(|it| root.starts_with(Utf8Path::new(it).join(".direnv")))
}

/// What the shell remembers from now on; `None` if it remembers that already.
fn remembered(
    session: &Session,
    state: &State<'_>,
    memory: &Memory,
    decision: &Decision,
    found: Option<&Found>,
) -> Option<Effect> {
    let config = &session.config;
    let owner = config.var(vars::AUTO);
    let environment = match decision.step {
        Step::Enter => found.map(|found| found.environment.root().to_owned()),
        _ if decision.owner.is_some() => root(config),
        _ => None,
    };
    let path = (decision.step == Step::Stay && memory.environment.is_none())
        .then(|| in_front(config, environment.as_deref()?))
        .flatten();
    let replaced = match state.active {
        Active::Replaced => owner.clone().map(Utf8PathBuf::from),
        Active::ByHand => memory.replaced.clone(),
        _ => None,
    };
    let now = Memory {
        is_first: memory.is_first && !waits_for_editor(config, memory),
        ..memory.now(environment, replaced)
    };
    let is_known = decision.step == Step::Stay
        && *memory == now
        && owner.as_deref() == decision.owner.as_deref().map(Utf8Path::as_str)
        && state.off == decision.off.as_deref().map(Off::Directory);
    (!is_known).then(|| {
        Effect::Follow(Followed {
            owner: decision.owner.as_ref().map(ToString::to_string),
            off: decision.off.as_ref().map(ToString::to_string),
            memory: Some(now.text()),
            path,
        })
    })
}

/// `PATH` with the environment's programs in front; `None` if they are. The start-up files of a child shell may have put others
/// before them.
fn in_front(config: &Config, root: &Utf8Path) -> Option<String> {
    let bin = root.join(BIN);
    let path = config.var(vars::PATH)?;
    let dirs = || Config::entries(path.as_ref());
    if !dirs().any(|dir| dir == bin.as_str()) || dirs().next()? == bin.as_str() {
        return None;
    }
    let others = Config::without(&config.raw(vars::PATH)?, &bin);
    let all = std::iter::once(bin.into_string().into()).chain(Config::entries(&others));
    Config::joined(all)?.into_string().ok()
}
