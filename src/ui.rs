//! The one module that prints.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Read, StdoutLock, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use anstyle::{AnsiColor, Color, Style};

use crate::config::{Config, vars};
use crate::error::Error;
use crate::platform;

/// The kind of a piece of text, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// A title of help or of a table.
    Heading,
    /// The active environment, the default interpreter.
    Active,
    /// The next step.
    Hint,
    /// An error.
    Wrong,
}

impl Tone {
    const fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Heading => Style::new().bold(),
            Self::Active => Style::new()
                .bold()
                .fg_color(Some(Color::Ansi(AnsiColor::Green))),
            Self::Hint => Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan))),
            Self::Wrong => Style::new()
                .bold()
                .fg_color(Some(Color::Ansi(AnsiColor::Red))),
        }
    }
}

/// Text of several tones.
#[derive(Clone, Debug, Default)]
pub struct Text {
    text: String,
    /// The tone of each piece, and where it ends.
    pieces: Vec<(Tone, usize)>,
}

impl Text {
    /// Adds a piece.
    pub fn push(&mut self, tone: Tone, text: impl AsRef<str>) {
        self.write(tone, format_args!("{}", text.as_ref()));
    }

    /// Adds a piece: the result of `format_args!`.
    pub fn write(&mut self, tone: Tone, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = std::fmt::Write::write_fmt(&mut self.text, text);
        let end = self.text.len();
        match self.pieces.last_mut() {
            Some((last, last_end)) if *last == tone => *last_end = end,
            _ => self.pieces.push((tone, end)),
        }
    }

    /// The text for this stream: coloured, and harmless to a terminal.
    fn render(&self, stream: Stream) -> Cow<'_, str> {
        if !stream.is_terminal && !stream.has_colour {
            return (&self.text).into();
        }
        let mut rendered = String::with_capacity(self.text.len());
        let mut start = 0;
        for &(tone, end) in &self.pieces {
            let piece = &self.text[start..end];
            start = end;
            let piece = if stream.is_terminal {
                sanitize(piece)
            } else {
                piece.into()
            };
            let style = tone.style();
            if stream.has_colour && !style.is_plain() {
                rendered += &format!("{style}{piece}{style:#}");
            } else {
                rendered += &piece;
            }
        }
        rendered.into()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let pieces = vec![(Tone::Plain, text.len())];
        Self { text, pieces }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Standard output or standard error.
#[derive(Clone, Copy, Debug)]
struct Stream {
    is_terminal: bool,
    has_colour: bool,
}

/// The settings from variables.
#[derive(Clone, Copy, Debug)]
struct Look {
    /// Whether the user wants colours. `None`: only in a terminal.
    colour: Option<bool>,
    /// Whether the terminal can delete a line.
    erases: bool,
}

static LOOK: OnceLock<Look> = OnceLock::new();

/// Remembers whether the user wants colours: `NO_COLOR`, `TERM=dumb` and `CLICOLOR=0` mean no, `CLICOLOR_FORCE` means yes.
pub fn set_look(config: &Config) {
    let term = config.var(vars::TERM);
    let look = Look {
        colour: wants_colour(config),
        erases: term.is_some_and(|term| term != "dumb"),
    };
    // A second call is a second run in one process: the first answer stays.
    let _ = LOOK.set(look);
}

fn wants_colour(config: &Config) -> Option<bool> {
    let is = |name: &str, value: &str| config.var(name).as_deref() == Some(value);
    if config.var(vars::NO_COLOR).is_some() {
        Some(false)
    } else if config.var(vars::CLICOLOR_FORCE).is_some() && !is(vars::CLICOLOR_FORCE, "0") {
        Some(true)
    } else if is(vars::TERM, "dumb") || is(vars::CLICOLOR, "0") || config.var(vars::TERM).is_none()
    {
        Some(false)
    } else {
        None
    }
}

impl Stream {
    fn new(stream: &impl IsTerminal) -> Self {
        let is_terminal = stream.is_terminal();
        let wanted = LOOK.get().map_or(Some(false), |look| look.colour);
        Self {
            is_terminal,
            has_colour: wanted.unwrap_or(is_terminal),
        }
    }
}

/// The width of the terminal on standard output; `None` for a file or a pipe, where lines are not cut.
#[must_use]
pub fn columns() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0)).filter(|&columns| columns > 0)
}

