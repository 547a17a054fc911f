//! A child shell inside an environment: how each shell runs code after the user's own start-up files.

use askama::Template;

use super::kinds::Shell;
use super::quote::{
    Csh, Dialect, Elvish, Fish, Ident, Nu, Posix, PowerShell, Python, Quoted, Unquotable, quote,
};

/// The only POSIX shell that reads a start-up file of its own.
const YASH: &str = "yash";

/// The values in the texts.
pub struct Child<'a> {
    /// This program.
    pub program: &'a str,
    /// The file name of the shell's program.
    pub name: &'a str,
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
    /// The file among them that begins with the text of the hook, for a shell that cannot evaluate text.
    pub with_hook: Option<&'static str>,
}

/// The values in one language.
struct Fields<D> {
    program: Quoted<D>,
    root: Quoted<D>,
    directory: Quoted<D>,
    home: Quoted<D>,
    startup: Option<Quoted<D>>,
    bash: bool,
    yash: bool,
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
    NuCode: Nu, "child.nu";
    Xonshrc: Python, "child.xsh";
    ElvishRc: Elvish, "child.elv";
    PowerShellCode: PowerShell, "child.ps1";
}

impl Child<'_> {
    /// The variable that names the start-up file of such a shell.
    #[must_use]
    pub fn startup_variable(shell: Shell) -> Option<&'static str> {
        match shell {
            Shell::Zsh => Some("ZDOTDIR"),
            Shell::Ksh | Shell::Posix => Some("ENV"),
            Shell::Bash
            | Shell::Fish
            | Shell::Tcsh
            | Shell::Nushell
            | Shell::Xonsh
            | Shell::Elvish
            | Shell::PowerShell
            | Shell::Cmd => None,
        }
    }

    /// How the child is started so that it enters the environment. `None`: there is no way for such a shell.
    ///
    /// # Errors
    /// [`Unquotable`] when the shell's language cannot express a path.
    pub fn start(&self, shell: Shell) -> Result<Option<Start>, Unquotable> {
        let start = match shell {
            Shell::Bash => self.by_file("--rcfile", "bashrc", Sh::text(self, shell)?),
            Shell::Xonsh => self.by_file("--rc", "rc.xsh", Xonshrc::text(self, shell)?),
            Shell::Elvish => self.by_file("-rc", "rc.elv", ElvishRc::text(self, shell)?),
            Shell::Fish => by_code(&["-C"], FishCode::text(self, shell)?),
            Shell::PowerShell => by_code(
                &["-NoLogo", "-NoExit", "-Command"],
                PowerShellCode::text(self, shell)?,
            ),
            Shell::Zsh => Start {
                variables: vec![("ZDOTDIR", self.directory.to_owned())],
                files: vec![
                    (".zshenv", ZshEnv::text(self, shell)?),
                    (".zshrc", Zshrc::text(self, shell)?),
                ],
                ..Start::default()
            },
            Shell::Ksh | Shell::Posix => self.posix(shell)?,
            Shell::Tcsh => Start {
                variables: vec![("HOME", self.directory.to_owned())],
                files: vec![(".tcshrc", Tcshrc::text(self, shell)?)],
                ..Start::default()
            },
            Shell::Nushell => self.nushell()?,
            Shell::Cmd => return Ok(None),
        };
        Ok(Some(start))
    }

    fn in_directory(&self, name: &str) -> String {
        format!("{}/{name}", self.directory)
    }

    /// A shell whose option names its start-up file.
    fn by_file(&self, option: &str, name: &'static str, text: String) -> Start {
        Start {
            args: vec![option.to_owned(), self.in_directory(name)],
            files: vec![(name, text)],
            ..Start::default()
        }
    }

    /// The POSIX shells read the file that `ENV` names; yash has an option for it.
    fn posix(&self, shell: Shell) -> Result<Start, Unquotable> {
        const FILE: &str = "shrc";
        let text = Sh::text(self, shell)?;
        let file = self.in_directory(FILE);
        let (args, variables) = if self.name == YASH {
            (vec![format!("--rcfile={file}")], Vec::new())
        } else {
            (applet(self.name), vec![("ENV", file)])
        };
        Ok(Start {
            args,
            variables,
            files: vec![(FILE, text)],
            ..Start::default()
        })
    }

    /// nushell evaluates no text: the file that it runs has the hook, too.
    fn nushell(&self) -> Result<Start, Unquotable> {
        const FILE: &str = "enter.nu";
        let source = format!("source {}", quote::<Nu>(&self.in_directory(FILE))?);
        Ok(Start {
            args: vec!["--execute".to_owned(), source],
            files: vec![(FILE, NuCode::text(self, Shell::Nushell)?)],
            with_hook: Some(FILE),
            ..Start::default()
        })
    }

    fn fields<D: Dialect>(&self, shell: Shell) -> Result<Fields<D>, Unquotable> {
        Ok(Fields {
            program: quote(self.program)?,
            root: quote(self.root)?,
            directory: quote(self.directory)?,
            home: quote(self.home)?,
            startup: self.startup.map(quote).transpose()?,
            bash: shell == Shell::Bash,
            yash: self.name == YASH,
            shell: Ident::constant(shell.name()),
        })
    }
}

/// The words that make a program of that name a shell: busybox is many programs in one.
#[must_use]
pub fn applet(name: &str) -> Vec<String> {
    let is_busybox = name == "busybox";
    is_busybox.then(|| "sh".to_owned()).into_iter().collect()
}

/// A shell that runs code after its start-up files.
fn by_code(options: &[&str], code: String) -> Start {
    let options = options.iter().map(|&option| option.to_owned());
    Start {
        args: options.chain([code]).collect(),
        ..Start::default()
    }
}
