//! The steps that copying and renaming an environment share.

use camino::{Utf8Path, Utf8PathBuf};

use super::activation_scripts::ActivationScripts;
use super::cd::Cd;
use super::enter;
use super::users_maker::{Progress, UsersMaker};
use crate::config::vars;
use crate::environment::projects::{link_counts, link_files};
use crate::environment::{Copied, CopyRequest, Environment, ExtraFile, WorkonHome, finish, trust};
use crate::error::Error;
use crate::events::event::{Event, Subject};
use crate::events::{Events, own_scripts};
use crate::names::called;
use crate::platform::{self, BIN};
use crate::session::continuation::Continuation;
use crate::session::{Outcome, Session};
use crate::shell::{Activation, Plan};
use crate::ui;

/// The request for a copy or a renaming.
pub(crate) fn request<'a>(
    source: &'a Environment,
    target: &'a Utf8Path,
    scripts: &'a [(&'a str, &'a str)],
    files: &'a [ExtraFile],
) -> CopyRequest<'a> {
    CopyRequest {
        source,
        target,
        scripts,
        files,
        without: &[],
    }
}

/// Refuses a source that came with a checkout: the copy is the user's own, with its hook scripts and variables.
///
/// # Errors
/// When git brought a part of it, or when that is not known.
pub(crate) fn check_source(home: &WorkonHome, source: &Environment) -> Result<(), Error> {
    let root = source.root();
    let meta = crate::fs::look_at_link(root)?;
    if !home.holds(root) || meta.is_some_and(|meta| meta.is_symlink()) {
        trust::check_own(root)?;
    }
    Ok(())
}

/// What a copy in `WORKON_HOME` does not get of a source outside of it, by paths in it, as an archive may have brought it: hook scripts,
/// which do not run there, and a link to a project that does not count there. A note names each.
///
/// # Errors
/// When its directory of programs is a link, behind which a copy would find them, or cannot be listed.
pub(crate) fn left_out(
    session: &Session,
    home: &WorkonHome,
    source: &Environment,
    target: &Utf8Path,
) -> Result<Vec<Utf8PathBuf>, Error> {
    let scripts = scripts_left_out(home, source.root(), source)?;
    if !scripts.is_empty() {
        let names: Vec<_> = scripts.iter().filter_map(|it| it.file_name()).collect();
        let bin = source.bin();
        let quoted = names.iter().map(|name| bin.join(name).into_string());
        let words = ["cp".to_owned()].into_iter().chain(quoted);
        let words: Vec<_> = words.chain([target.join(BIN).into_string()]).collect();
        ui::note_with_hint(
            &format!("hook scripts not copied: {}", names.join(", ")),
            &shell_words::join(words),
        );
    }
    let links = links_left_out(session, home, source.root());
    for link in &links {
        if let Some(project) = source.project(link.as_str()).transpose() {
            // Of one that cannot be read there is only the name.
            let project = project.unwrap_or_else(|_| "DIR".into());
            let words = [target.file_name().unwrap_or_default(), project.as_str()];
            ui::note_with_hint(
                &format!("link to the project not copied: {link}"),
                &format!(
                    "{} {}",
                    called("setvirtualenvproject"),
                    shell_words::join(words)
                ),
            );
        }
    }
    Ok(scripts.into_iter().chain(links).collect())
}

/// The hook scripts of the environment, if a copy of the one at `source` does not get them.
fn scripts_left_out(
    home: &WorkonHome,
    source: &Utf8Path,
    environment: &Environment,
) -> Result<Vec<Utf8PathBuf>, Error> {
    if home.holds(source) {
        return Ok(Vec::new());
    }
    let bin = environment.bin();
    if crate::fs::look_at_link(&bin)?.is_some_and(|meta| meta.is_symlink()) {
        return Err(Error::BadPath {
            path: bin.into_string(),
            reason: "it is a link",
        });
    }
    let names = own_scripts(&bin)?.into_iter();
    Ok(names.map(|name| Utf8Path::new(BIN).join(name)).collect())
}

/// The files that link an environment to its project, if a copy of the one at `source` does not get them.
fn links_left_out(session: &Session, home: &WorkonHome, source: &Utf8Path) -> Vec<Utf8PathBuf> {
    if link_counts(&session.config, home, source) {
        return Vec::new();
    }
    link_files(&session.config)
}

/// The activation scripts of the environment at its new place.
pub(crate) fn new_scripts(
    source: &Environment,
    target: &Utf8Path,
) -> Result<ActivationScripts, Error> {
    let prompt = request(source, target, &[], &[]).prompt().to_owned();
    let activation = Activation {
        root: target.to_string(),
        prompt,
        site_directories: source.site_directories_from_bin()?,
        ..enter::activation(source)
    };
    Ok(ActivationScripts::of(&activation, &[])?)
}

/// The environment, after finishing a renaming that was killed.
pub(crate) fn finished(environment: Environment) -> Result<Environment, Error> {
    if environment.moved_from().is_none() {
        return Ok(environment);
    }
    let scripts = new_scripts(&environment, environment.root())?;
    Ok(done(finish(&environment, &scripts.files())?))
}

/// The environment at its new place. What the user should know of its files is said.
pub(crate) fn done(copied: Copied) -> Environment {
    copied.notes.iter().for_each(|note| ui::note(note));
    copied.environment
}

/// Makes the copy by the user's own program, which gets both full paths, as virtualenv-clone does.
pub(crate) fn clone_by(
    session: &Session,
    word: &str,
    source: &Environment,
    target: &Utf8Path,
) -> Result<Progress<Environment>, Error> {
    request(source, target, &[], &[]).check()?;
    let args = vec![source.root().to_string(), target.to_string()];
    let then = Continuation::Copied {
        source: source.root().to_string(),
        name: target.file_name().expect("it has a name").to_owned(),
    };
    UsersMaker {
        session,
        variable: vars::VIRTUALENV_CLONE,
        word,
        args,
        target,
    }
    .make(&then)
}

/// Enters the copy, with the user's code for the events.
pub(crate) fn finish_copy(
    session: &Session,
    source: &Utf8Path,
    copy: &Environment,
) -> Result<Outcome, Error> {
    // The user's own program copies all.
    let home = WorkonHome::from_config(&session.config)?;
    let scripts = scripts_left_out(&home, source, copy)?;
    for path in scripts
        .into_iter()
        .chain(links_left_out(session, &home, source))
    {
        platform::remove_file(&copy.root().join(path))?;
    }
    let events = Events::of(session)?;
    events.make_files(copy);
    let subject = Subject::environment(copy);
    let copied = subject.clone().with_args(&[source.as_str(), copy.name()]);
    let mut effects = events.happens(Event::PreCpvirtualenv, &copied);
    effects.extend(events.happens(Event::PreMkvirtualenv, &subject));
    let entered = enter::enter_new(session, copy, Cd::usual(&session.config))?;
    effects.extend_from_slice(&entered.plan.0);
    let subject = subject.with_args(&[]);
    effects.extend(events.happens(Event::PostMkvirtualenv, &subject));
    effects.extend(events.happens(Event::PostCpvirtualenv, &subject));
    Ok(Outcome {
        plan: Plan(effects),
        ..entered
    })
}
