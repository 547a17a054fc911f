//! Explains which environment belongs to a directory: the order of precedence, row by row.

use camino::Utf8Path;
use serde_json::{Value, json};

use super::tree::{Explanation, Mark, Node};
use crate::environment::projects::{self, Choice, Hit, Step, Takes, Tried};
use crate::environment::trust::{self, Verdict};
use crate::error::Error;
use crate::events::scripts_of_entering;
use crate::names::called;
use crate::session::Session;

/// Explains which environment `workon .` enters in that directory.
pub(crate) fn explain(session: &Session, directory: &Utf8Path) -> Result<Explanation, Error> {
    let steps = projects::order(&session.config, directory)?;
    let from = &steps[0].directory;
    let mut rows = steps.iter().flat_map(|step| &step.rows);
    let deciding = rows.find(|(_, _, tried)| !matches!(tried, Tried::Nothing(..)));
    let winner = match deciding {
        Some((_, _, Tried::Hits(hits))) if hits.len() == 1 => Some(&hits[0]),
        _ => None,
    };
    let title = match (winner, deciding) {
        (Some(hit), _) => format!("{from}: {}", hit.environment),
        (None, Some((_, _, Tried::Unknown(reason)))) => format!("{from}: not known: {reason}"),
        (None, Some(_)) => format!("{from}: several environments, and nothing tells which"),
        (None, None) => format!("{from}: no environment"),
    };
    let mut tree = Node::title(title);
    tree.below.extend(nodes(&steps));
    tree.below
        .extend(winner.and_then(|hit| hit.note.clone()).map(Node::plain));
    let is_by_hand = deciding.is_some_and(|(_, by_hand, _)| *by_hand);
    let automatic = winner.map(|hit| automatic(session, hit, is_by_hand));
    tree.below.extend(automatic.map(Node::plain));
    let choices = own_choices(session, winner.map_or(from, |hit| &hit.directory));
    let others = choices.iter().filter(|choice| match winner {
        Some(hit) => !choice.is(&hit.environment),
        None => true,
    });
    let others: Vec<_> = others.map(ToString::to_string).map(Node::plain).collect();
    if !others.is_empty() {
        let title = Node::title("tools that take another one");
        tree.below.push(title.with(others));
    }
    let json = whole_json(&steps, deciding.map(|(title, ..)| *title), winner, &choices);
    Ok(Explanation { tree, json })
}

/// Whether a shell that follows the directory enters it.
fn automatic(session: &Session, hit: &Hit, is_by_hand: bool) -> String {
    if is_by_hand {
        return format!("entered by hand only: {} .", called("workon"));
    }
    match trust::verdict(
        &session.config,
        hit,
        &scripts_of_entering(session, &hit.environment),
    ) {
        Verdict::Trusted => "entered automatically by a hook with --auto".to_owned(),
        Verdict::NeedsConsent => format!(
            "entered automatically after you entered it once: {} .",
            called("workon")
        ),
        Verdict::Refused(reason) => format!("not entered automatically: {reason}"),
    }
}

/// A node for each directory that has something to show.
fn nodes(steps: &[Step]) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut is_decided = false;
    for (place, step) in steps.iter().enumerate() {
        let is_last = place + 1 == steps.len();
        let title = if is_last {
            "at last, by the name of the directory"
        } else {
            step.directory.as_str()
        };
        let node = of_step(title, step, place == 0 || is_last, &mut is_decided);
        nodes.extend(node);
    }
    nodes
}

fn whole_json(
    steps: &[Step],
    row: Option<&str>,
    winner: Option<&Hit>,
    choices: &[Choice],
) -> Value {
    json!({
        "directory": steps[0].directory.as_str(),
        "environment": winner.map(|hit| hit.environment.as_str()),
        "row": row,
        "decided_by": winner.map(|hit| hit.by.as_str()),
        "note": winner.and_then(|hit| hit.note.as_deref()),
        "tools": choices.iter().map(choice_json).collect::<Vec<_>>(),
        "order": steps.iter().map(step_json).collect::<Vec<_>>(),
    })
}

/// What the tools themselves take there: they may see another environment as the active one.
fn own_choices(session: &Session, directory: &Utf8Path) -> Vec<Choice> {
    let active = projects::active(&session.config);
    projects::choices(&session.config, directory, active.as_deref())
}

fn choice_json(choice: &Choice) -> Value {
    let (kind, path) = match &choice.takes {
        Takes::Environment(path) => ("environment", path),
        Takes::New(path) | Takes::NewIn(path) => ("new", path),
        Takes::Python(path) => ("python", path),
    };
    json!({ "tool": choice.tool, "takes": kind, "path": path.as_str(), "because": choice.because })
}

/// The rows of a directory; not the whole, where only those that have an environment are shown.
fn of_step(title: &str, step: &Step, is_whole: bool, is_decided: &mut bool) -> Option<Node> {
    let mut node = Node::title(title);
    for (title, _, tried) in &step.rows {
        match tried {
            Tried::Hits(hits) => {
                let mark = match (*is_decided, hits.len()) {
                    (true, _) => Mark::Plain,
                    (false, 1) => Mark::Found,
                    (false, _) => Mark::Wrong,
                };
                let hits = hits.iter().map(|hit| text_of_hit(title, hit));
                node.below.extend(hits.map(|text| Node::new(mark, text)));
                *is_decided = true;
            }
            Tried::Nothing(at, reason) if is_whole => {
                let text = if at.contains(title) {
                    format!("{at} {reason}")
                } else {
                    format!("{title}: {at} {reason}")
                };
                node.below.push(Node::new(Mark::Absent, text));
            }
            Tried::Nothing(..) => {}
            Tried::Unknown(reason) => {
                let mark = if *is_decided {
                    Mark::Plain
                } else {
                    Mark::Wrong
                };
                node.below
                    .push(Node::new(mark, format!("{title}: {reason}")));
                *is_decided = true;
            }
        }
    }
    (!node.below.is_empty()).then_some(node)
}

fn text_of_hit(title: &str, hit: &Hit) -> String {
    if hit.by == hit.environment {
        format!("{title}: {}", hit.environment)
    } else {
        format!("{title}: {} by {}", hit.environment, hit.by)
    }
}

fn step_json(step: &Step) -> Value {
    let rows = step.rows.iter().map(|(title, by_hand, tried)| {
        let (hits, at, reason) = match tried {
            Tried::Hits(hits) => (hits.as_slice(), None, None),
            Tried::Nothing(at, reason) => (&[][..], Some(at), Some(reason)),
            Tried::Unknown(reason) => (&[][..], None, Some(reason)),
        };
        let hits: Vec<_> = hits
            .iter()
            .map(|hit| json!({ "environment": hit.environment.as_str(), "by": hit.by, "note": hit.note }))
            .collect();
        json!({ "row": title, "by_hand": by_hand, "environments": hits, "at": at, "reason": reason })
    });
    json!({ "directory": step.directory.as_str(), "rows": rows.collect::<Vec<_>>() })
}
