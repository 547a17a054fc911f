//! An explanation as a tree of lines.

use serde_json::Value;

use crate::interpreter::{Finding, Steps};

/// An explanation, for people and for programs.
pub(crate) struct Explanation {
    /// For people.
    pub(crate) tree: Node,
    /// For programs.
    pub(crate) json: Value,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// An ordinary line.
    Plain,
    /// The title of what is below it.
    Title,
    /// It exists, and decides.
    Found,
    /// It does not exist.
    Absent,
    /// Probably not as the user wants it.
    Wrong,
}

/// A line, and those below it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) mark: Mark,
    pub(crate) text: String,
    pub(crate) below: Vec<Self>,
}

impl Node {
    pub(crate) fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self {
            mark,
            text: text.into(),
            below: Vec::new(),
        }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(Mark::Plain, text)
    }

    pub(crate) fn title(text: impl Into<String>) -> Self {
        Self::new(Mark::Title, text)
    }

    pub(crate) fn with(mut self, below: impl IntoIterator<Item = Self>) -> Self {
        self.below.extend(below);
        self
    }
}

/// A line for each step.
pub(super) fn of_steps(steps: &Steps) -> Vec<Node> {
    let node = |mark, text: &String| Node::new(mark, text.clone());
    let steps = steps.0.iter();
    steps
        .map(|step| match step.finding {
            Finding::Found => node(Mark::Found, &step.text),
            Finding::Absent => node(Mark::Absent, &step.text),
            Finding::Fact => node(Mark::Plain, &step.text),
            Finding::Wrong => node(Mark::Wrong, &step.text),
        })
        .collect()
}
