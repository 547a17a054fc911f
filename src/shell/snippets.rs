//! Short texts that `deactivate` sources: one deletes a temporary environment, one reports an event to plugins.

use askama::Template;

use super::batch::with_line_ends;
use super::cmd_words::Batch;
use super::kinds::Shell;
use super::quote::{
    Csh, Elvish, Fish, Ident, Nu, Posix, PowerShell, Python, Quoted, Unquotable, quote,
};

/// Reports an event to plugins; for bash and zsh, which pass it the event and its arguments. It does nothing without the hook.
pub const EVENT_SCRIPT: &str = include_str!("../../shells/event.sh");

/// The file that marks an environment as temporary. Deleting it keeps the environment.
pub const README: &str = "README.tmpenv";

macro_rules! scripts {
    ($($name:ident: $dialect:ident, $template:literal;)*) => {$(
        #[derive(Template)]
        #[template(path = $template)]
        struct $name {
            readme: Quoted<$dialect>,
            name: Quoted<$dialect>,
        }

        impl $name {
            fn text(root: &str, name: &str) -> Result<String, Unquotable> {
                let script = Self { readme: quote(&format!("{root}/{README}"))?, name: quote(name)? };
                Ok(script.render().expect("a String takes every write") + "\n")
            }
        }
    )*};
}

scripts! {
    InPosix: Posix, "tmpenv.sh";
    InFish: Fish, "tmpenv.fish";
    InCsh: Csh, "tmpenv.csh";
    InPowerShell: PowerShell, "tmpenv.ps1";
    InNushell: Nu, "tmpenv.nu";
    InXonsh: Python, "tmpenv.xsh";
    InElvish: Elvish, "tmpenv.elv";
    InBatch: Batch, "tmpenv.bat";
}

/// What `venvsh doctor` has bash and zsh run: it tells which of these names are the user's aliases and functions.
#[must_use]
pub fn shadowed(names: &[Ident]) -> String {
    let text = Shadowed { names }.render();
    text.expect("a String takes every write")
}

#[derive(Template)]
#[template(path = "shadowed.bash")]
struct Shadowed<'a> {
    names: &'a [Ident],
}

/// The text to append to `postdeactivate`, for shells with a hook. Shells that share a language share the file, so only one of
/// them has a text.
///
/// # Errors
/// [`Unquotable`] when the language cannot express the environment's path.
pub fn leave_script(shell: Shell, root: &str, name: &str) -> Result<Option<String>, Unquotable> {
    match shell {
        Shell::Posix => InPosix::text(root, name).map(Some),
        Shell::Fish => InFish::text(root, name).map(Some),
        Shell::Tcsh => InCsh::text(root, name).map(Some),
        Shell::PowerShell => InPowerShell::text(root, name).map(Some),
        Shell::Nushell => InNushell::text(root, name).map(Some),
        Shell::Xonsh => InXonsh::text(root, name).map(Some),
        Shell::Elvish => InElvish::text(root, name).map(Some),
        Shell::Cmd => Ok(Some(with_line_ends(&InBatch::text(root, name)?))),
        Shell::Bash | Shell::Zsh | Shell::Ksh => Ok(None),
    }
}
