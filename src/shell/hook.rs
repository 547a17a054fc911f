//! The text of `venvsh hook SHELL`: one function per command, one that applies plans, and completion.
//!
//! The program's path is the only value of the user in it. Everything else is read when a command runs.

use askama::Template;
use askama::filters::Safe;

use super::batch::CommandFile;
use super::dense::dense;
use super::kinds::{Hooked, Shell};
use super::prompt::{NO_PROMPT, Signs};
use super::quote::{
    Csh, Dialect, Elvish, Fish, Ident, Nu, Posix, PowerShellAscii, Python, Quoted, Unquotable,
    number, quote,
};
use crate::platform::Platform;

/// Protocol version between hook and program: channel, commands, names of variables.
pub const PROTOCOL: u32 = 1;

/// What a restricted shell, which cannot change `PATH` or redirect, sends in the place of a descriptor.
pub const RESTRICTED: &str = "-";

/// What a hook that follows the directory says of itself.
pub const FOLLOWS: &str = "auto";

/// What a shell that follows the directory says once when the program is gone.
const GONE: &str =
    "venvsh: the program is gone, so no environment is entered or left as the directory changes";

/// What mksh says, which takes the text for ksh93.
const NO_EVENT: &str = "venvsh: only ksh93 has an event for a change of directory: --auto";

/// The values in the hook's text.
pub struct Hook<'a> {
    /// The program, by the path under which it was found on `PATH`.
    pub program: &'a str,
    /// The directory of plans, for shells that read them from files.
    pub emit_dir: &'a str,
    /// The system that the program is for.
    pub platform: Platform,
    /// The commands that become functions.
    pub commands: &'a [Command],
    /// The words behind `venvsh` that never lead to a plan: what they print can go into a pipe in every shell.
    pub printing: &'a [Ident],
    /// The helper functions of virtualenvwrapper that dotfiles call, without its prefix; for bash and zsh.
    pub helpers: &'a [Ident],
    /// Variables whose current values the functions pass on.
    pub variables: &'a [Ident],
    /// Whether TAB completion is set up in interactive shells.
    pub completion: bool,
    /// Whether the name of an environment is drawn before the prompt.
    pub prompt: bool,
    /// Whether environments are entered and left as the directory changes.
    pub follows: bool,
}

/// A command that becomes a function.
pub struct Command {
    /// Its name in the shell, with the user's prefix.
    pub function: Ident,
    /// Its own name.
    pub verb: Ident,
}

