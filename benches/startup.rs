//! What venvsh costs, beside what people use today, in one run on one machine: a Markdown table.
//!
//!     cargo bench --bench startup               all rows
//!     cargo bench --bench startup -- workon     the rows whose name holds the word
//!
//! Ours and the peer's runs alternate, so that a busy moment hits both. `CONTRIBUTING.md` says how to install the peers.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "it prints, and starts programs"
)]
#![allow(missing_docs, unreachable_pub, reason = "no library")]

#[path = "startup/floor.rs"]
mod floor;
#[path = "startup/harness.rs"]
mod harness;
#[path = "startup/place.rs"]
mod place;

use std::io::IsTerminal;

use camino::Utf8Path;
use harness::{Job, Place, Session, Times};
use place::{World, peer};

/// What a row must reach. Judged by the least time of both, as a shared machine disturbs every other number.
#[derive(Clone, Copy)]
enum Target {
    /// Milliseconds.
    AtMost(f64),
    /// Milliseconds more than the peer, which is the same thing without us.
    Over(f64),
    /// Times what the peer takes.
    Ratio(f64),
    None,
}

/// One list after another.
fn listing<'a>(load: &'a str, timed: &'a str) -> Session<'a> {
    Session {
        load,
        before: ":",
        timed,
        check: ":",
        after: ":",
    }
}

struct Bench {
    world: World,
    words: Vec<String>,
}

fn main() {
    let words = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let bench = Bench {
        world: World::new(),
        words,
    };
    let world = &bench.world;
    println!("program: {}", world.venvsh);
    println!("python: {}\n", world.python);
    println!(
        "| what | ours, ms: least (lower quartile) | peer | peer, ms | ours / peer | target | |"
    );
    println!("|---|---|---|---|---|---|---|");
    bench.new_shells();
    bench.other_shells();
    bench.switching();
    bench.following();
    bench.creation();
    bench.wrappers();
    bench.lists();
    bench.other_tools();
}

impl Bench {
    /// Measures a row and prints it. The jobs are only made if the row is wanted.
    fn row(
        &self,
        what: &str,
        rounds: usize,
        ours: impl FnOnce() -> Job,
        peer: (&str, impl FnOnce() -> Job),
        target: Target,
    ) {
        if !self.words.is_empty() && !self.words.iter().any(|word| what.contains(word.as_str())) {
            return;
        }
        if std::io::stderr().is_terminal() {
            eprint!("{what} …\x1b[K\r");
        }
        let (mut ours, mut other) = (ours(), peer.1());
        let (mut our_times, mut other_times) = (Times::default(), Times::default());
        for round in 0..rounds {
            for (job, times) in [(&mut ours, &mut our_times), (&mut other, &mut other_times)] {
                if let Ok(job) = job {
                    times.0.extend(job(round));
                }
            }
        }
        let cell = |job: &Job, times: &Times| match job {
            Ok(_) => format!("{:.2} ({:.2})", times.min(), times.quartile()),
            Err(why) => why.clone(),
        };
        let (mine, theirs) = (our_times.min(), other_times.min());
        let ratio = match target {
            Target::Over(_) => format!("{:+.2} ms", mine - theirs),
            _ if other_times.0.is_empty() || our_times.0.is_empty() => "-".to_owned(),
            _ => format!("{:.4}", mine / theirs),
        };
        let (text, met) = match target {
            Target::AtMost(most) => (format!("≤ {most} ms"), Some(mine <= most)),
            Target::Over(most) => (format!("≤ +{most} ms"), Some(mine - theirs <= most)),
            Target::Ratio(most) => (format!("≤ {most:.4}"), Some(mine / theirs <= most)),
            Target::None => (String::new(), None),
        };
        let measured = ours.is_ok() && (other.is_ok() || matches!(target, Target::AtMost(_)));
        let verdict = match met {
            Some(_) if !measured => "not measured",
            Some(true) => "met",
            Some(false) => "**missed**",
            None => "",
        };
        println!(
            "| {what} | {} | {} | {} | {ratio} | {text} | {verdict} |",
            cell(&ours, &our_times),
            peer.0,
            cell(&other, &other_times)
        );
    }

