//! A line that is typed on the terminal and not shown.

use std::io::{self, Read, Write};

use rustix::process::{Signal, getpid, kill_process};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Keys that edit the line or end it, as terminals send them (ASCII).
const INTERRUPT: u8 = 0x03;
const END: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const ERASE_ALL: u8 = 0x15;
const DELETE: u8 = 0x7f;

/// The terminal as it was, which it is again at the end.
struct Restored(Termios);

impl Drop for Restored {
    fn drop(&mut self) {
        // Nothing else can be done about it.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}

/// Asks the question on standard error and reads a line from the terminal that is standard input, without showing what is typed.
/// Ctrl-C ends this process, after the terminal was put right.
///
/// # Errors
/// When the terminal cannot be read or set, and when the line is no UTF-8.
pub(crate) fn hidden_line(question: &str) -> io::Result<String> {
    let line = {
        let mut modes = tcgetattr(io::stdin())?;
        let _restored = Restored(modes.clone());
        modes.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        tcsetattr(io::stdin(), OptionalActions::Now, &modes)?;
        // Not earlier: what is typed at once would be shown.
        let _ = io::stderr().write_all(question.as_bytes());
        edited(Keys)
    };
    let _ = io::stderr().write_all(b"\n");
    let Some(line) = line? else {
        kill_process(getpid(), Signal::INT)?;
        return Err(io::ErrorKind::Interrupted.into());
    };
    String::from_utf8(line).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not UTF-8"))
}

/// Standard input without a buffer: what is typed behind the line is for the shell.
struct Keys;

impl Read for Keys {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::read(io::stdin(), buffer)?)
    }
}

/// The line that comes of these keys; `None` after Ctrl-C.
fn edited(mut keys: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut key = [0];
    while keys.read(&mut key)? == 1 {
        match key[0] {
            INTERRUPT => return Ok(None),
            b'\r' | b'\n' | END => break,
            ERASE_ALL => line.clear(),
            BACKSPACE | DELETE => {
                let is_start = |byte: &u8| byte & 0xc0 != 0x80;
                let start = line.iter().rposition(is_start);
                line.truncate(start.unwrap_or_default());
            }
            key => line.push(key),
        }
    }
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::edited;

    #[test]
    fn keys_make_a_line() {
        for (keys, line) in [
            ("abc\nd", Some("abc")),
            ("a\x7f\x7fb\u{fc}\x08c\r", Some("bc")),
            ("ab\x15c", Some("c")),
            ("\x04x", Some("")),
            ("a\x03b\n", None),
        ] {
            let seen = edited(keys.as_bytes()).expect("text can be read");
            assert_eq!(seen.as_deref(), line.map(str::as_bytes), "{keys:?}");
        }
    }
}
