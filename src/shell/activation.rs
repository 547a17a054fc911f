//! The activation scripts: one template per language, the same values for all.
//!
//! The text of the template is also what `workon` hands to the running shell ([`Form::Plan`], [`Form::Hook`]), so that sourcing
//! `bin/activate` and `workon` cannot differ.

use askama::Template;

use super::cmd_words::Batch;
use super::dense::dense;
use super::kept::{Around, Kept};
use super::kinds::Shell;
use super::prompt::{Signs, is_plain, mark_in_bash};
use super::quote::{
    Csh, Dialect, Elvish, Fish, Ident, Nu, Posix, PowerShell, Python, Quoted, Unquotable, quote,
    quote_all,
};
use crate::platform::{Platform, Spelling};

/// The values of an activation script, in no shell's language yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activation {
    /// The environment's directory: absolute, with symbolic links as given at creation.
    pub root: String,
    /// The system whose paths these are.
    pub platform: Platform,
    /// The text between parentheses in the prompt, and the value of `VIRTUAL_ENV_PROMPT`.
    pub prompt: String,
    /// The value of `TCL_LIBRARY` while active. `None`: that variable is not touched.
    pub tcl_library: Option<String>,
    /// The value of `TK_LIBRARY` while active. `None`: that variable is not touched.
    pub tk_library: Option<String>,
    /// The site directories (purelib, platlib) relative to `bin`, `/`-separated: for `activate_this.py`.
    pub site_directories: Vec<String>,
    /// Whether a script takes its own place for the environment's, and does not name [`Self::root`].
    pub relocatable: bool,
    /// Scripts that `deactivate` sources first, where they exist; absolute. None for [`Form::File`].
    pub before_leaving: Vec<String>,
    /// Scripts that `deactivate` sources last, where they exist; absolute. None for [`Form::File`].
    pub after_leaving: Vec<String>,
    /// Variables that these scripts see, exported, where the shell does not have them then. Filled as they are.
    pub leaving_variables: Vec<(Ident, String)>,
}

impl Activation {
    /// The variables that activation changes besides `PATH` and `PS1`; those of Tcl and Tk only on request. `VIRTUAL_ENV` is last:
    /// whoever ends `deactivate` by Ctrl-C sees that the environment is still to be left.
    #[must_use]
    pub fn changes(&self) -> Vec<Ident> {
        let mut names = vec!["PKG_CONFIG_PATH", "PYTHONHOME", "VIRTUAL_ENV_PROMPT"];
        names.extend(self.tcl_library.as_ref().map(|_| "TCL_LIBRARY"));
        names.extend(self.tk_library.as_ref().map(|_| "TK_LIBRARY"));
        names.push("VIRTUAL_ENV");
        let ident = |name| Ident::constant(name);
        names.into_iter().map(ident).collect()
    }
}

/// The destination of a template's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A file in `bin/` that people source: it has a comment on its use, and finds its own path if the environment was moved.
    File,
    /// Code for one running shell, evaluated inside a function of the hook. Parts for other shells are left out, because the shell
    /// reads and parses each byte.
    Plan(Shell),
    /// The same for a shell whose hook keeps what every plan needs, and says what it knows.
    Hook(Shell, Option<u32>),
}

