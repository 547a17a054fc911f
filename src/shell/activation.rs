//! The activation scripts: one template per language, the same values for all.
//!
//! The text of the template is also what `workon` hands to the running shell ([`Form::Plan`]), so that sourcing
//! `bin/activate` and `workon` cannot differ.

use askama::Template;

use super::Shell;
use super::quote::{Batch, Csh, Dialect, Elvish, Fish, Nu, Posix, PowerShell, Python, Quoted, Unquotable, quote};
use crate::BIN;

/// What activating one environment means, before any shell spells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activation {
    /// The environment's directory: absolute, as it was given at creation, symbolic links not resolved.
    pub root: String,
    /// What the prompt shows between parentheses, and the value of `VIRTUAL_ENV_PROMPT`.
    pub prompt: String,
    /// The value of `TCL_LIBRARY` while active. `None`: that variable is not touched.
    pub tcl_library: Option<String>,
    /// The value of `TK_LIBRARY` while active. `None`: that variable is not touched.
    pub tk_library: Option<String>,
    /// The site directories (purelib, platlib) relative to `bin`, `/`-separated: for `activate_this.py`.
    pub site_directories: Vec<String>,
    /// Scripts that `deactivate` sources first, where they exist; absolute. Only ever filled for [`Form::Plan`].
    pub before_leaving: Vec<String>,
    /// Scripts that `deactivate` sources last, where they exist; absolute. Only ever filled for [`Form::Plan`].
    pub after_leaving: Vec<String>,
}

/// Where the text of a template goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A file in `bin/`, sourced by people: it says how to use it, and finds itself when the environment was moved.
    File,
    /// Code for the running shell, evaluated inside a function of the hook.
    Plan,
}

/// The values of an [`Activation`] in one dialect.
pub struct Fields<D> {
    /// True in a file, false in a plan.
    pub(crate) file: bool,
    /// The separators and the letter case of Windows hold.
    pub(crate) windows: bool,
    pub(crate) virtual_env: Quoted<D>,
    pub(crate) prompt: Quoted<D>,
    /// The prompt holds only characters that no shell's prompt interprets: it can be drawn as it is.
    pub(crate) plain_prompt: bool,
    /// The prompt without control characters: they would reach the terminal.
    pub(crate) drawn_prompt: Quoted<D>,
    /// The same for ksh93, where `!` draws the number of the command and `!!` an exclamation mark.
    pub(crate) drawn_prompt_ksh: Quoted<D>,
    /// `bin`, on Windows `Scripts`.
    pub(crate) bin_name: Quoted<D>,
    pub(crate) tcl_library: Option<Quoted<D>>,
    pub(crate) tk_library: Option<Quoted<D>>,
    pub(crate) site_directories: Vec<Quoted<D>>,
    pub(crate) before_leaving: Vec<Quoted<D>>,
    pub(crate) after_leaving: Vec<Quoted<D>>,
}

impl<D: Dialect> Fields<D> {
    fn new(activation: &Activation, form: Form) -> Result<Self, Unquotable> {
        let drawn = activation.prompt.replace(char::is_control, " ");
        let many = |values: &[String]| values.iter().map(|value| quote(value)).collect::<Result<_, _>>();
        Ok(Self {
            file: form == Form::File,
            windows: cfg!(windows),
            virtual_env: quote(&activation.root)?,
            prompt: quote(&activation.prompt)?,
            plain_prompt: is_plain(&activation.prompt),
            drawn_prompt: quote(&drawn)?,
            drawn_prompt_ksh: quote(&drawn.replace('!', "!!"))?,
            bin_name: quote(BIN)?,
            tcl_library: activation.tcl_library.as_deref().map(quote).transpose()?,
            tk_library: activation.tk_library.as_deref().map(quote).transpose()?,
            site_directories: many(&activation.site_directories)?,
            before_leaving: many(&activation.before_leaving)?,
            after_leaving: many(&activation.after_leaving)?,
        })
    }
}

/// No shell's prompt gives these characters a meaning.
fn is_plain(prompt: &str) -> bool {
    prompt
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || " _-.,:/@+=".contains(c) || (c > '\u{9f}' && !c.is_control()))
}

/// One row per file: a struct for askama, and the arm of [`render`].
macro_rules! activators {
    ($($name:ident: $dialect:ident, $template:literal => $file:literal, ($shells:pat);)*) => {
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
            pub fn file(self) -> &'static str {
                match self { $(Self::$name => $file,)* }
            }

            /// Whether this script is for that shell.
            #[must_use]
            pub fn serves(self, shell: Shell) -> bool {
                match self { $(Self::$name => matches!(shell, $shells),)* }
            }

            /// The script's text.
            ///
            /// # Errors
            /// [`Unquotable`] when a value cannot be said in the script's language.
            pub fn render(self, activation: &Activation, form: Form) -> Result<String, Unquotable> {
                let text = match self {
                    $(Self::$name => $name(&Fields::new(activation, form)?).render().expect("a String takes every write"),)*
                };
                // Windows PowerShell 5.1 reads a file without a byte order mark as ANSI.
                let mark = if self == Self::PowerShellScript && form == Form::File { "\u{feff}" } else { "" };
                Ok(format!("{mark}{text}"))
            }
        }
    };
}

activators! {
    Sh: Posix, "activate.sh" => "activate", (Shell::Bash | Shell::Zsh | Shell::Ksh | Shell::Posix);
    CshScript: Csh, "activate.csh" => "activate.csh", (Shell::Tcsh);
    FishScript: Fish, "activate.fish" => "activate.fish", (Shell::Fish);
    PowerShellScript: PowerShell, "activate.ps1" => "activate.ps1", (Shell::PowerShell);
    NuScript: Nu, "activate.nu" => "activate.nu", (Shell::Nushell);
    XonshScript: Python, "activate.xsh" => "activate.xsh", (Shell::Xonsh);
    ElvishScript: Elvish, "activate.elv" => "activate.elv", (Shell::Elvish);
    ActivateBat: Batch, "activate.bat" => "activate.bat", (Shell::Cmd);
    DeactivateBat: Batch, "deactivate.bat" => "deactivate.bat", (Shell::Cmd);
    PydocBat: Batch, "pydoc.bat" => "pydoc.bat", (Shell::Cmd);
    ActivateThis: Python, "activate_this.py" => "activate_this.py", (_);
}
