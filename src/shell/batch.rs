//! The files of cmd.exe: one batch file for each command, and the text of a plan around its steps.

use askama::Template;
use askama::filters::Safe;

use super::activation::{Activation, Activator, Form};
use super::cmd_words::{Batch, BatchBare};
use super::quote::{Ident, Quoted, Unquotable, number, quote};

/// The step of a plan that enters the environment.
pub(super) const ENTER: &str = "@call :enter\n";

/// The first line of each file begins so: what does not was written by somebody else.
pub const MARK: &str = "@rem venvsh, protocol ";

/// The values in the batch file of one command.
pub(super) struct CommandFile<'a> {
    /// Its name in the shell.
    pub(super) function: &'a str,
    /// Its own name. `None`: the program itself, which takes the name from its arguments.
    pub(super) verb: Option<&'a Ident>,
    /// The value of `VENVSH_HOOK`, and that while delayed expansion is on.
    pub(super) channels: [&'a str; 2],
    /// The program.
    pub(super) program: &'a str,
    /// The directory of plans.
    pub(super) emit_dir: &'a str,
    /// The number of the protocol.
    pub(super) protocol: u32,
}

impl CommandFile<'_> {
    /// The text of the file.
    ///
    /// # Errors
    /// [`Unquotable`] when a batch file cannot express a path.
    pub(super) fn text(&self) -> Result<String, Unquotable> {
        let text = HookFile {
            function: quote(self.function)?,
            verb: self.verb.map(Ident::bare),
            channel: quote(self.channels[0])?,
            channel_delayed: quote(self.channels[1])?,
            program: quote(self.program)?,
            emit_dir: quote(self.emit_dir)?,
            protocol: number(self.protocol),
            ascii: self.program.is_ascii() && self.emit_dir.is_ascii(),
        };
        let text = text.render().expect("a String takes every write");
        Ok(with_line_ends(&text))
    }
}

/// The plan: its steps, and behind them the subroutines that enter this environment and leave any.
///
/// # Errors
/// [`Unquotable`] when a batch file cannot express a value of the environment.
pub(super) fn plan(steps: &str, entered: Option<&Activation>) -> Result<String, Unquotable> {
    let form = Form::Plan(super::kinds::Shell::Cmd);
    let enter = match entered {
        Some(activation) => {
            // The scripts around leaving are a step, which can express any path.
            let only_entered = Activation {
                before_leaving: Vec::new(),
                after_leaving: Vec::new(),
                ..activation.clone()
            };
            let text = Activator::ActivateBat.render(&only_entered, form)?;
            format!("\n:enter\n{text}")
        }
        None => String::new(),
    };
    let leave = Activator::DeactivateBat.render(&Activation::default(), form)?;
    let ascii = steps.is_ascii() && enter.is_ascii();
    let [on, off] = [Utf8 {}.render(), Utf8End {}.render()].map(|text| {
        let text = text.expect("a String takes every write") + "\n";
        if ascii { String::new() } else { text }
    });
    Ok(with_line_ends(&format!(
        "{on}{steps}{off}@exit /b 0\n\n:leave\n{leave}{enter}"
    )))
}

/// cmd.exe fails in files with labels and bare line feeds.
pub(super) fn with_line_ends(text: &str) -> String {
    let mut lines = text.lines().collect::<Vec<_>>().join("\r\n");
    lines.push_str("\r\n");
    lines
}

#[derive(Template)]
#[template(path = "hook.bat")]
struct HookFile<'a> {
    function: Quoted<Batch>,
    verb: Option<Safe<&'a str>>,
    channel: Quoted<Batch>,
    channel_delayed: Quoted<Batch>,
    program: Quoted<BatchBare>,
    emit_dir: Quoted<BatchBare>,
    protocol: Safe<u32>,
    ascii: bool,
}

#[derive(Template)]
#[template(path = "utf8.bat")]
struct Utf8 {}

#[derive(Template)]
#[template(path = "utf8_end.bat")]
struct Utf8End {}
