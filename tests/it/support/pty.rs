//! An interactive shell in a terminal: keys go in, the screen is read.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcgetpgrp, tcsetwinsize};

use super::starting::spawn;
use super::{Interactive, Sandbox, TestShell};

/// Rows and columns of the terminal.
const SIZE: (NonZero<u16>, NonZero<u16>) = (NonZero::new(40).unwrap(), NonZero::new(120).unwrap());
/// How many lines the terminal keeps above the screen.
const LINES: usize = 100_000;
/// How long a text may take to appear: xonsh needs seconds to start, and many of them on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);
/// How often somebody looks at what the screen does not tell: whether a file is there.
const LOOK: Duration = Duration::from_millis(5);
/// How long a shell may take to draw what it has begun to draw.
const DRAW: Duration = Duration::from_millis(2);
/// How long nothing may happen until nothing more is to come.
const QUIET: Duration = Duration::from_millis(100);
/// How a prompt ends, before its blank ([`super::Language::set_prompt`]).
const PROMPT: &str = "$";
/// What elvish writes when it begins to read a line: pasted text is to come in brackets.
const READS: &[u8] = b"\x1b[?2004h";

pub struct Pty {
    child: Child,
    keys: File,
    display: Arc<Display>,
    /// The shell that was started, if it is known.
    name: &'static str,
    /// How its prompts end, before a blank.
    prompt: &'static str,
    /// Whether who reads a line takes single keys from the terminal, as editors of lines do.
    takes_keys: bool,
    /// The row of the last line that was typed, counted from the first one that was ever shown.
    typed: Option<usize>,
    /// Where the bytes end that said that a pasted line is read.
    pasted: usize,
}

/// What the shell has written, and who waits for more of it.
struct Display {
    shown: Mutex<Shown>,
    news: Condvar,
}

struct Shown {
    parser: vt100::Parser<Answers>,
    /// All bytes, with their escape sequences.
    raw: Vec<u8>,
}

/// What the terminal answers to programs that ask where the cursor is, and what it is.
#[derive(Default)]
struct Answers(Vec<u8>);

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        mark: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        end: char,
    ) {
        let number = params.first().and_then(|it| it.first());
        match (mark, number, end) {
            (None, Some(6), 'n') => {
                let (row, column) = screen.cursor_position();
                let answer = format!("\x1b[{};{}R", row + 1, column + 1);
                self.0.extend(answer.as_bytes());
            }
            (None, None | Some(0), 'c') => self.0.extend(b"\x1b[?1;2c"),
            _ => {}
        }
    }
}

impl Shown {
    /// The row of the cursor, counted from the first one that was ever shown.
    fn row(&self) -> usize {
        let screen = self.parser.screen();
        screen.scrollback_len() + usize::from(screen.cursor_position().0)
    }

    /// The text before the cursor, if a blank and nothing more is behind it.
    fn before_cursor(&self) -> Option<String> {
        let screen = self.parser.screen();
        let (row, column) = screen.cursor_position();
        let text = |width| screen.rows(0, width).nth(row.into());
        let [text, line] = [text(column)?, text(SIZE.1.get())?];
        let last = screen.cell(row, column.checked_sub(1)?)?;
        let is_whole = text.trim_end() == line.trim_end() && last.contents().trim().is_empty();
        is_whole.then(|| text.trim_end().to_owned())
    }
}

impl Display {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().expect("no thread panics while it draws")
    }

    /// Waits for more bytes than that many, but not for long.
    fn wait_for_more(&self, than: usize) {
        let is_same = |shown: &mut Shown| shown.raw.len() == than;
        let waited = self.news.wait_timeout_while(self.lock(), LOOK, is_same);
        let (shown, result) = waited.expect("no thread panics while it draws");
        drop(shown);
        if !result.timed_out() {
            // A shell draws a line with several writes.
            std::thread::sleep(DRAW);
        }
    }
}

