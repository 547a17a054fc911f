//! An environment that is deleted when it is left.

use super::cd::Cd;
use super::enter::{Made, enter_made};
use crate::environment::{Environment, Name};
use crate::error::Error;
use crate::fs::append;
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

/// Marks the environment as temporary and enters it.
pub(crate) fn finish(session: &Session, made: &Made, cd: bool) -> Result<Outcome, Error> {
    mark(&made.environment)?;
    let mut outcome = enter_made(session, made, Cd::of(&session.config, false, false))?;
    if cd {
        let root = made.environment.root().to_string();
        outcome.plan.0.push(Effect::Cd(root));
    }
    Ok(outcome)
}

/// Lets `deactivate` delete the environment, with a message.
fn mark(environment: &Environment) -> Result<(), Error> {
    let about = "This is a temporary environment. `deactivate` deletes it.\n";
    fs_err::write(environment.root().join(README), about)?;
    for shell in Shell::ALL {
        let root = environment.root().as_str();
        if let Some(text) = snippets::leave_script(shell, root, environment.name())? {
            let script = format!("postdeactivate{}", shell.script_extension());
            append(&environment.bin().join(script), &text)?;
        }
    }
    ui::out(about);
    Ok(())
}