impl Hook<'_> {
    /// The text for a shell; `None` where there is no hook.
    ///
    /// # Errors
    /// [`Unquotable`] when the shell's language cannot express the program's path.
    pub fn render(&self, shell: Shell) -> Result<Option<String>, Unquotable> {
        let Some(hooked) = shell.hooked() else {
            return Ok(None);
        };
        let text = match hooked {
            Hooked::Bash => BashHook(&self.fields(shell)?).render(),
            Hooked::Zsh => ZshHook(&self.fields(shell)?).render(),
            Hooked::Posix => PosixHook(&self.fields(shell)?).render(),
            Hooked::Fish => FishHook(&self.fields(shell)?).render(),
            Hooked::Tcsh => TcshHook(&self.fields(shell)?).render(),
            Hooked::Elvish => ElvishHook(&self.fields(shell)?).render(),
            Hooked::Nushell => NuHook(&self.fields(shell)?).render(),
            Hooked::Xonsh => {
                let code = XonshHook(&self.fields(shell)?).render();
                return in_python(&code.expect("a String takes every write")).map(Some);
            }
            Hooked::PowerShell => PowerShellHook(&self.fields(shell)?).render(),
            // It has no functions: `batch_files` has what it reads.
            Hooked::Cmd => return Ok(None),
        };
        let text = text.expect("a String takes every write");
        // zsh takes longer than in proportion to read a longer text.
        let is_dense = matches!(hooked, Hooked::Bash | Hooked::Zsh | Hooked::Posix);
        Ok(Some(if is_dense { dense(&text) } else { text }))
    }

    /// The text that takes the hook out of a running shell; `None` where nothing runs, as in cmd.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn unload(&self, shell: Shell) -> Result<Option<String>, Unquotable> {
        let Some(hooked) = shell.hooked() else {
            return Ok(None);
        };
        let text = match hooked {
            Hooked::Bash | Hooked::Zsh | Hooked::Posix => PosixUnload(&self.fields(shell)?)
                .render()
                .map(|text| dense(&text)),
            Hooked::Fish => FishUnload(&self.fields(shell)?).render(),
            Hooked::Tcsh => TcshUnload(&self.fields(shell)?).render(),
            Hooked::Nushell => NuUnload(&self.fields(shell)?).render(),
            Hooked::Elvish => ElvishUnload(&self.fields(shell)?).render(),
            Hooked::Xonsh => {
                let code = XonshUnload(&self.fields(shell)?).render();
                return in_python(&code.expect("a String takes every write")).map(Some);
            }
            Hooked::PowerShell => PowerShellUnload(&self.fields(shell)?).render(),
            Hooked::Cmd => return Ok(None),
        };
        Ok(Some(text.expect("a String takes every write")))
    }

    /// The batch files for cmd, by name: one for each command, and one for `venvsh`.
    ///
    /// # Errors
    /// [`Unquotable`] when a batch file cannot express a path.
    pub fn batch_files(&self) -> Result<Vec<(String, String)>, Unquotable> {
        let channels = ["", "delayed"].map(|mode| self.channel_by(Shell::Cmd, mode));
        let file = |function: &str, verb: Option<&Ident>| {
            let file = CommandFile {
                function,
                verb,
                channels: channels.each_ref().map(String::as_str),
                program: self.program,
                emit_dir: self.emit_dir,
                protocol: PROTOCOL,
            };
            Ok((format!("{function}.bat"), file.text()?))
        };
        let commands = self.commands.iter();
        let commands = commands.map(|command| file(command.function.as_str(), Some(&command.verb)));
        std::iter::once(file("venvsh", None))
            .chain(commands)
            .collect()
    }

    fn prefix(&self) -> Option<Ident> {
        let Command { function, verb, .. } = self.commands.first()?;
        Ident::new(function.as_str().strip_suffix(verb.as_str())?)
    }

    /// What the functions say of themselves in `VENVSH_HOOK`: protocol, shell, descriptor, their names if those are not the
    /// commands' own, and whether they follow the directory.
    fn channel(&self, shell: Shell) -> String {
        let descriptor = if shell.reads_plans_from_files(self.platform) {
            ""
        } else {
            "8"
        };
        self.channel_by(shell, descriptor)
    }

    fn channel_by(&self, shell: Shell, descriptor: &str) -> String {
        let names = match self.prefix() {
            _ if self.commands.is_empty() => "-".to_owned(),
            None => String::new(),
            Some(prefix) => prefix.as_str().to_owned(),
        };
        let follows = if self.follows { FOLLOWS } else { "" };
        let all = format!("{PROTOCOL}:{shell}:{descriptor}:{names}:{follows}");
        all.trim_end_matches(':').to_owned()
    }

    /// A path of Windows for a shell that knows a path by its slashes: programs of Windows read these as well.
    fn with_slashes(&self, path: &str, shell: Shell) -> String {
        if self.platform == Platform::Windows && shell.is_from_unix() {
            path.replace('\\', "/")
        } else {
            path.to_owned()
        }
    }

    fn fields<D: Dialect>(&self, shell: Shell) -> Result<HookFields<'_, D>, Unquotable> {
        Ok(HookFields {
            program: quote(&self.with_slashes(self.program, shell))?,
            emit_dir: quote(&self.with_slashes(self.emit_dir, shell))?,
            windows: self.platform == Platform::Windows,
            prefix: self.prefix(),
            shell: Ident::constant(shell.name()),
            channel: quote(&self.channel(shell))?,
            restricted: quote(&self.channel_by(shell, RESTRICTED))?,
            commands: self
                .commands
                .iter()
                .map(|command| (command.function.bare(), command.verb.bare()))
                .collect(),
            printing: self.printing.iter().map(Ident::bare).collect(),
            helpers: self.helpers.iter().map(Ident::bare).collect(),
            variables: self.variables.iter().map(Ident::bare).collect(),
            completion: self.completion,
            prompt: self.prompt,
            follows: self.follows && shell.can_follow(),
            gone: quote(GONE)?,
            no_event: quote(NO_EVENT)?,
            no_prompt: Ident::constant(NO_PROMPT),
            signs: Signs::in_shells(&[shell]),
            protocol: number(PROTOCOL),
            builtin: builtin(shell),
        })
    }
}