impl Pty {
    /// The shell, interactive, with `rc` as its start-up file.
    ///
    /// ```ignore
    /// let mut pty = Pty::start(shell, &sandbox, "eval \"$(venvsh hook bash)\"\nPS1='$ '\n");
    /// pty.command("workon demo");
    /// pty.expect_prompt("(demo) $");
    /// pty.send("workon ot\t");
    /// pty.wait_for("workon other");
    /// ```
    pub fn start(shell: &TestShell, sandbox: &Sandbox, rc: &str) -> Self {
        Self::start_in(&[], shell, sandbox, rc)
    }

    /// As [`Self::start`], by a program that gets the shell's command line: these are its own words.
    pub fn start_in(words: &[&str], shell: &TestShell, sandbox: &Sandbox, rc: &str) -> Self {
        let outer = words;
        let (name, words) = match shell.interactive {
            Interactive::Words(words) | Interactive::Env(words) => ("test.rc", words),
            Interactive::Home(name, words) => (name, words),
        };
        let file = sandbox.write(name, rc);
        let program = shell
            .program()
            .expect("only shells that are here are started");
        // Only the child itself could make the terminal its own, which Rust calls unsafe: setsid does it.
        let mut command = sandbox.command("setsid");
        command.args(["--ctty", "--wait"]).args(outer);
        command.arg(program);
        command.args(words.iter().map(|word| word.replace("{rc}", file.as_str())));
        command.env("TERM", "xterm-256color");
        if matches!(shell.interactive, Interactive::Env(_)) {
            command.env("ENV", &file);
        }
        Self::run_shell(shell, command)
    }

    /// Any command that starts this shell.
    pub fn run_shell(shell: &TestShell, command: Command) -> Self {
        let mut pty = Self::run(command);
        pty.name = shell.name;
        pty.takes_keys = shell.takes_keys();
        pty
    }

