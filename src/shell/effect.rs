//! One change that only the shell can make, as a value.

use super::activation::Activation;
use super::kinds::Shell;
use super::quote::{Dialect, Ident, Quoted, Unquotable, quote, quote_all, quote_variables};
use super::variables::Changes;
use crate::variables::Value;

/// One change that only the shell can make. `T` is the type of its values, `V` that of values with variables in them: [`String`]
/// and [`Value`], or one word of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect<T = String, V = Value> {
    /// Enter an environment: the text of its activation script.
    Activate(Box<Activation>),
    /// Source these scripts before and after the environment that was just entered is left, where they exist.
    Leaving {
        /// Before.
        before: Vec<T>,
        /// After.
        after: Vec<T>,
        /// Variables that they see, exported, where the shell does not have them then.
        variables: Vec<(Ident, T)>,
    },
    /// Change the environment's own variables until it is left. It was just entered, and is left again if one is read-only.
    Variables(Changes<V>),
    /// Count the present `PATH` and prompt as part of the activation: `postactivate` scripts changed them.
    Record,
    /// Leave the live environment by its `deactivate`; in a shell that only inherited one, by these values.
    Leave(Inherited<T>),
    /// Source the activation script of an environment whose owner edited it.
    SourceActivate {
        /// The script.
        script: T,
        /// Scripts that `deactivate` sources first, where they exist, one a line.
        before_leaving: T,
        /// Scripts that `deactivate` sources last, where they exist, one a line.
        after_leaving: T,
        /// Variables that these scripts see, exported, where the shell does not have them then.
        variables: Vec<(Ident, T)>,
    },
    /// What the shell alone does when an environment of conda is entered or left, whose state is in variables.
    Switch(Switch<T>),
    /// Change the directory.
    Cd(T),
    /// Run a script of the user's in the shell itself.
    Source {
        /// The script.
        script: T,
        /// The event, which is the script's first argument in shells that pass arguments to scripts.
        event: Ident,
    },
    /// Start a program of the user's and wait for it.
    Run {
        /// The program, absolute.
        program: T,
        /// Its arguments.
        args: Vec<T>,
        /// Its working directory.
        cwd: T,
    },
    /// Set a variable of the shell, exported.
    Set(Ident, T),
    /// The same for the scripts of this plan. It is gone, too, when Ctrl-C ends one of them.
    Lend(Ident, T),
    /// Unset a variable that was lent.
    TakeBack(Ident),
    /// Unset a variable.
    Unset(Ident),
    /// What the shell remembers of following the directory. Only for hooks that follow it.
    Follow(Followed<T>),
    /// Run code that a plugin of the user's wrote for POSIX shells.
    Snippet(T),
    /// Call the program again through the hook, to go on with this encoded continuation, and return what it returns. Only
    /// for shells that can: [`Shell::calls_back`](super::Shell::calls_back).
    Resume(T),
    /// Call the program again, as [`Effect::Resume`], with the text of the alias or function that a word is in this shell.
    Ask(Question<T>),
    /// Call a function of the user's in a subshell, if there is one; then call the program again, unless the function failed.
    /// Only for shells that can, too.
    CallFunction(Call<T>),
}

/// An effect with each value as a word of `D`.
pub(super) type Spelled<D> = Effect<Quoted<D>, Quoted<D>>;

/// A call of a function of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call<T = String> {
    /// The function's name.
    pub function: T,
    /// Its arguments.
    pub args: Vec<T>,
    /// Its working directory.
    pub cwd: T,
    /// The encoded continuation for the program.
    pub then: T,
    /// The encoded continuation where there is no such function.
    pub missing: T,
}

/// A question about a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<T = String> {
    /// The word.
    pub word: T,
    /// The encoded continuation for the program.
    pub then: T,
}

