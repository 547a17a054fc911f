//! Draws an explanation as a tree of lines.

use super::tree::{Mark, Node};
use crate::config::{Config, vars};
use crate::platform::Platform;
use crate::ui::{Text, Tone};

/// The tree as text, with the characters that the locale has.
pub(super) fn drawn(tree: &Node, config: &Config) -> Text {
    let lines = if has_unicode(config) {
        &UNICODE
    } else {
        &ASCII
    };
    let mut text = Text::default();
    draw(tree, lines, "", "", &mut text);
    text
}

/// The pieces that a tree is drawn with.
struct Lines {
    branch: &'static str,
    last: &'static str,
    down: &'static str,
    found: &'static str,
    absent: &'static str,
}

const UNICODE: Lines = Lines {
    branch: "├─ ",
    last: "└─ ",
    down: "│  ",
    found: "✓ ",
    absent: "✗ ",
};

const ASCII: Lines = Lines {
    branch: "|- ",
    last: "`- ",
    down: "|  ",
    found: "yes ",
    absent: "no  ",
};

/// Whether the locale has the characters of [`UNICODE`].
fn has_unicode(config: &Config) -> bool {
    let names = [vars::LC_ALL, vars::LC_CTYPE, vars::LANG];
    let locale = names.iter().find_map(|name| config.var(name));
    let locale = locale.unwrap_or_default().to_lowercase();
    Platform::HERE == Platform::Windows || locale.contains("utf-8") || locale.contains("utf8")
}

/// Draws the line, `start` before it, and the lines below it, `rest` before each.
fn draw(node: &Node, lines: &Lines, start: &str, rest: &str, text: &mut Text) {
    text.push(Tone::Plain, start);
    let (tone, mark) = match node.mark {
        Mark::Plain => (Tone::Plain, ""),
        Mark::Title => (Tone::Heading, ""),
        Mark::Found => (Tone::Active, lines.found),
        Mark::Absent => (Tone::Plain, lines.absent),
        Mark::Wrong => (Tone::Wrong, "! "),
    };
    text.push(tone, format!("{mark}{}\n", node.text));
    for (place, below) in node.below.iter().enumerate() {
        let is_last = place + 1 == node.below.len();
        let (branch, down) = if is_last {
            (lines.last, "   ")
        } else {
            (lines.branch, lines.down)
        };
        let (start, rest) = (format!("{rest}{branch}"), format!("{rest}{down}"));
        draw(below, lines, &start, &rest, text);
    }
}