    fn new_shells(&self) {
        let World { ours, peer, .. } = &self.world;
        for (shell, flags) in SHELLS {
            let words = |code: &str| -> Vec<String> {
                [&[*shell], *flags, &["-c", code]]
                    .concat()
                    .iter()
                    .map(|&word| word.to_owned())
                    .collect()
            };
            let start = |place: &Place, code: &str| -> Job {
                place.process(&words(code).iter().map(String::as_str).collect::<Vec<_>>())
            };
            let hook = World::hook(shell);
            let without = hook.replace(&format!("venvsh hook {shell}"), "/bin/true");
            self.row(
                &format!("new {shell}"),
                150,
                || start(ours, &hook),
                ("with /bin/true", || start(ours, &without)),
                Target::Over(1.0),
            );
            if matches!(*shell, "bash" | "zsh") {
                let load =
                    place::peer("virtualenvwrapper.sh").map(|script| format!("source {script}"));
                let theirs = || start(peer, &load?);
                self.row(
                    &format!("new {shell}, all of it"),
                    5,
                    || start(ours, &hook),
                    (WRAPPER, theirs),
                    Target::None,
                );
            }
        }
    }

    /// Starting and entering in the shells that have no clock of their own: whole processes, with and without us.
    fn other_shells(&self) {
        let place = &self.world.ours;
        let hook = self.world.root.join("hook.nu");
        let save = format!("venvsh hook nushell > {hook}");
        place.run(&["sh", "-c", &save]);
        let environment = self.world.root.join("ours/envs/entered");
        let create = ["venvsh", "create", "--no-pip", "-p"];
        let names = [self.world.python.as_str(), environment.as_str()];
        place.run(&[&create[..], &names].concat());
        for other in OTHER_SHELLS {
            let start = |code: &str| -> Job {
                let program = place::installed(other.words[0])?;
                place.process(&[&[program.as_str()], &other.words[1..], &["-c", code]].concat())
            };
            let load = other.load.replace("{hook}", hook.as_str());
            // nushell reads a file that is there.
            let without = match other.load.split_once("venvsh hook ") {
                Some(_) => load.replace(&format!("venvsh hook {}", other.hook), "/bin/true"),
                None => String::new(),
            };
            self.row(
                &format!("new {}", other.name),
                30,
                || start(&load),
                ("without the hook", || start(&without)),
                other.target,
            );
            if other.goes_on {
                let entering = format!("{load}\nworkon entered");
                self.row(
                    &format!("workon NAME in a new {}", other.name),
                    30,
                    || start(&entering),
                    ("only the hook", || start(&load)),
                    Target::None,
                );
            }
        }
    }

    /// One operation inside bash and zsh, ours and virtualenvwrapper's.
    fn inside(
        &self,
        what: &str,
        rounds: usize,
        times: (usize, usize),
        session: &Session,
        target: Target,
    ) {
        for shell in ["bash", "zsh"] {
            let verb = session.timed.split(' ').next().unwrap_or_default();
            let hook = World::hook(shell);
            let ours = || {
                self.world.knows(verb)?;
                let load = format!("{hook}\n{}", session.load);
                self.world.ours.inside(
                    shell,
                    times.0,
                    &Session {
                        load: &load,
                        ..*session
                    },
                )
            };
            let theirs = || {
                if self.words.is_empty() && what == PATIENCE {
                    return Err("minutes; name the row to measure it".to_owned());
                }
                let load = format!("source {}\n{}", peer("virtualenvwrapper.sh")?, session.load);
                self.world.peer.inside(
                    shell,
                    times.1,
                    &Session {
                        load: &load,
                        ..*session
                    },
                )
            };
            self.row(
                &format!("{what} in {shell}"),
                rounds,
                ours,
                (WRAPPER, theirs),
                target,
            );
        }
    }