/// The values of an [`Activation`] in one dialect.
pub struct Fields<D> {
    /// True in a file, false in a plan.
    pub(crate) file: bool,
    /// Whether the file finds the environment by its own place alone: it names no other.
    pub(crate) relocatable: bool,
    /// The variables that activation changes, besides `PATH` and `PS1`.
    pub(crate) variables: Vec<Ident>,
    /// What the shell keeps of this text as functions. `None`: it is no hook, and keeps nothing.
    pub(crate) kept: Option<Kept>,
    /// Whether bash, zsh or another POSIX shell may read this text.
    pub(crate) bash: bool,
    pub(crate) zsh: bool,
    pub(crate) others: bool,
    /// What says that something else shows the environment in the prompt.
    pub(crate) signs: Signs,
    /// Whether paths follow the rules of Windows.
    pub(crate) windows: bool,
    /// Whether the environment's path is one of Windows, which shells from Unix write in another way.
    pub(crate) respells: bool,
    /// Whether the values are ASCII, which every code page has.
    pub(crate) ascii: bool,
    pub(crate) virtual_env: Quoted<D>,
    /// The same as Git Bash and MSYS2 write it.
    pub(crate) in_msys: Quoted<D>,
    pub(crate) prompt: Quoted<D>,
    /// Whether the prompt has only characters that no shell's prompt interprets.
    pub(crate) plain_prompt: bool,
    /// The prompt as tcsh and as csh draw it literally.
    pub(crate) drawn_tcsh: Quoted<D>,
    pub(crate) drawn_csh: Quoted<D>,
    /// The prompt without control characters, which would control the terminal.
    pub(crate) drawn_prompt: Quoted<D>,
    /// `(prompt) ` as bash draws it.
    pub(crate) mark_in_bash: Quoted<D>,
    /// `drawn_prompt` for ksh93, where `!` draws the number of the command and `!!` an exclamation mark.
    pub(crate) drawn_prompt_ksh: Quoted<D>,
    /// `drawn_prompt` for a shell that does not say which it is: without what one of them could interpret.
    pub(crate) drawn_prompt_sh: Quoted<D>,
    /// `bin`, on Windows `Scripts`.
    pub(crate) bin_name: Quoted<D>,
    pub(crate) tcl_library: Option<Quoted<D>>,
    pub(crate) tk_library: Option<Quoted<D>>,
    pub(crate) site_directories: Vec<Quoted<D>>,
    pub(crate) before_leaving: Vec<Quoted<D>>,
    pub(crate) after_leaving: Vec<Quoted<D>>,
}

/// The environment's path as Git Bash and MSYS2 write it.
fn in_msys(activation: &Activation) -> String {
    Spelling::from_hook("msys").path(&activation.root)
}

fn respells(activation: &Activation) -> bool {
    activation.platform == Platform::Windows && in_msys(activation) != activation.root
}

impl<D: Dialect> Fields<D> {
    fn new(by: Activator, activation: &Activation, form: Form) -> Result<Self, Unquotable> {
        let prompt = D::prompt(&activation.prompt);
        let drawn = prompt.replace(char::is_control, " ");
        let reads = |shells: &[Shell]| match form {
            Form::Plan(shell) | Form::Hook(shell, _) => shells.contains(&shell),
            Form::File => true,
        };
        let relocatable = activation.relocatable && form == Form::File;
        Ok(Self {
            file: form == Form::File,
            relocatable,
            kept: kept(activation, form)?,
            variables: activation.changes(),
            bash: reads(&[Shell::Bash]),
            zsh: reads(&[Shell::Zsh]),
            others: reads(&[Shell::Ksh, Shell::Posix]),
            signs: signs(by, form),
            windows: activation.platform == Platform::Windows,
            ascii: is_ascii(activation),
            virtual_env: quote(if relocatable { "" } else { &activation.root })?,
            respells: respells(activation),
            in_msys: quote(&in_msys(activation))?,
            prompt: quote(&prompt)?,
            plain_prompt: is_plain(&activation.prompt),
            drawn_tcsh: quote(&drawn_by_csh(&prompt, "%"))?,
            drawn_csh: quote(&drawn_by_csh(&prompt, ""))?,
            mark_in_bash: quote(&mark_in_bash(&drawn))?,
            drawn_prompt: quote(&drawn)?,
            drawn_prompt_ksh: quote(&drawn.replace('!', "!!"))?,
            drawn_prompt_sh: quote(&drawn.replace(['\\', '!'], "?"))?,
            bin_name: quote(activation.platform.bin())?,
            tcl_library: activation.tcl_library.as_deref().map(quote).transpose()?,
            tk_library: activation.tk_library.as_deref().map(quote).transpose()?,
            site_directories: quote_all(&activation.site_directories)?,
            before_leaving: quote_all(&activation.before_leaving)?,
            after_leaving: quote_all(&activation.after_leaving)?,
        })
    }
}

impl<D> Fields<D> {
    /// Whether the shell has what it keeps from an earlier plan.
    fn is_known(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.known)
    }
}

