//! Plans as data, for shells with lists and maps of their own: nushell, xonsh, elvish. The hook has the code for
//! each kind of step.

use serde_json::{Value, json};

use super::activation::Activation;
use super::effect::{Effect, Inherited};
use super::quote::Ident;
use super::variables::Changes;
use crate::platform::BIN;
use crate::variables::{Change, How, Part};

/// One line of JSON: a list of steps in order, each an object whose `do` names its kind. Empty for an empty plan.
pub(super) fn text(effects: &[Effect]) -> String {
    if effects.is_empty() {
        return String::new();
    }
    let steps: Vec<Value> = effects.iter().filter_map(step).collect();
    format!("{}\n", Value::from(steps))
}

/// The step; `None` for an effect that such a shell cannot have, which [`Effect::impossible_in`] has refused before.
fn step(effect: &Effect) -> Option<Value> {
    Some(match effect {
        Effect::Activate(activation) => activate(activation),
        Effect::Variables(changes) => variables(changes),
        Effect::Record => json!({"do": "record"}),
        Effect::Leave(left) => leave(left),
        Effect::Switch(switch) => {
            json!({"do": "switch", "path": switch.path, "entered": switch.entered})
        }
        Effect::Cd(directory) => json!({"do": "cd", "directory": directory}),
        Effect::Source { script, event } => {
            json!({"do": "source", "script": script, "event": event.as_str()})
        }
        Effect::Run { program, args, cwd } => {
            json!({"do": "run", "program": program, "args": args, "directory": cwd})
        }
        Effect::Set(name, value) | Effect::Lend(name, value) => {
            json!({"do": "set", "name": name.as_str(), "value": value})
        }
        Effect::Unset(name) | Effect::TakeBack(name) => {
            json!({"do": "unset", "name": name.as_str()})
        }
        Effect::Follow(it) => {
            json!({"do": "follow", "owner": it.owner, "off": it.off, "memory": it.memory, "path": it.path})
        }
        Effect::Leaving { .. }
        | Effect::SourceActivate { .. }
        | Effect::Snippet(_)
        | Effect::Resume(_)
        | Effect::Ask(_)
        | Effect::CallFunction(_) => return None,
    })
}

fn activate(activation: &Activation) -> Value {
    let libraries = [
        ("TCL_LIBRARY", &activation.tcl_library),
        ("TK_LIBRARY", &activation.tk_library),
    ];
    let libraries = libraries
        .iter()
        .filter_map(|(name, value)| Some(((*name).to_owned(), Value::from(value.as_deref()?))));
    let variables = activation
        .leaving_variables
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), Value::from(value.as_str())));
    json!({
        "do": "activate",
        "root": activation.root,
        "name": activation.prompt,
        "bin": BIN,
        "libraries": object(libraries),
        "before": activation.before_leaving,
        "after": activation.after_leaving,
        "variables": object(variables),
    })
}

/// Not by `collect`, which brings a sort of its own.
fn object(members: impl Iterator<Item = (String, Value)>) -> Value {
    let mut object = serde_json::Map::new();
    object.extend(members);
    object.into()
}

fn leave(left: &Inherited) -> Value {
    json!({
        "do": "leave",
        "path": left.path,
        "pkg_config_path": left.pkg_config_path,
        "unset": left.unset.iter().map(Ident::as_str).collect::<Vec<_>>(),
        "set": left.set.iter().map(|(name, value)| json!([name.as_str(), value])).collect::<Vec<_>>(),
    })
}

/// Each part of a value is a text, or a list of one name whose value stands there.
fn variables(changes: &Changes) -> Value {
    let part = |part: &Part| match part {
        Part::Text(text) => json!(text),
        Part::Of(name) => json!([name]),
    };
    let change = |change: &Change| {
        let parts = change.how.value().map(|value| &value.0[..]);
        let parts = parts.unwrap_or_default().iter().map(part);
        let how = match change.how {
            How::Set(_) => "set",
            How::Unset => "unset",
            How::Prepend(_) => "prepend",
            How::Append(_) => "append",
        };
        json!({
            "name": change.name,
            "how": how,
            "value": parts.collect::<Vec<_>>(),
        })
    };
    let all: Vec<_> = changes.all.iter().map(change).collect();
    json!({"do": "variables", "changes": all})
}

#[cfg(test)]
mod tests {
    use super::super::kinds::Shell;
    use super::super::plan::Plan;
    use super::*;

    fn ident(name: &str) -> Ident {
        Ident::new(name).expect("a name")
    }

    #[test]
    fn every_step_keeps_its_values_as_they_are() {
        let hostile = "it's \"q\" \\ $(id) `id`\n\t漢\u{1b}";
        let plan = Plan(vec![
            Effect::Leave(Inherited {
                path: Some(hostile.to_owned()),
                pkg_config_path: None,
                unset: vec![ident("TCL_LIBRARY")],
                set: Vec::new(),
            }),
            Effect::Set(ident("X"), hostile.to_owned()),
            Effect::Cd(hostile.to_owned()),
            Effect::Unset(ident("X")),
        ]);
        for shell in Shell::ALL
            .into_iter()
            .filter(|shell| shell.reads_data() && shell.has_hook())
        {
            let text = plan.render(shell).expect("JSON can say everything");
            assert_eq!(text.lines().count(), 1, "{shell}");
            let steps: Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(
                steps,
                json!([
                    {"do": "leave", "path": hostile, "pkg_config_path": null, "unset": ["TCL_LIBRARY"], "set": []},
                    {"do": "set", "name": "X", "value": hostile},
                    {"do": "cd", "directory": hostile},
                    {"do": "unset", "name": "X"},
                ]),
                "{shell}"
            );
            assert_eq!(Plan::default().render(shell), Ok(String::new()), "{shell}");
        }
    }

    #[test]
    fn what_is_possible_is_a_step() {
        let activate = Effect::Activate(Box::default());
        let source = Effect::Source {
            script: "/x".to_owned(),
            event: ident("post_activate"),
        };
        let run = Effect::Run {
            program: "/x".to_owned(),
            args: vec!["a b".to_owned()],
            cwd: "/".to_owned(),
        };
        let effects = [activate, Effect::Record, source, run];
        let steps: Vec<Value> = serde_json::from_str(&text(&effects)).expect("JSON");
        assert_eq!(steps.len(), effects.len());
    }
}