    /// Any command.
    pub fn run(mut command: Command) -> Self {
        let main = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&main)
            .and_then(|()| unlockpt(&main))
            .expect("a terminal");
        let (rows, columns) = SIZE;
        tcsetwinsize(
            &main,
            Winsize {
                ws_row: rows.get(),
                ws_col: columns.get(),
                ws_xpixel: 0,
                ws_ypixel: 0,
            },
        )
        .expect("a terminal has a size");
        let name = ptsname(&main, Vec::new())
            .expect("a terminal has a name")
            .into_string()
            .expect("ASCII");
        let other = fs_err::OpenOptions::new()
            .read(true)
            .write(true)
            .open(name)
            .expect("a terminal")
            .into_parts()
            .0;
        let clone =
            |file: &File| Stdio::from(file.try_clone().expect("a file can be opened twice"));
        command
            .stdin(clone(&other))
            .stdout(clone(&other))
            .stderr(clone(&other));
        let child =
            spawn(&mut command).unwrap_or_else(|err| panic!("cannot run {command:?}: {err}"));
        let keys = File::from(main);
        let shown = Mutex::new(Shown {
            parser: vt100::Parser::new_with_callbacks(rows, columns, LINES, Answers::default()),
            raw: Vec::new(),
        });
        let display = Arc::new(Display {
            shown,
            news: Condvar::new(),
        });
        let (output, answers) = (
            keys.try_clone().expect("a file"),
            keys.try_clone().expect("a file"),
        );
        let drawn = Arc::clone(&display);
        std::thread::spawn(move || draw(output, answers, &drawn));
        Self {
            child,
            keys,
            display,
            name: "a program",
            prompt: PROMPT,
            takes_keys: true,
            typed: None,
            pasted: 0,
        }
    }

    /// The same terminal, for prompts that end so, before a blank.
    pub fn with_prompt(mut self, prompt: &'static str) -> Self {
        self.prompt = prompt;
        self
    }

    /// Types the line when the shell reads one. What comes of it is to be waited for.
    #[track_caller]
    pub fn begin(&mut self, line: &str) {
        self.prompt();
        self.send(&format!("{line}\r"));
    }

    /// Types the line when the shell reads one, and waits until it reads the next: whatever the line does is done and shown.
    /// Returns the prompt.
    #[track_caller]
    pub fn command(&mut self, line: &str) -> String {
        self.begin(line);
        self.prompt()
    }

    /// Waits until the shell reads a line, and returns its prompt: the one below the last line that was typed, never an older one.
    #[track_caller]
    pub fn prompt(&self) -> String {
        self.prompt_that("a prompt", |_| true)
    }

    /// Waits until the shell reads a line behind this prompt. elvish may show an old one first: it draws them while it reads.
    #[track_caller]
    pub fn expect_prompt(&self, wanted: &str) {
        self.prompt_that(&format!("the prompt {wanted:?}"), |prompt| prompt == wanted);
    }

    /// The same with any condition on the prompt.
    #[track_caller]
    pub fn prompt_that(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.wait_to_see(what, |_| self.shown_prompt().filter(|it| wanted(it)))
    }

    fn shown_prompt(&self) -> Option<String> {
        let shown = self.display.lock();
        let is_new = self.typed.is_none_or(|typed| shown.row() > typed);
        let prompt = shown.before_cursor().filter(|_| is_new)?;
        drop(shown);
        (prompt.ends_with(self.prompt) && self.is_read()).then_some(prompt)
    }

    /// Whether an editor of lines has the terminal. Keys that come earlier are shown twice, or lost.
    pub fn is_read(&self) -> bool {
        let modes = || tcgetattr(&self.keys).expect("a terminal has modes");
        !self.takes_keys || !modes().local_modes.contains(LocalModes::ICANON)
    }

    /// The processes that get the keys, and the signals that keys are.
    pub fn foreground(&self) -> Option<Pid> {
        tcgetpgrp(&self.keys).ok()
    }

    /// Types the keys: `\t` is TAB, `\r` Return, `\x03` Ctrl-C. They are lost if nobody reads them yet.
    pub fn send(&mut self, keys: &str) {
        if let Some((line, _)) = keys.split_once('\r') {
            let shown = self.display.lock();
            self.typed = Some(shown.row());
            let column = usize::from(shown.parser.screen().cursor_position().1);
            // Some shells show a long line in several rows.
            let is_short = column + line.chars().count() < usize::from(SIZE.1.get());
            let end = format!("{} ", self.prompt);
            assert!(is_short || !line.contains(&end), "like a prompt: {line:?}");
        }
        self.keys
            .write_all(keys.as_bytes())
            .expect("a terminal takes keys");
    }

    /// Pastes the text, for a shell that has asked for brackets around it: elvish draws the line after each key, but once for this.
    pub fn paste(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Pastes the line when elvish reads one, and presses Return.
    #[track_caller]
    pub fn paste_line(&mut self, line: &str) {
        self.pasted = self.wait_for_bytes(READS, self.pasted);
        self.paste(line);
        self.send("\r");
    }

    /// All bytes that came so far, with their escape sequences.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.display.lock().raw).into_owned()
    }

    /// Waits until the screen shows the text, and returns the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(&format!("{text:?} on the screen"), |screen| {
            screen.contains(text)
        })
    }

    /// Waits until these bytes came behind that many others, and returns where they end.
    #[track_caller]
    pub fn wait_for_bytes(&self, bytes: &[u8], from: usize) -> usize {
        let (start, mut seen) = (Instant::now(), from);
        loop {
            let shown = self.display.lock();
            let found = shown.raw[seen..]
                .windows(bytes.len())
                .position(|part| part == bytes);
            if let Some(found) = found {
                return seen + found + bytes.len();
            }
            let now = shown.raw.len();
            drop(shown);
            assert!(
                start.elapsed() < LIMIT,
                "{}: waited {LIMIT:?} for {bytes:?}; the screen:\n{}",
                self.name,
                self.screen()
            );
            // The bytes may have come in part.
            seen = seen.max((now + 1).saturating_sub(bytes.len()));
            self.display.wait_for_more(now);
        }
    }

    /// Waits until the screen is as wanted, and returns it.
    #[track_caller]
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.wait_to_see(what, |screen| wanted(screen).then(|| screen.to_owned()))
    }

    #[track_caller]
    fn wait_to_see<T>(&self, what: &str, look: impl Fn(&str) -> Option<T>) -> T {
        let start = Instant::now();
        let (mut bytes, mut screen) = (None, String::new());
        loop {
            let now = self.display.lock().raw.len();
            if bytes != Some(now) {
                // What comes meanwhile is seen at the next look.
                (bytes, screen) = (Some(now), self.screen());
            }
            if let Some(seen) = look(&screen) {
                return seen;
            }
            assert!(
                start.elapsed() < LIMIT,
                "{}: waited {LIMIT:?} for {what}; the screen:\n{screen}",
                self.name
            );
            self.display.wait_for_more(now);
        }
    }

    /// Waits until no program in the terminal has anything to do and nothing new has come for a while, and returns the screen: for what
    /// must not come, and where a shell draws nobody knows what.
    #[track_caller]
    pub fn settle(&self) -> String {
        let start = Instant::now();
        let count = || self.display.lock().raw.len();
        let (mut since, mut bytes) = (start, count());
        while since.elapsed() < QUIET {
            std::thread::sleep(LOOK);
            let now = count();
            if now != bytes || self.is_busy() {
                (since, bytes) = (Instant::now(), now);
            }
            assert!(
                start.elapsed() < LIMIT,
                "{}: something happens for {LIMIT:?}; the screen:\n{}",
                self.name,
                self.screen()
            );
        }
        self.screen()
    }

    /// Whether a program in the terminal runs or would if it had a processor, where `/proc` tells.
    fn is_busy(&self) -> bool {
        let child = self.child.id();
        std::iter::once(child)
            .chain(descendants(child))
            .flat_map(threads)
            .any(|thread| {
                let text = fs_err::read_to_string(thread.join("stat")).unwrap_or_default();
                let state = text.rsplit(") ").next().unwrap_or_default();
                state.starts_with(['R', 'D'])
            })
    }

    /// What the screen shows now: lines without the blanks at their ends, but one blank behind a prompt stays if the cursor is there.
    pub fn screen(&self) -> String {
        let shown = self.display.lock();
        let (row, column) = shown.parser.screen().cursor_position();
        let lines =
            shown
                .parser
                .screen()
                .rows(0, SIZE.1.get())
                .enumerate()
                .map(|(number, line)| {
                    let width = line.chars().count();
                    let missing = if number == usize::from(row) {
                        usize::from(column).saturating_sub(width)
                    } else {
                        0
                    };
                    line + &" ".repeat(missing)
                });
        lines
            .collect::<Vec<_>>()
            .join("\n")
            .trim_end_matches('\n')
            .to_owned()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // The shell was asked to end or the test failed: either way nothing may stay behind. npm's nu is a program that
        // starts the shell, which would run on without a terminal.
        let below = descendants(self.child.id());
        drop(self.child.kill().and_then(|()| self.child.wait()));
        for process in below {
            let pid = i32::try_from(process).ok().and_then(Pid::from_raw);
            let _ = pid.map(|pid| kill_process(pid, Signal::KILL));
        }
    }
}

/// The processes that this one has started, and theirs, where `/proc` tells.
fn descendants(process: u32) -> Vec<u32> {
    let mut below = Vec::new();
    for thread in threads(process) {
        let children = fs_err::read_to_string(thread.join("children")).unwrap_or_default();
        for child in children.split_whitespace().filter_map(|it| it.parse().ok()) {
            below.push(child);
            below.extend(descendants(child));
        }
    }
    below
}

/// The directories of `/proc` that tell of the threads of a process.
fn threads(process: u32) -> Vec<std::path::PathBuf> {
    let threads = fs_err::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    threads.map(|thread| thread.path()).collect()
}

/// Draws what comes, and answers what programs ask a terminal.
fn draw(mut output: File, mut answers: File, display: &Display) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = output.read(&mut buffer) {
        let mut shown = display.lock();
        shown.raw.extend_from_slice(&buffer[..count]);
        shown.parser.process(&buffer[..count]);
        // Nobody sees the prompt before this is answered: the shell would take keys for a part of the answer.
        let answer = std::mem::take(&mut shown.parser.callbacks_mut().0);
        let _ = answers.write_all(&answer);
        drop(shown);
        display.news.notify_all();
    }
}