    fn switching(&self) {
        let load = format!(
            "[ -d $WORKON_HOME/a ] || for name in a b; do mkvirtualenv -p {} $name >/dev/null 2>&1; deactivate; done",
            self.world.python
        );
        let on = |name: &'static str| format!("[ \"$VIRTUAL_ENV\" = \"$WORKON_HOME/{name}\" ]");
        let (a, b) = (on("a"), on("b"));
        let session = |before, timed, check, after| Session {
            load: &load,
            before,
            timed,
            check,
            after,
        };
        self.inside(
            "workon NAME",
            20,
            (20, 1),
            &session(":", "workon a", &a, "deactivate"),
            Target::AtMost(1.0),
        );
        let empty = format!("nothing() {{ :; }}\n{load}");
        for shell in ["bash", "zsh"] {
            let hook = World::hook(shell);
            let load = format!("{hook}\n{empty}");
            let timed = |timed, check, after| {
                let session = Session {
                    load: &load,
                    before: ":",
                    timed,
                    check,
                    after,
                };
                self.world.ours.inside(shell, 20, &session)
            };
            self.row(
                &format!("workon NAME over an empty function in {shell}"),
                20,
                || timed("workon a", &a, "deactivate"),
                ("an empty function", || timed("nothing", ":", ":")),
                Target::Over(1.0),
            );
        }
        self.inside(
            "workon B from A",
            20,
            (20, 1),
            &session("workon a", "workon b", &b, ":"),
            Target::None,
        );
        self.inside(
            "deactivate",
            20,
            (20, 1),
            &session("workon a", "deactivate", "[ -z \"${VIRTUAL_ENV-}\" ]", ":"),
            Target::None,
        );
    }

    /// What a change of directory costs more where the hook follows it. The clock runs for `cd` and what the prompt then calls.
    fn following(&self) {
        let place = &self.world.ours;
        let project = place.dir.join("project/.venv");
        for dir in ["outside/a", "outside/b", "project/a", "project/b"] {
            fs_err::create_dir_all(place.dir.join(dir)).expect("a directory of the bench");
        }
        let python = self.world.python.as_str();
        place.run(&[
            "venvsh",
            "create",
            "--no-pip",
            "-p",
            python,
            project.as_str(),
        ]);
        place.run(&["venvsh", "allow", "project"]);
        let project = project.as_str();
        for shell in ["bash", "zsh"] {
            let hook = World::hook(shell).replace(shell, &format!("{shell} --auto"));
            for (what, from, to, active, most) in [
                ("outside of projects", "outside/a", "outside/b", "", 1.0),
                ("into a project", "outside/a", "project/a", project, 1.5),
                ("inside a project", "project/a", "project/b", project, 1.5),
            ] {
                let timed = |follow: &str, active: &str| {
                    let session = Session {
                        load: &format!("{hook}\nnothing() {{ :; }}\nplace={}", place.dir),
                        before: &format!("cd $place/{from}; {follow}"),
                        timed: &format!("cd $place/{to}; {follow}"),
                        check: &format!("[ \"${{VIRTUAL_ENV-}}\" = \"{active}\" ]"),
                        after: ":",
                    };
                    place.inside(shell, 20, &session)
                };
                self.row(
                    &format!("hook --auto: cd {what} in {shell}"),
                    20,
                    || timed("venvsh_auto", active),
                    ("cd", || timed("nothing", "")),
                    Target::Over(most),
                );
            }
        }
    }