/// The change to or from an environment of conda.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switch<T = String> {
    /// The new `PATH`; `None`: it is unset.
    pub path: Option<T>,
    /// The text before the prompt that goes, where it is there.
    pub old_mark: T,
    /// The text that comes before the prompt. Only ever plain characters, which no prompt interprets.
    pub new_mark: T,
    /// Whether an environment is active now, which a function `deactivate` leaves.
    pub entered: bool,
}

/// What a shell remembers while it follows the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed<T = String> {
    /// The directory whose environment was entered automatically and is active: the value of `VENVSH_AUTO`, which child shells
    /// inherit. `None`: it is unset.
    pub owner: Option<T>,
    /// The directory in which the user left an environment, in a variable of this shell alone. `None`: it is unset.
    pub off: Option<T>,
    /// What the shell hands over at the next change of directory. `None`: it stays as it is.
    pub memory: Option<T>,
    /// The value of `PATH`. `None`: it stays as it is.
    pub path: Option<T>,
}

/// How to leave an environment that a child shell inherited: it has the variables, but no `deactivate` that knows the old values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inherited<T = String> {
    /// `PATH` without the environment.
    pub path: Option<T>,
    /// `PKG_CONFIG_PATH` without the environment. `None`: nothing is left of it.
    pub pkg_config_path: Option<T>,
    /// Other variables that the environment exported.
    pub unset: Vec<Ident>,
    /// Lists without the directories that the environment added.
    pub set: Vec<(Ident, T)>,
}

impl Effect {
    /// A description for the message that the shell cannot do it; `None` if it can.
    pub(super) fn impossible_in(&self, shell: Shell) -> Option<&'static str> {
        let (about, possible) = match self {
            Self::Activate(_) => ("enter an environment", true),
            Self::Leaving { .. } => ("source scripts later", shell.has_hook()),
            Self::Variables(_) => (
                "set an environment's variables",
                shell.has_hook() && shell != Shell::Cmd,
            ),
            Self::Record => ("keep what scripts changed", shell.has_hook()),
            Self::Leave(_) => ("leave an environment", shell.has_hook()),
            Self::SourceActivate { .. } => (
                "source bin/activate",
                shell.has_hook() && !shell.reads_data(),
            ),
            Self::Switch(_) => ("enter an environment of conda", shell.has_hook()),
            Self::Cd(_) => ("change the directory", shell.has_hook()),
            Self::Source { .. } => ("source a script", shell.has_hook()),
            Self::Run { .. } => ("run a program", shell.has_hook()),
            Self::Set(..) | Self::Lend(..) | Self::Unset(_) | Self::TakeBack(_) => {
                ("change a variable", shell.has_hook())
            }
            Self::Follow(_) => ("follow the directory", shell.can_follow()),
            Self::Snippet(_) => ("run code for POSIX shells", shell.calls_back()),
            Self::Resume(_) => ("call venvsh again", shell.calls_back()),
            Self::Ask(_) => ("say what a word is", shell.calls_back()),
            Self::CallFunction(_) => ("call a function", shell.calls_back()),
        };
        (!possible).then_some(about)
    }

    /// The same with each value as a word of `D`.
    pub(super) fn quoted<D: Dialect>(&self) -> Result<Spelled<D>, Unquotable> {
        Ok(match self {
            Self::Activate(activation) => Effect::Activate(activation.clone()),
            Self::Leaving {
                before,
                after,
                variables,
            } => leaving(before, after, variables)?,
            Self::Variables(changes) => Effect::Variables(changes.quoted()?),
            Self::Record => Effect::Record,
            Self::Leave(left) => Effect::Leave(left.quoted()?),
            Self::SourceActivate {
                script,
                before_leaving,
                after_leaving,
                variables,
            } => source_activate(script, [before_leaving, after_leaving], variables)?,
            Self::Switch(switch) => Effect::Switch(switch.quoted()?),
            Self::Cd(dir) => Effect::Cd(quote(dir)?),
            Self::Source { script, event } => Effect::Source {
                script: quote(script)?,
                event: event.clone(),
            },
            Self::Run { program, args, cwd } => run(program, args, cwd)?,
            Self::Set(name, value) => Effect::Set(name.clone(), quote(value)?),
            Self::Lend(name, value) => Effect::Lend(name.clone(), quote(value)?),
            Self::Unset(name) => Effect::Unset(name.clone()),
            Self::TakeBack(name) => Effect::TakeBack(name.clone()),
            Self::Follow(followed) => Effect::Follow(followed.quoted()?),
            Self::Snippet(code) => Effect::Snippet(quote(code)?),
            Self::Resume(word) => Effect::Resume(quote(word)?),
            Self::Ask(question) => Effect::Ask(question.quoted()?),
            Self::CallFunction(call) => Effect::CallFunction(call.quoted()?),
        })
    }
}

