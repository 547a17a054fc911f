//! Plans: the changes that the running shell makes, and their text in its language.
//!
//! A command returns a [`Plan`], which is data, not code. [`Plan::render`] makes the text for one shell from the templates
//! `shells/plan.*` and, for [`Effect::Activate`], from the activation script itself.

use askama::Template;

use super::activation::{Activation, Activator, Form};
use super::batch;
use super::cmd_words::BatchBare;
use super::data;
use super::effect::{Effect, Spelled};
use super::kinds::Shell;
use super::quote::{Csh, Dialect, Fish, Ident, Posix, PowerShell, Quoted, Unquotable, copied};
use crate::platform::Platform;
use crate::variables::How;

/// The changes of one command, in order. Empty for commands that change nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan(pub Vec<Effect>);

impl Plan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The code for the shell, or the data for one that [reads data](Shell::reads_data); empty for an empty plan.
    ///
    /// # Errors
    /// [`NotRendered`] when the shell cannot do a part of it, or its language cannot express a value. A plan is whole or refused.
    pub fn render(&self, shell: Shell) -> Result<String, NotRendered> {
        self.render_for_hook(shell, None)
    }

    /// The code for the hook of the shell, which keeps what every plan needs: it is left out when the hook knows its number.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_for_hook(&self, shell: Shell, knows: Option<u32>) -> Result<String, NotRendered> {
        let form = match shell {
            Shell::Bash | Shell::Zsh => Form::Hook(shell, knows),
            Shell::Fish
            | Shell::Tcsh
            | Shell::PowerShell
            | Shell::Ksh
            | Shell::Posix
            | Shell::Nushell
            | Shell::Xonsh
            | Shell::Elvish
            | Shell::Cmd => Form::Plan(shell),
        };
        if let Some(what) = self.0.iter().find_map(|effect| effect.impossible_in(shell)) {
            return Err(NotRendered::Impossible { shell, what });
        }
        match shell {
            Shell::Bash | Shell::Zsh => self.spell(shell, form, |effect, text| {
                BashEffect { effect, shell }.render_into(text)
            }),
            Shell::Ksh | Shell::Posix => self.in_posix(shell, form),
            Shell::Fish => self.spell(shell, form, |effect, text| {
                FishEffect { effect }.render_into(text)
            }),
            Shell::Tcsh => self.spell(shell, form, |effect, text| {
                CshEffect { effect }.render_into(text)
            }),
            Shell::PowerShell => {
                let windows = Platform::HERE == Platform::Windows;
                let steps = self.spell(shell, form, |effect, text| {
                    PowerShellEffect { effect, windows }.render_into(text)
                })?;
                Ok(self.tidied_in_powershell(steps))
            }
            Shell::Nushell | Shell::Xonsh | Shell::Elvish => Ok(data::text(&self.0)),
            Shell::Cmd => self.in_batch(),
        }
    }

    fn spell<D: Dialect>(
        &self,
        shell: Shell,
        form: Form,
        render: impl FnMut(&Spelled<D>, &mut String) -> askama::Result<()>,
    ) -> Result<String, NotRendered> {
        let enter = |activation: &Activation, text: &mut String| {
            Activator::of_shell(shell).render_into(activation, form, text)
        };
        self.spell_with(enter, !matches!(form, Form::Hook(..)), render)
    }

    fn in_posix(&self, shell: Shell, form: Form) -> Result<String, NotRendered> {
        let mut lent = Vec::new();
        self.spell(shell, form, |effect: &Spelled<Posix>, text| {
            match effect {
                Effect::Lend(name, value) => lent.push((name.clone(), copied(value))),
                Effect::TakeBack(name) => lent.retain(|(other, _)| other != name),
                _ => {}
            }
            let lent = &lent;
            let step = PosixEffect {
                effect,
                shell,
                lent,
            };
            step.render_into(text)
        })
    }

    /// The steps, after which the variables that the plan lends to scripts are gone, also when Ctrl-C ends one of them.
    fn tidied_in_powershell(&self, steps: String) -> String {
        let lent = self.0.iter().filter_map(|effect| match effect {
            Effect::Lend(name, _) => Some(format!("$env:{} = $null\n", name.as_str())),
            _ => None,
        });
        let unset: String = lent.collect();
        if unset.is_empty() {
            return steps;
        }
        format!("try {{\n{steps}}} finally {{\n{unset}}}\n")
    }

    /// cmd reads one line after the other, so entering and leaving are subroutines behind the last step.
    fn in_batch(&self) -> Result<String, NotRendered> {
        if self.is_empty() {
            return Ok(String::new());
        }
        let enter = |_: &Activation, text: &mut String| {
            text.push_str(batch::ENTER);
            Ok(())
        };
        let steps = self.spell_with(enter, true, |effect: &Spelled<BatchBare>, text| {
            BatchEffect { effect }.render_into(text)
        })?;
        let entered = self.0.iter().find_map(|effect| match effect {
            Effect::Activate(activation) => Some(&**activation),
            _ => None,
        });
        Ok(batch::plan(&steps, entered)?)
    }

    /// `leaving`: whether the scripts around leaving are a step of their own, behind entering.
    fn spell_with<D: Dialect>(
        &self,
        enter: impl Fn(&Activation, &mut String) -> Result<(), Unquotable>,
        leaving: bool,
        mut render: impl FnMut(&Spelled<D>, &mut String) -> askama::Result<()>,
    ) -> Result<String, NotRendered> {
        let mut add = |effect: &Effect, text: &mut String| {
            render(&effect.quoted()?, text).expect("a String takes every write");
            text.push('\n');
            Ok::<_, Unquotable>(())
        };
        let mut text = String::with_capacity(Activator::LONGEST);
        for effect in &self.0 {
            let Effect::Activate(activation) = effect else {
                add(effect, &mut text)?;
                continue;
            };
            enter(activation, &mut text)?;
            let (before, after) = (&activation.before_leaving, &activation.after_leaving);
            if leaving && !(before.is_empty() && after.is_empty()) {
                let leaving = Effect::Leaving {
                    before: before.clone(),
                    after: after.clone(),
                    variables: activation.leaving_variables.clone(),
                };
                add(&leaving, &mut text)?;
            }
        }
        Ok(text)
    }
}