    fn creation(&self) {
        let World {
            ours,
            peer: place,
            python,
            ..
        } = &self.world;
        let python = python.as_str();
        let dir = |name: &str| format!("{}/{name}-{{}}", self.world.root);
        let theirs = |words: &[&str], tool: &str| {
            let tool = peer(tool)?;
            let words = [&[tool.as_str()], words].concat();
            place.process(&words)
        };
        let mine = |name: &str, options: &[&str]| {
            let dir = dir(name);
            let words = [&["venvsh", "create", "-p", python], options, &[&dir]].concat();
            ours.process(&words)
        };
        // At its best: what it needs is in its cache, and it looks for nothing else.
        let uv = |name: &str, options: &[&str]| {
            let tool = peer("uv")?;
            let fetched = format!("{}/{name}-fetched", self.world.root);
            let begin = ["venv", "-q", "-p", python];
            let fetch = [&[tool.as_str()], &begin[..], options, &[&fetched]].concat();
            self.world.fetching().try_run(&fetch)?;
            theirs(
                &[&begin[..], &["--offline"], options, &[&dir(name)]].concat(),
                "uv",
            )
        };
        self.row(
            "create --no-pip",
            60,
            || mine("bare", &["--no-pip"]),
            ("uv venv", || uv("uv-bare", &[])),
            Target::Ratio(0.15),
        );
        self.row(
            "create",
            30,
            || mine("pip", &[]),
            ("uv venv --seed", || uv("uv-pip", &["--seed"])),
            Target::Ratio(0.22),
        );
        self.row(
            "create, over its own links",
            30,
            || mine("pip3", &[]),
            ("its mkdir and link calls one after another", || {
                let made = format!("{}/floor-source", self.world.root);
                ours.try_run(&["venvsh", "create", "-p", python, &made])?;
                let to = format!("{}/floor", self.world.root);
                floor::links_of(Utf8Path::new(&made), Utf8Path::new(&to))
            }),
            Target::Ratio(1.0),
        );
        let pip = |name: &str, first| {
            floor::pip(ours, python, &format!("{}/{name}", self.world.root), first)
        };
        self.row(
            "first python -m pip in a new environment, CPU time",
            8,
            || pip("first", true),
            ("the second", || pip("second", false)),
            Target::Ratio(1.15),
        );
        let virtualenv = || {
            theirs(
                &["--no-periodic-update", "-p", python, &dir("virtualenv")],
                "virtualenv",
            )
        };
        self.row(
            "create",
            10,
            || mine("pip2", &[]),
            ("virtualenv", virtualenv),
            Target::Ratio(1.0 / 75.0),
        );
    }

    fn wrappers(&self) {
        let python = &self.world.python;
        let setup = format!(
            "[ -d $WORKON_HOME/origin ] || {{ mkvirtualenv -p {python} origin >/dev/null 2>&1; deactivate; }}"
        );
        let make = format!("mkvirtualenv -p {python} new-{{}}-$i >/dev/null 2>&1");
        let session = |timed, check| Session {
            load: &setup,
            before: ":",
            timed,
            check,
            after: "deactivate",
        };
        self.inside(
            "mkvirtualenv",
            4,
            (5, 1),
            &session(&make, "[ -x \"$VIRTUAL_ENV/bin/pip\" ]"),
            Target::None,
        );
        let copy = "cpvirtualenv origin copy-{}-$i >/dev/null 2>&1";
        self.inside(
            "cpvirtualenv",
            4,
            (5, 1),
            &Session {
                // Its name is free for the next shell.
                after: "name=${VIRTUAL_ENV##*/}; deactivate; rmvirtualenv \"$name\" >/dev/null",
                ..session(copy, "[ -x \"$VIRTUAL_ENV/bin/pip\" ]")
            },
            Target::None,
        );
    }