/// Whether every code page has the characters of the values.
fn is_ascii(activation: &Activation) -> bool {
    let (tcl, tk) = (&activation.tcl_library, &activation.tk_library);
    activation.root.is_ascii()
        && activation.prompt.is_ascii()
        && [tcl, tk].into_iter().flatten().all(|path| path.is_ascii())
}

/// What says that something else shows the environment in the prompt of a shell that reads the text.
fn signs(by: Activator, form: Form) -> Signs {
    match form {
        Form::Plan(shell) | Form::Hook(shell, _) => Signs::in_shells(&[shell]),
        Form::File => Signs::in_shells(
            &Shell::ALL
                .map(|shell| by.serves(shell).then_some(shell))
                .into_iter()
                .flatten()
                .collect::<Vec<_>>(),
        ),
    }
}

/// What the shell keeps of the text, if it does.
fn kept(activation: &Activation, form: Form) -> Result<Option<Kept>, Unquotable> {
    let Form::Hook(_, knows) = form else {
        return Ok(None);
    };
    let (tcl, tk) = (&activation.tcl_library, &activation.tk_library);
    let variant = [tcl.is_some(), tk.is_some(), is_plain(&activation.prompt)];
    let around = Around {
        root: &activation.root,
        before: &activation.before_leaving,
        after: &activation.after_leaving,
        variables: &activation.leaving_variables,
    };
    Kept::new(knows, variant, &around).map(Some)
}

impl Activator {
    /// The script for this shell.
    #[must_use]
    pub fn of_shell(shell: Shell) -> Self {
        match shell {
            Shell::Bash | Shell::Zsh | Shell::Ksh | Shell::Posix => Self::Sh,
            Shell::Tcsh => Self::CshScript,
            Shell::Fish => Self::FishScript,
            Shell::PowerShell => Self::PowerShellScript,
            Shell::Nushell => Self::NuScript,
            Shell::Xonsh => Self::XonshScript,
            Shell::Elvish => Self::ElvishScript,
            Shell::Cmd => Self::ActivateBat,
        }
    }

    /// Whether it is a script for this shell. `activate_this.py` is for all.
    #[must_use]
    pub fn serves(self, shell: Shell) -> bool {
        let batch = matches!(self, Self::DeactivateBat | Self::PydocBat);
        self == Self::of_shell(shell)
            || self == Self::ActivateThis
            || (batch && shell == Shell::Cmd)
    }

    /// Room for the longest script: with musl's allocator each growth of a larger text costs two system calls
    /// and copies it.
    pub const LONGEST: usize = 16 * 1024;

    /// Restores the last line break of a template, which askama removes. cmd.exe fails in files with labels and bare line feeds;
    /// everyone else wants those.
    fn end_lines(self, text: &mut String, start: usize) {
        text.push('\n');
        if matches!(
            self,
            Self::ActivateBat | Self::DeactivateBat | Self::PydocBat
        ) {
            let lines = text.split_off(start);
            text.push_str(&lines.replace('\n', "\r\n"));
        }
    }

    /// Adds the script to a text.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_into(
        self,
        activation: &Activation,
        form: Form,
        text: &mut String,
    ) -> Result<(), Unquotable> {
        let start = text.len();
        self.write(activation, form, text)?;
        self.end_lines(text, start);
        if let (Self::Sh, Form::Plan(_) | Form::Hook(..)) = (self, form) {
            let mut script = dense(&text[start..]);
            if matches!(form, Form::Hook(..)) {
                // bash and zsh have that command.
                script = script.replace("\"$_venv_do\"", "\\builtin");
            }
            text.replace_range(start.., &script);
        }
        Ok(())
    }

    /// Whether this is the text of the POSIX script in `bin`, byte for byte.
    #[must_use]
    pub fn wrote(self, activation: &Activation, text: &[u8]) -> bool {
        let is_same = |script: String| {
            // In blocks: musl compares slices byte by byte, and `workon` waits for 13 KB.
            let ((own, own_end), (found, end)) =
                (script.as_bytes().as_chunks::<16>(), text.as_chunks::<16>());
            own.len() == found.len() && own.iter().eq(found) && own_end == end
        };
        self.render(activation, Form::File).is_ok_and(is_same)
    }

    /// Windows PowerShell 5.1 reads a file without it as ANSI.
    fn byte_order_mark(self, form: Form) -> &'static str {
        if self == Self::PowerShellScript && form == Form::File {
            "\u{feff}"
        } else {
            ""
        }
    }
}