fn builtin(shell: Shell) -> Ident {
    let has_builtin = matches!(shell, Shell::Bash | Shell::Zsh);
    let word = if has_builtin { "builtin" } else { "command" };
    Ident::constant(word)
}

/// The code for Python's own parser. xonsh's takes a second for as much.
fn in_python(code: &str) -> Result<String, Unquotable> {
    Ok(format!("exec({}, {{}})", quote::<Python>(code)?))
}

struct HookFields<'a, D> {
    /// The shell's name on the command line.
    shell: Ident,
    /// The prefix of each function's name.
    prefix: Option<Ident>,
    /// The value of `VENVSH_HOOK`.
    channel: Quoted<D>,
    /// The same in a restricted shell, which cannot read plans.
    restricted: Quoted<D>,
    program: Quoted<D>,
    emit_dir: Quoted<D>,
    /// Whether the program is one of Windows.
    windows: bool,
    commands: Vec<(Safe<&'a str>, Safe<&'a str>)>,
    printing: Vec<Safe<&'a str>>,
    helpers: Vec<Safe<&'a str>>,
    variables: Vec<Safe<&'a str>>,
    completion: bool,
    prompt: bool,
    follows: bool,
    /// The hint when the program is gone while the directory is followed.
    gone: Quoted<D>,
    /// The message where one of the shells that share the text cannot follow the directory.
    no_event: Quoted<D>,
    no_prompt: Ident,
    /// What says that something else shows the environment in the prompt.
    signs: Signs,
    protocol: Safe<u32>,
    /// The word in front of a builtin that no function of the user's is called by, in POSIX shells.
    builtin: Ident,
}

impl<D> HookFields<'_, D> {
    fn never_plans(&self, verb: &Safe<&str>) -> bool {
        self.printing.iter().any(|printing| printing.0 == verb.0)
    }
}

macro_rules! hooks {
    ($($name:ident: $dialect:ident, $template:literal;)*) => {$(
        #[derive(Template)]
        #[template(path = $template)]
        struct $name<'a>(&'a HookFields<'a, $dialect>);
        impl<'a> std::ops::Deref for $name<'a> {
            type Target = HookFields<'a, $dialect>;
            fn deref(&self) -> &Self::Target { self.0 }
        }
    )*};
}

hooks! {
    BashHook: Posix, "hook.bash";
    ZshHook: Posix, "hook.zsh";
    PosixHook: Posix, "hook.sh";
    FishHook: Fish, "hook.fish";
    TcshHook: Csh, "hook.csh";
    NuHook: Nu, "hook.nu";
    PowerShellHook: PowerShellAscii, "hook.ps1";
    XonshHook: Python, "hook.xsh";
    ElvishHook: Elvish, "hook.elv";
    PosixUnload: Posix, "unload.sh";
    FishUnload: Fish, "unload.fish";
    TcshUnload: Csh, "unload.csh";
    NuUnload: Nu, "unload.nu";
    ElvishUnload: Elvish, "unload.elv";
    XonshUnload: Python, "unload.xsh";
    PowerShellUnload: PowerShellAscii, "unload.ps1";
}
