//! Twenty lines of statistics and two ways to take times: a whole process from its start to its end, and one command inside
//! a shell that is already there.

use std::process::{Command, Stdio};
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};

/// Times in milliseconds.
#[derive(Default)]
pub struct Times(pub Vec<f64>);

impl Times {
    /// The least: what it takes when nobody disturbs.
    pub fn min(&self) -> f64 {
        self.quantile(0)
    }

    /// The lower quartile: what it takes usually. The mean would measure the neighbours.
    pub fn quartile(&self) -> f64 {
        self.quantile(self.0.len() / 4)
    }

    fn quantile(&self, at: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// Something that can be timed again and again; `Err` says why it cannot be.
pub type Job = Result<Box<dyn FnMut(usize) -> Vec<f64>>, String>;

/// The processes of a bench see these variables and no others.
#[derive(Clone)]
pub struct Place {
    /// Variables.
    pub env: Vec<(String, String)>,
    /// The working directory, which takes the files of the bench.
    pub dir: Utf8PathBuf,
}

impl Place {
    /// A program, silent, with this place's variables.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .env_clear()
            .envs(self.env.iter().cloned())
            .current_dir(&self.dir);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Runs it; the error is its last word.
    pub fn try_run(&self, words: &[&str]) -> Result<(), String> {
        let run = self.command(words).stderr(Stdio::piped()).output();
        let output = run.map_err(|err| err.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said
            .lines()
            .rfind(|line| !line.trim().is_empty())
            .unwrap_or("no word why");
        if output.status.success() {
            Ok(())
        } else {
            Err(format!("failed: {}", last.trim()))
        }
    }

    /// Runs it, and ends the bench when it fails: a time of something that did not happen says nothing.
    pub fn run(&self, words: &[&str]) {
        self.try_run(words)
            .unwrap_or_else(|err| panic!("{words:?}: {err}"));
    }

    /// Whether it can be run, and succeeds.
    pub fn succeeds(&self, words: &[&str]) -> bool {
        self.command(words)
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Times a process from its start to its end. `{}` in a word is a new number each time.
    pub fn process(&self, words: &[&str]) -> Job {
        let place = self.clone();
        // What it keeps for the next time is there before the clock runs, and what it lacks is known.
        let warm: Vec<String> = words
            .iter()
            .map(|word| word.replace("{}", "warm"))
            .collect();
        place.try_run(&warm.iter().map(String::as_str).collect::<Vec<_>>())?;
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        Ok(Box::new(move |number| {
            let words: Vec<String> = words
                .iter()
                .map(|word| word.replace("{}", &number.to_string()))
                .collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut command = place.command(&words);
            let start = Instant::now();
            let status = command.status();
            let time = start.elapsed();
            assert!(status.is_ok_and(|status| status.success()), "{words:?}");
            vec![time.as_secs_f64() * 1000.0]
        }))
    }

    /// Times a command inside a shell, by the shell's own clock, `times` times in each shell.
    pub fn inside(&self, shell: &str, times: usize, session: &Session) -> Job {
        let place = self.clone();
        if !place.succeeds(&[shell, "-c", "true"]) {
            return Err(format!("{shell} not installed"));
        }
        let log = self.dir.join("times");
        let Session {
            load,
            before,
            timed,
            check,
            after,
        } = session;
        let script = format!(
            "{clock}{load}\ni=0\nwhile [ $i -lt {times} ]; do i=$((i+1))\n{before}\nvenvsh_from=$EPOCHREALTIME\n{timed}\nvenvsh_to=$EPOCHREALTIME\n{check} || exit 3\necho \"$venvsh_from $venvsh_to\" >>'{log}'\n{after}\ndone\n",
            clock = if shell == "zsh" {
                "zmodload zsh/datetime; "
            } else {
                ""
            },
        );
        let script_file = self.dir.join(format!("session-{shell}-{:x}", script.len()));
        let words: Vec<String> = match shell {
            "zsh" => vec!["zsh".into(), "-f".into()],
            _ => vec![shell.to_owned(), "--norc".into(), "--noprofile".into()],
        };
        Ok(Box::new(move |number| {
            let _ = fs_err::remove_file(&log);
            fs_err::write(&script_file, script.replace("{}", &number.to_string()))
                .expect("a script of the bench");
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            words.push(script_file.as_str());
            place.run(&words);
            milliseconds(&log)
        }))
    }
}

/// What happens inside a shell: once at its start, then again and again before, while, and after the clock runs.
pub struct Session<'a> {
    pub load: &'a str,
    pub before: &'a str,
    pub timed: &'a str,
    /// Whether it did what it should.
    pub check: &'a str,
    pub after: &'a str,
}

fn milliseconds(log: &Utf8Path) -> Vec<f64> {
    let text = fs_err::read_to_string(log).expect("the shell wrote its times");
    let time = |line: &str| {
        let (from, to) = line.split_once(' ')?;
        Some((to.parse::<f64>().ok()? - from.parse::<f64>().ok()?) * 1000.0)
    };
    text.lines()
        .map(|line| time(line).expect("two times"))
        .collect()
}