/// The text for which csh draws this prompt: special characters get a backslash (those of `doubled` are doubled), and
/// control characters become blanks (tcsh manual, "prompt").
fn drawn_by_csh(prompt: &str, doubled: &str) -> String {
    let mut text = String::with_capacity(prompt.len());
    for c in prompt.chars() {
        match c {
            '^' | '!' | '\\' => text.extend(['\\', c]),
            _ if doubled.contains(c) => text.extend([c, c]),
            _ => text.push(if c.is_control() { ' ' } else { c }),
        }
    }
    text
}

/// One row per file: a struct for askama, and the arms of [`Activator`]'s functions.
macro_rules! activators {
    ($($name:ident: $dialect:ident, $template:literal => $file:literal;)*) => {
        $(
            #[derive(Template)]
            #[template(path = $template)]
            struct $name<'a>(&'a Fields<$dialect>);
            impl std::ops::Deref for $name<'_> {
                type Target = Fields<$dialect>;
                fn deref(&self) -> &Fields<$dialect> { self.0 }
            }
        )*

        /// An activation script.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is named as its template")]
        pub enum Activator { $($name,)* }

        impl Activator {
            /// Every activation script.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its file in the environment's `bin`.
            #[must_use]
            pub const fn file(self) -> &'static str {
                match self { $(Self::$name => $file,)* }
            }

            /// Two scripts that every tool writes together with `activate`.
            pub const SIBLINGS: [&str; 2] = [Self::CshScript.file(), Self::FishScript.file()];

            /// The script's text.
            ///
            /// # Errors
            /// [`Unquotable`] when the script's language cannot express a value.
            pub fn render(self, activation: &Activation, form: Form) -> Result<String, Unquotable> {
                let mut text = String::with_capacity(Self::LONGEST);
                self.render_into(activation, form, &mut text)?;
                Ok(text)
            }

            /// Renders the script's template.
            fn write(self, activation: &Activation, form: Form, to: &mut String) -> Result<(), Unquotable> {
                to.push_str(self.byte_order_mark(form));
                match self {
                    $(Self::$name => $name(&Fields::new(self, activation, form)?).render_into(to).expect("a String takes every write"),)*
                }
                Ok(())
            }
        }
    };
}

