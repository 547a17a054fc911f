//! An environment that is deleted when it is left.

use camino::{Utf8Path, Utf8PathBuf};

use super::cd::Cd;
use super::enter::{Made, enter_made};
use crate::environment::{ExtraFile, Name};
use crate::error::Error;
use crate::fs::{append, write_atomic};
use crate::names::called;
use crate::platform::{BIN, Platform};
use crate::session::{Outcome, Session};
use crate::shell::snippets::{self, README};
use crate::shell::{Effect, Shell};
use crate::ui;

/// `tmp-` and 16 hexadecimal digits that no other process has at this time.
pub(crate) fn unused_name() -> Result<Name, Error> {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let seed = format!("{} {}", std::process::id(), now.as_nanos());
    let digits = crate::digest::hex(&[seed.as_bytes()], 8);
    format!("tmp-{digits}").parse()
}

/// Adds to the files of a new environment what lets `deactivate` delete it.
pub(crate) fn mark(files: &mut Vec<ExtraFile>, root: &Utf8Path) -> Result<(), Error> {
    for (path, text) in leave_scripts(root)? {
        match files.iter_mut().find(|file| file.path == path) {
            Some(file) => file.text.push_str(&text),
            None => files.push(ExtraFile {
                path,
                text,
                mode: 0o644,
            }),
        }
    }
    files.push(ExtraFile {
        path: README.into(),
        text: about(),
        mode: 0o644,
    });
    Ok(())
}

/// Enters it, and says so. Its maker may know nothing of the mark, and a hook may have written over it.
pub(crate) fn finish(session: &Session, made: &Made, cd: bool) -> Result<Outcome, Error> {
    let root = made.environment.root();
    for (path, text) in leave_scripts(root)? {
        let script = root.join(path);
        let old = crate::fs::read_list(&script)?.unwrap_or_default();
        if !old.contains(&text) {
            append(&script, &text)?;
        }
    }
    if !crate::fs::exists(&root.join(README))? {
        write_atomic(&root.join(README), about())?;
    }
    ui::out(&about());
    let mut outcome = enter_made(session, made, Cd::usual(&session.config))?;
    if cd {
        outcome.plan.0.push(Effect::Cd(root.to_string()));
    }
    Ok(outcome)
}

/// The text for the user, which is in the environment's own directory too.
fn about() -> String {
    let command = called("deactivate");
    format!("This is a temporary environment. `{command}` deletes it.\n")
}

/// What `deactivate` does with a temporary environment: scripts of the environment, one for each language.
fn leave_scripts(root: &Utf8Path) -> Result<Vec<(Utf8PathBuf, String)>, Error> {
    let name = root.file_name().unwrap_or_default();
    let mut scripts = Vec::new();
    // cmd cannot express every path of other systems, and is not there.
    let is_here = |shell: &Shell| Platform::HERE == Platform::Windows || *shell != Shell::Cmd;
    for shell in Shell::ALL.into_iter().filter(is_here) {
        if let Some(text) = snippets::leave_script(shell, root.as_str(), name)? {
            let script = format!("postdeactivate{}", shell.script_extension());
            scripts.push((Utf8Path::new(BIN).join(script), text));
        }
    }
    Ok(scripts)
}