/// The path for the rest of a line with `taken` columns used: where it does not fit, `…` and the end of the path.
#[must_use]
pub fn fit(path: &str, columns: Option<usize>, taken: usize) -> String {
    let room = columns.map_or(usize::MAX, |columns| columns.saturating_sub(taken));
    let length = path.chars().count();
    // A few characters of a path would be useless.
    if length <= room || room < 10 {
        return path.to_owned();
    }
    let end: String = path.chars().skip(length + 1 - room).collect();
    format!("…{end}")
}

/// Prints text to standard output in one write. A closed pipe is no error.
pub fn out(text: &str) {
    show(&text.into());
}

/// Prints text of several tones to standard output.
pub fn show(text: &Text) {
    let mut stdout = io::stdout().lock();
    let shown = text.render(Stream::new(&stdout));
    write(&mut stdout, shown.as_bytes());
}

/// The first error of a write to standard output.
static NOT_WRITTEN: OnceLock<io::Error> = OnceLock::new();

fn write(stdout: &mut StdoutLock<'_>, bytes: &[u8]) {
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(err) if err.kind() != io::ErrorKind::BrokenPipe => {
            NOT_WRITTEN.get_or_init(|| err);
        }
        _ => {}
    }
}

/// The reason why standard output is incomplete, if a write to it failed.
pub fn not_written() -> Option<String> {
    NOT_WRITTEN.get().map(ToString::to_string)
}

/// Prints help, with headings in bold.
pub fn help(text: &str) {
    let mut toned = Text::default();
    for line in text.split_inclusive('\n') {
        // `Options:` alone, `Usage: workon …` at its beginning.
        let heading = match line.split_once(':') {
            Some((word, rest)) if !line.starts_with(' ') && (rest == "\n" || word == "Usage") => {
                word.len() + 1
            }
            _ => 0,
        };
        toned.push(Tone::Heading, &line[..heading]);
        toned.push(Tone::Plain, &line[heading..]);
    }
    show(&toned);
}

/// Whether standard output is a terminal.
#[must_use]
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether standard input and standard error are terminals, so that a user can answer.
#[must_use]
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question. Only `y` and `yes` mean yes; without a terminal nothing is asked, and the answer is no.
#[must_use]
pub fn confirm(question: &str) -> bool {
    if !can_ask() {
        return false;
    }
    let _ = io::stderr().write_all(format!("{} [y/N] ", one_line(question)).as_bytes());
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// Asks for a line of text, which the terminal does not show where the system can hide it; without a terminal, standard input is the
/// answer. The line break at its end is no part of it.
///
/// # Errors
/// When it cannot be read, or is no text.
pub fn ask(question: &str) -> io::Result<String> {
    let mut answer = String::new();
    if can_ask() {
        answer = platform::hidden_line(&one_line(question))?;
    } else {
        io::stdin()
            .take(LONGEST_ANSWER)
            .read_to_string(&mut answer)?;
    }
    let line = answer.strip_suffix('\n').unwrap_or(&answer);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

const LONGEST_ANSWER: u64 = 64 * 1024;

/// Prints the output of another program unchanged.
pub fn pass_on(stdout: &[u8], stderr: &[u8]) {
    write(&mut io::stdout().lock(), stdout);
    let _ = io::stderr().write_all(stderr);
}

/// Prints one line on standard error that is no failure.
pub fn note(text: &str) {
    complain(&[(Tone::Plain, "venvsh: ", text)]);
}

/// The same with a hint.
pub fn note_with_hint(text: &str, hint: &str) {
    complain(&[
        (Tone::Plain, "venvsh: ", text),
        (Tone::Hint, "hint: ", hint),
    ]);
}

/// Prints an error and its hint.
pub fn error(err: &Error) {
    let message = err.to_string();
    let hint = err.hint();
    let mut lines = vec![(Tone::Wrong, "venvsh: ", message.as_str())];
    lines.extend(hint.as_deref().map(|hint| (Tone::Hint, "hint: ", hint)));
    complain(&lines);
}

/// Prints lines on standard error in one write: each a toned prefix and a text without line breaks.
fn complain(lines: &[(Tone, &str, &str)]) {
    let mut text = Text::default();
    for (tone, start, line) in lines {
        text.push(*tone, *start);
        text.push(Tone::Plain, one_line(line));
        text.push(Tone::Plain, "\n");
    }
    let mut stderr = io::stderr().lock();
    let text = text.render(Stream::new(&stderr));
    let start = if PROGRESS.swap(false, Ordering::Relaxed) {
        ERASE
    } else {
        ""
    };
    let _ = stderr.write_all(format!("{start}{text}").as_bytes());
}

/// Work that takes longer than this is reported.
const PATIENCE: Duration = Duration::from_millis(500);
/// Moves to the start of the line and deletes it.
const ERASE: &str = "\r\u{1b}[K";
/// Whether the terminal shows a line of progress.
static PROGRESS: AtomicBool = AtomicBool::new(false);

/// A line on standard error that is shown while work goes on.
#[must_use = "the line is deleted when this is dropped"]
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

/// Reports work that takes longer than half a second: in a terminal, in one line, which is deleted at the end. Programs
/// that print must not run meanwhile.
pub fn progress(text: &str) -> Progress {
    if !io::stderr().is_terminal() || !LOOK.get().is_some_and(|look| look.erases) {
        return Progress(None);
    }
    let line = format!("venvsh: {}...", one_line(text));
    let (done, waits) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        if waits.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            PROGRESS.store(true, Ordering::Relaxed);
            let _ = io::stderr().write_all(line.as_bytes());
            // Fails when the sender is dropped, at the end of the work.
            let _ = waits.recv();
            if PROGRESS.swap(false, Ordering::Relaxed) {
                let _ = io::stderr().write_all(ERASE.as_bytes());
            }
        }
    });
    Progress(Some((done, thread)))
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.0.take() {
            drop(done);
            // The thread only prints and waits, and cannot panic.
            let _ = thread.join();
        }
    }
}

