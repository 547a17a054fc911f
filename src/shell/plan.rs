//! What the running shell changes, and how its language says it.
//!
//! A verb returns a [`Plan`]: data, no code. [`Plan::render`] spells it for one shell, by the templates `shells/plan.*`
//! and, for [`Effect::Activate`], by the activation script itself.

use askama::Template;

use super::activation::{Activator, Form};
use super::effect::Effect;
use super::kinds::Shell;
use super::quote::{Csh, Dialect, Fish, Posix, PowerShell, Quoted, Unquotable};

/// The changes of one command, in order. Empty for commands that change nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan(pub Vec<Effect>);

impl Plan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The code for the shell; empty for an empty plan.
    ///
    /// # Errors
    /// [`Unquotable`] when the shell's language cannot say a value. Nothing is rendered then.
    pub fn render(&self, shell: Shell) -> Result<String, Unquotable> {
        match shell {
            Shell::Bash | Shell::Zsh | Shell::Ksh | Shell::Posix => {
                self.spell(shell, Activator::Sh, |effect, text| {
                    PosixEffect { effect }.render_into(text)
                })
            }
            Shell::Fish => self.spell(shell, Activator::FishScript, |effect, text| {
                FishEffect { effect }.render_into(text)
            }),
            Shell::Tcsh => self.spell(shell, Activator::CshScript, |effect, text| {
                CshEffect { effect }.render_into(text)
            }),
            Shell::PowerShell => self.spell(shell, Activator::PowerShellScript, |effect, text| {
                PowerShellEffect { effect }.render_into(text)
            }),
            // These have no hook yet; `venvsh activate` serves them.
            Shell::Nushell | Shell::Xonsh | Shell::Elvish | Shell::Cmd => {
                self.activation_only(shell)
            }
        }
    }

    fn spell<D: Dialect>(
        &self,
        shell: Shell,
        activator: Activator,
        render: impl Fn(&Effect<Quoted<D>>, &mut String) -> askama::Result<()>,
    ) -> Result<String, Unquotable> {
        let mut text = String::with_capacity(Activator::LONGEST);
        for effect in &self.0 {
            match effect {
                Effect::Activate(activation) => {
                    activator.render_into(activation, Form::PlanFor(shell), &mut text)?;
                }
                other => render(&other.quoted()?, &mut text).expect("a String takes every write"),
            }
            text.push('\n');
        }
        Ok(text)
    }

    fn activation_only(&self, shell: Shell) -> Result<String, Unquotable> {
        let mut text = String::new();
        for effect in &self.0 {
            if let Effect::Activate(activation) = effect {
                for activator in Activator::ALL
                    .iter()
                    .filter(|activator| activator.serves(shell))
                    .take(1)
                {
                    text.push_str(&activator.render(activation, Form::Plan)?);
                }
            }
        }
        Ok(text)
    }
}

impl FromIterator<Effect> for Plan {
    fn from_iter<I: IntoIterator<Item = Effect>>(effects: I) -> Self {
        Self(effects.into_iter().collect())
    }
}

#[derive(Template)]
#[template(path = "plan.sh")]
struct PosixEffect<'a> {
    effect: &'a Effect<Quoted<Posix>>,
}

#[derive(Template)]
#[template(path = "plan.fish")]
struct FishEffect<'a> {
    effect: &'a Effect<Quoted<Fish>>,
}

#[derive(Template)]
#[template(path = "plan.csh")]
struct CshEffect<'a> {
    effect: &'a Effect<Quoted<Csh>>,
}

#[derive(Template)]
#[template(path = "plan.ps1")]
struct PowerShellEffect<'a> {
    effect: &'a Effect<Quoted<PowerShell>>,
}
