//! A child shell inside an environment: how each shell runs code after the user's own start-up files.

use askama::Template;

use super::kinds::Shell;
use super::quote::{Csh, Dialect, Fish, Ident, Posix, Quoted, Unquotable, quote};

/// The values in the texts.
pub struct Child<'a> {
    /// This program.
    pub program: &'a str,
    /// The environment's directory.
    pub root: &'a str,
    /// The directory of [`Start::files`], which delete it.
    pub directory: &'a str,
    /// The user's home directory.
    pub home: &'a str,
    /// The value of [`Child::startup_variable`], if it is set.
    pub startup: Option<&'a str>,
}

/// How the child is started.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Its arguments.
    pub args: Vec<String>,
    /// Variables that it needs.
    pub variables: Vec<(&'static str, String)>,
    /// Files of the directory that it reads, by name.
    pub files: Vec<(&'static str, String)>,
}

/// The values in one language.
struct Fields<D> {
    program: Quoted<D>,
    root: Quoted<D>,
    directory: Quoted<D>,
    home: Quoted<D>,
    startup: Option<Quoted<D>>,
    bash: bool,
    /// The shell's name on the command line.
    shell: Ident,
}

macro_rules! texts {
    ($($name:ident: $dialect:ident, $template:literal;)*) => {$(
        #[derive(Template)]
        #[template(path = $template)]
        struct $name(Fields<$dialect>);

        impl std::ops::Deref for $name {
            type Target = Fields<$dialect>;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl $name {
            fn text(child: &Child<'_>, shell: Shell) -> Result<String, Unquotable> {
                let text = Self(child.fields(shell)?).render();
                Ok(text.expect("a String takes every write") + "\n")
            }
        }
    )*};
}

texts! {
    Sh: Posix, "child.sh";
    ZshEnv: Posix, "child_env.zsh";
    Zshrc: Posix, "child.zsh";
    FishCode: Fish, "child.fish";
    Tcshrc: Csh, "child.csh";
}

impl Child<'_> {
    /// The variable that names the start-up file of such a shell.
    #[must_use]
    pub fn startup_variable(shell: Shell) -> Option<&'static str> {
        match shell {
            Shell::Zsh => Some("ZDOTDIR"),
            Shell::Ksh | Shell::Posix => Some("ENV"),
            _ => None,
        }
    }

    /// How the child is started so that it enters the environment. `None`: there is no way for such a shell.
    ///
    /// # Errors
    /// [`Unquotable`] when the shell's language cannot express a path.
    pub fn start(&self, shell: Shell) -> Result<Option<Start>, Unquotable> {
        let in_directory = |name: &str| format!("{}/{name}", self.directory);
        let start = match shell {
            Shell::Bash => Start {
                args: vec!["--rcfile".to_owned(), in_directory("bashrc")],
                files: vec![("bashrc", Sh::text(self, shell)?)],
                ..Start::default()
            },
            Shell::Zsh => Start {
                variables: vec![("ZDOTDIR", self.directory.to_owned())],
                files: vec![
                    (".zshenv", ZshEnv::text(self, shell)?),
                    (".zshrc", Zshrc::text(self, shell)?),
                ],
                ..Start::default()
            },
            Shell::Ksh | Shell::Posix => Start {
                variables: vec![("ENV", in_directory("shrc"))],
                files: vec![("shrc", Sh::text(self, shell)?)],
                ..Start::default()
            },
            Shell::Fish => Start {
                args: vec!["-C".to_owned(), FishCode::text(self, shell)?],
                ..Start::default()
            },
            Shell::Tcsh => Start {
                variables: vec![("HOME", self.directory.to_owned())],
                files: vec![(".tcshrc", Tcshrc::text(self, shell)?)],
                ..Start::default()
            },
            Shell::PowerShell | Shell::Nushell | Shell::Xonsh | Shell::Elvish | Shell::Cmd => {
                return Ok(None);
            }
        };
        Ok(Some(start))
    }

    fn fields<D: Dialect>(&self, shell: Shell) -> Result<Fields<D>, Unquotable> {
        Ok(Fields {
            program: quote(self.program)?,
            root: quote(self.root)?,
            directory: quote(self.directory)?,
            home: quote(self.home)?,
            startup: self.startup.map(quote).transpose()?,
            bash: shell == Shell::Bash,
            shell: Ident::new(shell.name()).expect("letters only"),
        })
    }
}
