//! A plan for a shell on Windows that writes paths in its own way.

use super::activation::Activation;
use super::effect::{Call, Effect, Followed, Inherited, Switch};
use super::plan::Plan;
use super::quote::Ident;
use super::variables::Changes;
use crate::platform::Spelling;
use crate::variables::{Change, How, Part, Value};

impl Plan {
    /// The plan with each path as the shell writes it. What only the program reads again stays as it is.
    #[must_use]
    pub fn respelled(self, spelling: &Spelling) -> Self {
        if *spelling == Spelling::Native {
            return self;
        }
        let effects = self.0.into_iter();
        effects.map(|effect| respelled(effect, spelling)).collect()
    }
}

fn respelled(effect: Effect, by: &Spelling) -> Effect {
    let path = |path: String| by.path(&path);
    let list = |list: Option<String>| list.map(|list| by.list(&list));
    let paths = |paths: Vec<String>| paths.into_iter().map(path).collect();
    match effect {
        Effect::Activate(activation) => Effect::Activate(Box::new(entered(*activation, by))),
        Effect::Variables(changes) => Effect::Variables(lists(changes, by)),
        Effect::Leave(left) => Effect::Leave(inherited(left, by)),
        Effect::Switch(switch) => Effect::Switch(Switch {
            path: list(switch.path),
            ..switch
        }),
        Effect::Cd(directory) => Effect::Cd(path(directory)),
        Effect::Source { script, event } => Effect::Source {
            script: path(script),
            event,
        },
        Effect::Run { program, args, cwd } => Effect::Run {
            program: path(program),
            args: paths(args),
            cwd: path(cwd),
        },
        Effect::Set(name, value) => Effect::Set(name, path(value)),
        Effect::Lend(name, value) => Effect::Lend(name, path(value)),
        Effect::Follow(followed) => Effect::Follow(Followed {
            owner: followed.owner.map(path),
            off: followed.off.map(path),
            path: list(followed.path),
            ..followed
        }),
        Effect::CallFunction(call) => Effect::CallFunction(Call {
            args: paths(call.args),
            cwd: path(call.cwd),
            ..call
        }),
        other => with_scripts(other, by),
    }
}

/// The effects with scripts for later, and those without paths.
fn with_scripts(effect: Effect, by: &Spelling) -> Effect {
    let paths = |paths: Vec<String>| paths.iter().map(|path| by.path(path)).collect();
    match effect {
        Effect::Leaving {
            before,
            after,
            variables,
        } => Effect::Leaving {
            before: paths(before),
            after: paths(after),
            variables: values(variables, by),
        },
        Effect::SourceActivate {
            script,
            before_leaving,
            after_leaving,
            variables,
        } => Effect::SourceActivate {
            script: by.path(&script),
            before_leaving: lines(&before_leaving, by),
            after_leaving: lines(&after_leaving, by),
            variables: values(variables, by),
        },
        without_paths => without_paths,
    }
}

fn entered(activation: Activation, by: &Spelling) -> Activation {
    let path = |path: String| by.path(&path);
    let paths = |paths: Vec<String>| paths.into_iter().map(path).collect();
    Activation {
        root: path(activation.root),
        tcl_library: activation.tcl_library.map(path),
        tk_library: activation.tk_library.map(path),
        before_leaving: paths(activation.before_leaving),
        after_leaving: paths(activation.after_leaving),
        leaving_variables: values(activation.leaving_variables, by),
        ..activation
    }
}

fn inherited(left: Inherited, by: &Spelling) -> Inherited {
    let list = |list: String| by.list(&list);
    let set = left.set.into_iter();
    Inherited {
        path: left.path.map(list),
        pkg_config_path: left.pkg_config_path.map(list),
        unset: left.unset,
        set: set.map(|(name, value)| (name, list(value))).collect(),
    }
}

fn values(variables: Vec<(Ident, String)>, by: &Spelling) -> Vec<(Ident, String)> {
    let value = |(name, value): (Ident, String)| (name, by.path(&value));
    variables.into_iter().map(value).collect()
}

/// Paths, one a line.
fn lines(text: &str, by: &Spelling) -> String {
    let ends = text.split('\n').map(|line| by.path(line));
    ends.collect::<Vec<_>>().join("\n")
}

/// What an environment adds to lists is a directory; a value that it sets is what the user wrote.
fn lists(changes: Changes, by: &Spelling) -> Changes {
    let directory = |mut value: Value| {
        if let Some(Part::Text(start)) = value.0.first_mut() {
            *start = by.path(start);
        }
        value
    };
    let change = |change: Change| Change {
        how: match change.how {
            How::Prepend(value) => How::Prepend(directory(value)),
            How::Append(value) => How::Append(directory(value)),
            kept @ (How::Set(_) | How::Unset) => kept,
        },
        name: change.name,
    };
    Changes {
        all: changes.all.into_iter().map(change).collect(),
        ..changes
    }
}