activators! {
    Sh: Posix, "activate.sh" => "activate";
    CshScript: Csh, "activate.csh" => "activate.csh";
    FishScript: Fish, "activate.fish" => "activate.fish";
    PowerShellScript: PowerShell, "activate.ps1" => "activate.ps1";
    NuScript: Nu, "activate.nu" => "activate.nu";
    XonshScript: Python, "activate.xsh" => "activate.xsh";
    ElvishScript: Elvish, "activate.elv" => "activate.elv";
    ActivateBat: Batch, "activate.bat" => "activate.bat";
    DeactivateBat: Batch, "deactivate.bat" => "deactivate.bat";
    PydocBat: Batch, "pydoc.bat" => "pydoc.bat";
    ActivateThis: Python, "activate_this.py" => "activate_this.py";
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    const BATCH: [Activator; 3] = [
        Activator::ActivateBat,
        Activator::DeactivateBat,
        Activator::PydocBat,
    ];

    fn activation(prompt: &str) -> Activation {
        Activation {
            root: r"C:\50% (x86)\it's".to_owned(),
            prompt: prompt.to_owned(),
            tcl_library: Some(r"C:\tcl".to_owned()),
            platform: Platform::Windows,
            ..Activation::default()
        }
    }

    #[test]
    fn batch_lines_are_whole_and_echo_nothing() {
        for activator in BATCH {
            let text = activator
                .render(&activation("a"), Form::File)
                .expect("cmd can say it");
            for line in text
                .split_terminator("\r\n")
                .filter(|line| !line.is_empty())
            {
                assert!(!line.contains(['\n', '\r']), "{line:?}");
                assert!(line.starts_with(['@', ':']), "{line:?}");
                assert_eq!(line.matches('"').count() % 2, 0, "{line:?}");
                let block = line
                    .split('"')
                    .step_by(2)
                    .any(|bare| bare.contains('(') && !bare.contains("in ("));
                assert!(!block || line.starts_with("@rem"), "{line:?}");
            }
            assert!(text.ends_with("\r\n"));
        }
        for activator in Activator::ALL
            .iter()
            .filter(|activator| !BATCH.contains(activator))
        {
            let text = activator
                .render(&activation("a"), Form::File)
                .expect("no line break in the values");
            assert!(!text.contains('\r'), "{activator:?}");
        }
    }

    #[test]
    fn every_label_that_batch_jumps_to_is_there() {
        for activator in BATCH {
            let text = activator
                .render(&activation("a"), Form::File)
                .expect("cmd can say it");
            for (_, label) in text.lines().filter_map(|line| line.split_once("goto ")) {
                assert!(text.lines().any(|line| line == label), "{label}");
            }
        }
    }

    #[test]
    fn a_name_that_cmd_cannot_say_gets_blanks_and_a_path_is_refused() {
        let line = |prompt: &str| {
            let text = Activator::ActivateBat
                .render(&activation(prompt), Form::File)
                .expect("only the name is odd");
            text.lines()
                .rfind(|line| line.contains("\"VIRTUAL_ENV_PROMPT=1"))
                .map(str::to_owned)
        };
        assert_eq!(
            line("100%\"a&b\n^"),
            Some("@set \"VIRTUAL_ENV_PROMPT=100%% a b  \"".to_owned())
        );
        let odd = Activation {
            root: "a&b".to_owned(),
            ..activation("a")
        };
        assert!(Activator::ActivateBat.render(&odd, Form::File).is_err());
    }

    #[test]
    fn batch_as_it_is_written() {
        let text = Activator::ActivateBat
            .render(&activation("a"), Form::Plan(Shell::Cmd))
            .expect("cmd can say it");
        expect![[r#"
            @if defined _OLD_VIRTUAL_ACTIVE call :leave

            @set "_OLD_VIRTUAL_ACTIVE=1"
            @set "_OLD_VIRTUAL_ENV=%VIRTUAL_ENV%"
            @set "_OLD_VIRTUAL_ENV_PROMPT=%VIRTUAL_ENV_PROMPT%"
            @set "VIRTUAL_ENV=C:\50%% (x86)\it's"
            @set "VIRTUAL_ENV_PROMPT=a"

            @set "_OLD_VIRTUAL_PATH=%PATH%"
            @set "PATH=%VIRTUAL_ENV%\Scripts"
            @if defined _OLD_VIRTUAL_PATH set "PATH=%PATH%;%_OLD_VIRTUAL_PATH%"
            @set "_OLD_VIRTUAL_PYTHONHOME=%PYTHONHOME%"
            @set "PYTHONHOME="
            @set "_OLD_VIRTUAL_PKG_CONFIG_PATH=%PKG_CONFIG_PATH%"
            @set "PKG_CONFIG_PATH=%VIRTUAL_ENV%\lib\pkgconfig"
            @if defined _OLD_VIRTUAL_PKG_CONFIG_PATH set "PKG_CONFIG_PATH=%PKG_CONFIG_PATH%;%_OLD_VIRTUAL_PKG_CONFIG_PATH%"
            @set "_OLD_VIRTUAL_TCL=1"
            @set "_OLD_VIRTUAL_TCL_LIBRARY=%TCL_LIBRARY%"
            @set "TCL_LIBRARY=C:\tcl"
            @if defined POSH_THEME goto :entered
            @if defined VENVSH_NO_PROMPT goto :entered
            @if defined VIRTUAL_ENV_DISABLE_PROMPT goto :entered
            @if not defined VIRTUAL_ENV_PROMPT goto :entered
            @rem PROMPT gives $ a meaning: it is doubled where it is drawn.
            @set "_OLD_VIRTUAL_PROMPTED=1"
            @set "_OLD_VIRTUAL_PROMPT=%PROMPT%"
            @if not defined PROMPT set "PROMPT=$P$G"
            @set "PROMPT=(%VIRTUAL_ENV_PROMPT:$=$$%) %PROMPT%"

            :entered
            @exit /b 0
        "#]]
        .assert_eq(&text.replace('\r', ""));
    }
}
