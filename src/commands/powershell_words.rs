//! The words of a command as PowerShell's functions hand them over: as the user typed them, in PowerShell's spellings.
//!
//! `-NoPip`, `-Pyth 3.12`, `-p:3.12` and `-i six,click` become what the other shells hand over: `--no-pip`, `--python 3.12`,
//! `-p 3.12`, `-i six -i click`. The words of a program of the user's stay as they are.

use clap::{Arg, ArgAction, Command};

/// What stands between the items of a list, which is one word.
const ITEM: char = '\u{1e}';
/// The shortest beginning of an option's name that counts.
const SHORTEST: usize = 3;

/// The words behind the command's name, in the spelling of the other shells.
#[must_use]
pub fn in_usual_spelling(command: &Command, words: &[String], home: Option<&str>) -> Vec<String> {
    let mut reader = Reader {
        options: command
            .get_arguments()
            .filter(|arg| !arg.is_positional())
            .collect(),
        home,
        read: Vec::new(),
    };
    let mut before_program = words_before_program(command);
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let is_program = before_program == Some(0) && !word.starts_with('-');
        if word == "--" || is_program {
            reader.read.push(list(word, ","));
            let items_apart = before_program.is_none();
            reader.read.extend(rest.flat_map(|word| {
                if items_apart {
                    items(word).map(str::to_owned).collect()
                } else {
                    vec![list(word, ",")]
                }
            }));
            break;
        }
        if word.len() < 2 || !word.starts_with('-') {
            let before = reader.read.len();
            reader.read.extend(items(word).map(str::to_owned));
            let count = reader.read.len() - before;
            before_program = before_program.map(|left| left.saturating_sub(count));
        } else if let Some(option) = reader.option(word)
            && let Some(value) = rest.next()
        {
            reader.values(&option, value);
        }
    }
    reader.read
}

/// How many words come before a program of the user's; `None` where there is none.
fn words_before_program(command: &Command) -> Option<usize> {
    command
        .get_positionals()
        .position(Arg::is_trailing_var_arg_set)
}

struct Reader<'a> {
    options: Vec<&'a Arg>,
    home: Option<&'a str>,
    read: Vec<String>,
}

impl Reader<'_> {
    /// Reads a word that begins with `-`. Returns the option whose value is the next word.
    fn option(&mut self, word: &str) -> Option<String> {
        let (name, value) = match word.split_once([':', '=']) {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        if word == "-?" {
            self.read.push("--help".to_owned());
            return None;
        }
        let Some((option, takes_value)) = self.named(name) else {
            self.read.push(list(word, ","));
            return None;
        };
        match (takes_value, value) {
            (true, None) => return Some(option),
            (true, Some(value)) => self.values(&option, value),
            (false, Some(off)) if off.eq_ignore_ascii_case("false") => {}
            (false, _) => self.read.push(option),
        }
        None
    }

    /// The option of that name in the usual spelling, and whether a value follows. `None` for what is none of the command's,
    /// and for a short one with its value attached, which is as usual.
    fn named(&self, name: &str) -> Option<(String, bool)> {
        let short = |letter: char| {
            let mut options = self.options.iter();
            options.find(|arg| arg.get_short() == Some(letter)).copied()
        };
        let mut letters = name.strip_prefix('-')?.chars();
        let letter = letters.next()?;
        let (written, option) = if letters.next().is_none() {
            let option = short(letter).or_else(|| short(letter.to_ascii_lowercase()))?;
            (format!("-{}", option.get_short()?), option)
        } else {
            let option = self.long(name)?;
            (format!("--{}", option.get_long()?), option)
        };
        let takes_value = matches!(option.get_action(), ArgAction::Set | ArgAction::Append);
        Some((written, takes_value))
    }

    /// The option with that long name; with one hyphen also the only one whose name begins so.
    fn long(&self, typed: &str) -> Option<&Arg> {
        let name = plain(typed);
        let options = || self.options.iter().copied();
        let named = |arg: &Arg| arg.get_long().map(plain).unwrap_or_default();
        let exact = options().find(|arg| named(arg) == name);
        if exact.is_some() || name.len() < SHORTEST || typed.starts_with("--") {
            return exact;
        }
        let mut begin = options().filter(|arg| named(arg).starts_with(&name));
        let first = begin.next();
        first.filter(|_| begin.next().is_none())
    }

    /// The option with each of these values.
    fn values(&mut self, option: &str, value: &str) {
        for item in items(value) {
            let item = match (item.strip_prefix('~'), self.home) {
                (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
                    format!("{home}{rest}")
                }
                _ => item.to_owned(),
            };
            self.read.extend([option.to_owned(), item]);
        }
    }
}

/// A name without hyphens and capitals: `nopip` for `-NoPip` and `--no-pip`.
fn plain(name: &str) -> String {
    name.replace('-', "").to_ascii_lowercase()
}

fn items(word: &str) -> impl Iterator<Item = &str> {
    word.split(ITEM)
}

fn list(word: &str, between: &str) -> String {
    items(word).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::super::table::COMMANDS;
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        let mut words = typed.split(' ').map(|word| word.replace(',', "\u{1e}"));
        let name = words.next().expect("a command");
        let command = COMMANDS.find(&name).expect("a command").command_line();
        let words: Vec<_> = words.collect();
        let read = in_usual_spelling(&command, &words, Some("/home/u"));
        assert_eq!(read.join(" "), expected, "{typed}");
    }

    #[test]
    fn lists_become_words() {
        check("rmvirtualenv a,b c", "a b c");
        check("rmvirtualenv 3.10,007", "3.10 007");
        check("mkvirtualenv -i six,click x", "-i six -i click x");
        check("mkvirtualenv -i=six,click x", "-i six -i click x");
    }

    #[test]
    fn options_have_other_spellings() {
        for typed in ["-NoPip", "-nopip", "-no-pip", "-NoPip:True", "--no-pip"] {
            check(&format!("mkvirtualenv {typed} x"), "--no-pip x");
        }
        check("mkvirtualenv -NoPip:False x", "x");
        for typed in [
            "-Pyth 3.12",
            "-Python:3.12",
            "-Python=3.12",
            "--python 3.12",
        ] {
            check(&format!("mkvirtualenv {typed} x"), "--python 3.12 x");
        }
        for typed in ["-p 3.12", "-p:3.12", "-p=3.12", "-P 3.12"] {
            check(&format!("mkvirtualenv {typed} x"), "-p 3.12 x");
        }
        check("mkvirtualenv -p3.12 x", "-p3.12 x");
        check("mkvirtualenv -rreq.txt x", "-rreq.txt x");
        check("mkvirtualenv -? x", "--help x");
        check("mkvirtualenv -r=~/r x", "-r /home/u/r x");
    }

    #[test]
    fn what_is_no_option_of_the_command_stays() {
        check("mkvirtualenv -n x", "-n x");
        check("mkvirtualenv --always-copy --no x", "--always-copy --no x");
        check("mkvirtualenv -- -x", "-- -x");
    }

    #[test]
    fn words_of_the_users_program_stay() {
        check("run x prog -p y -c print(1)", "x prog -p y -c print(1)");
        check("run x -- prog -NoPip a,b -- z", "x -- prog -NoPip a,b -- z");
        check("allvirtualenv pip list -v a,b", "pip list -v a,b");
        check("allvirtualenv python -V", "python -V");
    }
}