/// Why a plan is not rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRendered {
    /// The shell cannot do a part of it.
    #[error("{shell} cannot {what}")]
    Impossible {
        /// The shell.
        shell: Shell,
        /// The part, as a phrase: "change the directory".
        what: &'static str,
    },
    /// The shell's language cannot express a value.
    #[error("{} cannot say {}", .0.dialect, .0.what)]
    Unquotable(Unquotable),
}

impl From<Unquotable> for NotRendered {
    fn from(err: Unquotable) -> Self {
        Self::Unquotable(err)
    }
}

impl FromIterator<Effect> for Plan {
    fn from_iter<I: IntoIterator<Item = Effect>>(effects: I) -> Self {
        Self(effects.into_iter().collect())
    }
}

#[derive(Template)]
#[template(path = "plan.bash")]
struct BashEffect<'a> {
    effect: &'a Spelled<Posix>,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "plan.sh")]
struct PosixEffect<'a> {
    effect: &'a Spelled<Posix>,
    shell: Shell,
    /// What is lent meanwhile: assignments of the one command that needs them.
    lent: &'a [(Ident, Quoted<Posix>)],
}

#[derive(Template)]
#[template(path = "plan.fish")]
struct FishEffect<'a> {
    effect: &'a Spelled<Fish>,
}

#[derive(Template)]
#[template(path = "plan.csh")]
struct CshEffect<'a> {
    effect: &'a Spelled<Csh>,
}

#[derive(Template)]
#[template(path = "plan.bat")]
struct BatchEffect<'a> {
    effect: &'a Spelled<BatchBare>,
}

#[derive(Template)]
#[template(path = "plan.ps1")]
struct PowerShellEffect<'a> {
    effect: &'a Spelled<PowerShell>,
    windows: bool,
}

#[cfg(test)]
mod tests {
    use super::super::kinds::Shell;
    use super::*;

    #[test]
    fn a_plan_is_whole_or_refused() {
        let enter = || Effect::Activate(Box::default());
        let snippet = Plan(vec![enter(), Effect::Snippet("x=1".to_owned())]);
        for shell in Shell::ALL {
            let refused = matches!(
                snippet.render(shell),
                Err(NotRendered::Impossible { what, .. }) if what == "run code for POSIX shells"
            );
            assert_eq!(refused, !shell.calls_back(), "{shell}");
            let set = Plan(vec![Effect::Unset(Ident::new("X").expect("a name"))]);
            assert_eq!(set.render(shell).is_ok(), shell.has_hook(), "{shell}");
            assert!(Plan(vec![enter()]).render(shell).is_ok(), "{shell}");
        }
    }

    /// Each byte is read, copied and parsed by the shell while the user waits.
    #[test]
    fn a_plan_is_small() {
        for shell in [Shell::Bash, Shell::Zsh] {
            let activation = Activation {
                root: "/home/someone/.virtualenvs/demo".to_owned(),
                prompt: "demo".to_owned(),
                ..Activation::default()
            };
            let plan = Plan(vec![Effect::Activate(Box::new(activation))]);
            let first = plan.render_for_hook(shell, None).expect("plain values");
            assert!(first.len() <= 17 * 512, "{shell}: {} bytes", first.len());
            let (_, call) = first.rsplit_once("\nvenvsh_enter ").expect("it is called");
            let number = call.split(' ').next().map(str::parse);
            let number = number.expect("a word").expect("a number");
            let later = plan
                .render_for_hook(shell, Some(number))
                .expect("plain values");
            assert!(later.len() <= 128, "{shell}: {} bytes", later.len());
        }
    }
}
