//! An environment under another name: what copying and renaming share.

use camino::Utf8Path;

use super::activation_scripts::ActivationScripts;
use super::enter;
use super::users_maker::{Progress, UsersMaker};
use crate::environment::Environment;
use crate::environment::{Copied, CopyRequest};
use crate::error::Error;
use crate::session::Session;
use crate::shell::Activation;
use crate::ui;

pub(crate) fn request<'a>(
    source: &'a Environment,
    target: &'a Utf8Path,
    scripts: &'a [(&'a str, &'a str)],
) -> CopyRequest<'a> {
    CopyRequest {
        source,
        target,
        scripts,
    }
}

/// The activation scripts of the environment at its new place.
pub(crate) fn new_scripts(
    source: &Environment,
    target: &Utf8Path,
) -> Result<ActivationScripts, Error> {
    let prompt = request(source, target, &[]).prompt().to_owned();
    let activation = Activation {
        root: target.to_string(),
        prompt,
        site_directories: source.site_directories_from_bin(),
        ..enter::activation(source)
    };
    Ok(ActivationScripts::of(&activation, &[])?)
}

pub(crate) fn done(copied: Copied) -> Environment {
    copied.notes.iter().for_each(|note| ui::note(note));
    copied.environment
}

/// The user's own program makes the copy: it gets both full paths (virtualenv-clone).
pub(crate) fn clone_by(
    session: &Session,
    word: &str,
    source: &Environment,
    target: &Utf8Path,
) -> Result<Progress<Environment>, Error> {
    if target.symlink_metadata().is_ok() {
        return Err(Error::TargetExists {
            path: target.to_owned(),
        });
    }
    let args = vec![source.root().to_string(), target.to_string()];
    let then = [
        "cpvirtualenv",
        "--made",
        "--",
        source.root().as_str(),
        target.file_name().expect("it has a name"),
    ];
    UsersMaker {
        session,
        word,
        args,
        target,
    }
    .make(then.map(str::to_owned).into())
}