    fn lists(&self) {
        let World { ours, .. } = &self.world;
        for (environments, rounds) in [(10, 3), (1000, 1)] {
            if !self.words.is_empty()
                && !self
                    .words
                    .iter()
                    .any(|word| "lsvirtualenv of completion of a name".contains(word.as_str()))
            {
                return;
            }
            let load = format!("WORKON_HOME={}", self.world.many(environments));
            let what = |text: &str| format!("{text} of {environments}");
            self.inside(
                &what("lsvirtualenv"),
                rounds,
                (10, 1),
                &listing(&load, "lsvirtualenv >/dev/null"),
                if environments == 1000 {
                    Target::AtMost(10.0)
                } else {
                    Target::None
                },
            );
            self.inside(
                &what("lsvirtualenv -b"),
                rounds * 3,
                (10, 1),
                &listing(&load, "lsvirtualenv -b >/dev/null"),
                Target::None,
            );
        }
        let many = self.world.many(1000);
        let mut place = ours.clone();
        place.env.push(("WORKON_HOME".into(), many.into_string()));
        let asked =
            |word: &str| place.process(&["venvsh", "complete", "bash", "1", "--", "workon", word]);
        for (what, word) in [
            ("completion of a name: 10 of 1,000", "env-05"),
            ("completion of a name: all of 1,000", ""),
        ] {
            self.row(
                what,
                100,
                || asked(word),
                ("", || Err("-".into())),
                Target::AtMost(2.0),
            );
        }
    }
}

impl Bench {
    fn other_tools(&self) {
        self.row(
            "lsvirtualenv --all of 100, of seven tools",
            100,
            || {
                self.world
                    .of_tools()
                    .process(&["venvsh", "lsvirtualenv", "--all"])
            },
            ("", || Err("-".into())),
            Target::AtMost(2.0),
        );
    }
}

/// virtualenvwrapper starts Python a thousand times for it.
const PATIENCE: &str = "lsvirtualenv of 1000";
const WRAPPER: &str = "virtualenvwrapper";

/// Shells, and how they start without the user's files as if a person sat there.
const SHELLS: &[(&str, &[&str])] = &[
    ("bash", &["--norc", "--noprofile", "-i"]),
    ("zsh", &["-f", "-i"]),
    ("fish", &["--no-config", "-i"]),
    ("tcsh", &["-f"]),
];

/// A shell that is measured as a whole process.
struct OtherShell {
    name: &'static str,
    /// Its program and options, before `-c`.
    words: &'static [&'static str],
    /// The shell as `venvsh hook` knows it.
    hook: &'static str,
    load: &'static str,
    /// Whether what follows the line in the same text sees the commands.
    goes_on: bool,
    /// What starting may cost. The design asks for nothing where the hook's text is slow to read.
    target: Target,
}

const fn posix(name: &'static str, words: &'static [&'static str]) -> OtherShell {
    OtherShell {
        name,
        words,
        hook: "sh",
        load: "eval \"$(venvsh hook sh)\"",
        goes_on: true,
        target: Target::Over(1.0),
    }
}

const OTHER_SHELLS: &[OtherShell] = &[
    OtherShell {
        name: "ksh93",
        words: &["ksh93"],
        hook: "ksh",
        load: "eval \"$(venvsh hook ksh)\"",
        goes_on: true,
        target: Target::Over(1.0),
    },
    OtherShell {
        name: "mksh",
        words: &["mksh"],
        hook: "ksh",
        load: "eval \"$(venvsh hook ksh)\"",
        goes_on: true,
        target: Target::Over(1.0),
    },
    posix("dash", &["dash"]),
    posix("yash", &["yash", "--norcfile"]),
    posix("busybox sh", &["busybox", "sh"]),
    OtherShell {
        name: "nushell",
        words: &["nu", "--no-config-file"],
        hook: "nushell",
        load: "source {hook}",
        goes_on: true,
        target: Target::None,
    },
    OtherShell {
        name: "xonsh",
        words: &["xonsh", "--no-rc"],
        hook: "xonsh",
        load: "exec($(venvsh hook xonsh))",
        goes_on: true,
        target: Target::None,
    },
    OtherShell {
        name: "elvish",
        words: &["elvish", "-norc"],
        hook: "elvish",
        load: "eval (venvsh hook elvish | slurp)",
        goes_on: false,
        target: Target::None,
    },
];