/// Replaces control, bidirectional and zero-width characters by `\u{…}`, so that names cannot control the terminal. Line
/// breaks and tabs stay.
fn sanitize(text: &str) -> Cow<'_, str> {
    let bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(bad) {
        return text.into();
    }
    text.chars()
        .flat_map(|c| {
            if bad(c) {
                c.escape_unicode().collect::<Vec<_>>()
            } else {
                vec![c]
            }
        })
        .collect::<String>()
        .into()
}

/// The text as one line, even if a name in it has line breaks.
fn one_line(text: &str) -> String {
    sanitize(text).replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_steer_the_terminal() {
        assert_eq!(
            one_line("a\u{1b}[2Jb\nc\u{202e}d"),
            "a\\u{1b}[2Jb\\nc\\u{202e}d"
        );
        assert_eq!(one_line("plain é 漢"), "plain é 漢");
    }
    /// The variables of the specifications no-color.org and bixense.com/clicolors.
    #[test]
    fn variables_decide_on_colours() {
        for (variables, expect) in [
            (&[("TERM", "xterm")][..], None),
            (&[], Some(false)),
            (&[("TERM", "dumb")], Some(false)),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], Some(false)),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], None),
            (&[("TERM", "xterm"), ("CLICOLOR", "0")], Some(false)),
            (&[("CLICOLOR_FORCE", "1")], Some(true)),
            (&[("TERM", "xterm"), ("CLICOLOR_FORCE", "0")], None),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Some(false)),
        ] {
            let config = Config::given("/", variables.iter().copied());
            assert_eq!(wants_colour(&config), expect, "{variables:?}");
        }
    }

    #[test]
    fn colours_end_where_their_text_ends_and_names_cannot_add_any() {
        let mut text = Text::default();
        text.push(Tone::Active, "de\u{1b}[31mmo");
        text.push(Tone::Plain, "  3.12\n");
        let render = |is_terminal, has_colour| {
            text.render(Stream {
                is_terminal,
                has_colour,
            })
        };
        assert_eq!(
            render(true, true),
            "\u{1b}[1m\u{1b}[32mde\\u{1b}[31mmo\u{1b}[0m  3.12\n"
        );
        assert_eq!(render(true, false), "de\\u{1b}[31mmo  3.12\n");
        assert_eq!(render(false, false), "de\u{1b}[31mmo  3.12\n");
    }
}