impl Switch {
    fn quoted<D: Dialect>(&self) -> Result<Switch<Quoted<D>>, Unquotable> {
        Ok(Switch {
            path: self.path.as_deref().map(quote).transpose()?,
            old_mark: quote(&self.old_mark)?,
            new_mark: quote(&self.new_mark)?,
            entered: self.entered,
        })
    }
}

impl Followed {
    fn quoted<D: Dialect>(&self) -> Result<Followed<Quoted<D>>, Unquotable> {
        let option = |value: &Option<String>| value.as_deref().map(quote).transpose();
        Ok(Followed {
            owner: option(&self.owner)?,
            off: option(&self.off)?,
            memory: option(&self.memory)?,
            path: option(&self.path)?,
        })
    }
}

impl Inherited {
    fn quoted<D: Dialect>(&self) -> Result<Inherited<Quoted<D>>, Unquotable> {
        let option = |value: &Option<String>| value.as_deref().map(quote).transpose();
        Ok(Inherited {
            path: option(&self.path)?,
            pkg_config_path: option(&self.pkg_config_path)?,
            unset: self.unset.clone(),
            set: quote_variables(&self.set)?,
        })
    }
}

impl Question {
    fn quoted<D: Dialect>(&self) -> Result<Question<Quoted<D>>, Unquotable> {
        Ok(Question {
            word: quote(&self.word)?,
            then: quote(&self.then)?,
        })
    }
}

impl Call {
    fn quoted<D: Dialect>(&self) -> Result<Call<Quoted<D>>, Unquotable> {
        Ok(Call {
            function: quote(&self.function)?,
            args: quote_all(&self.args)?,
            cwd: quote(&self.cwd)?,
            then: quote(&self.then)?,
            missing: quote(&self.missing)?,
        })
    }
}

/// [`Effect::Run`] with each value as a word of `D`.
fn run<D: Dialect>(program: &str, args: &[String], cwd: &str) -> Result<Spelled<D>, Unquotable> {
    Ok(Effect::Run {
        program: quote(program)?,
        args: quote_all(args)?,
        cwd: quote(cwd)?,
    })
}

/// [`Effect::SourceActivate`] with each value as a word of `D`.
fn source_activate<D: Dialect>(
    script: &str,
    [before_leaving, after_leaving]: [&String; 2],
    variables: &[(Ident, String)],
) -> Result<Spelled<D>, Unquotable> {
    Ok(Effect::SourceActivate {
        script: quote(script)?,
        before_leaving: quote(before_leaving)?,
        after_leaving: quote(after_leaving)?,
        variables: quote_variables(variables)?,
    })
}

/// [`Effect::Leaving`] with each value as a word of `D`.
fn leaving<D: Dialect>(
    before: &[String],
    after: &[String],
    variables: &[(Ident, String)],
) -> Result<Spelled<D>, Unquotable> {
    Ok(Effect::Leaving {
        before: quote_all(before)?,
        after: quote_all(after)?,
        variables: quote_variables(variables)?,
    })
}
