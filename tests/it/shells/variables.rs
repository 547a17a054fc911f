//! An environment's own variables: entered, left, changed meanwhile, stacked and inherited, in every shell with a hook.

use std::collections::BTreeMap;

use venvsh::internals::shell::Shell;

use crate::support::hooked::value;
use crate::support::sandbox::Output;
use crate::support::{Sandbox, TestShell, hooked_shells};

/// The values on which readers of `.env` files disagree, and what shells could take for code.
const ONE: &str = r#"# Of one.
PLAIN=1
export TWO="two words" # a comment
LITERAL='$(touch pwned) `touch pwned` "q" \n !h %PATH% $HOME é'
APOSTROPHE="it's ~ * [a] {b} !! %n"
EMPTY=
JOINED="<${PLAIN}-${TWO}-${NOT_SET}>"
HERE="${VIRTUAL_ENV}"
ÉTÉ
unset GONE
prepend PATH "${VIRTUAL_ENV}/tools"
append LIST '/a b'
prepend MADE /made
prepend MADE /first
"#;

const TWO: &str = "PLAIN=2\nprepend PATH /two\nGONE=two\n";

/// The shells that the program sends these changes to.
fn shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    hooked_shells(test).filter(|shell| shell.shell != Shell::Cmd)
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_environments(&["one", "two"]);
    let valid = ONE.replace("ÉTÉ\n", "");
    for (name, text) in [("one", &*valid), ("two", TWO)] {
        sandbox.write(&format!(".virtualenvs/{name}/venvsh.vars"), text);
    }
    sandbox
}

/// What the environments change, as one of them does.
fn inside(sandbox: &Sandbox) -> BTreeMap<&'static str, Option<String>> {
    let one = sandbox.environment("one");
    let set = |text: &str| Some(text.to_owned());
    BTreeMap::from([
        ("PLAIN", set("1")),
        ("TWO", set("two words")),
        (
            "LITERAL",
            set("$(touch pwned) `touch pwned` \"q\" \\n !h %PATH% $HOME é"),
        ),
        ("APOSTROPHE", set("it's ~ * [a] {b} !! %n")),
        ("EMPTY", set("")),
        ("JOINED", set("<1-two words->")),
        ("HERE", set(one.as_str())),
        ("GONE", None),
        ("LIST", set("/outer:/a b")),
        ("MADE", set("/first:/made")),
    ])
}

/// A shell's words and names for what happens between two looks at its environment.
struct Typing<'a> {
    sandbox: &'a Sandbox,
    shell: &'static TestShell,
    lines: Vec<String>,
    looks: usize,
}

impl<'a> Typing<'a> {
    fn new(sandbox: &'a Sandbox, shell: &'static TestShell) -> Self {
        Self {
            sandbox,
            shell,
            lines: Vec::new(),
            looks: 0,
        }
    }

    fn line(&mut self, line: &str) -> &mut Self {
        self.lines.push(line.to_owned());
        self
    }

    fn export(&mut self, name: &str, text: &str) -> &mut Self {
        let language = self.shell.language;
        let line = (language.export)(name, &(language.quote)(text));
        self.line(&line)
    }

    fn unset(&mut self, name: &str) -> &mut Self {
        let line = (self.shell.language.unset)(name);
        self.line(&line)
    }

    fn look(&mut self) -> &mut Self {
        let line = self.shell.save_env(&format!("look{}", self.looks));
        self.looks += 1;
        self.line(&line)
    }

    /// The environments that were seen. Each line has to succeed, and says nothing.
    fn run(&self) -> Vec<Vec<String>> {
        let output = statuses(self.sandbox, self.shell, &self.lines);
        let all_done = "0 ".repeat(self.lines.len());
        assert_eq!(output.stdout, all_done, "{}: {output:?}", self.shell.name);
        assert_eq!(output.stderr, "", "{}", self.shell.name);
        assert!(!self.sandbox.home().join("pwned").exists());
        (0..self.looks)
            .map(|look| self.sandbox.saved_env(&format!("look{look}")))
            .collect()
    }
}

/// Runs the lines behind the hook, and prints the status of each.
fn statuses(sandbox: &Sandbox, shell: &TestShell, lines: &[String]) -> Output {
    let status = shell.print_status();
    let script: String = std::iter::once(shell.load().to_owned() + "\n")
        .chain(lines.iter().map(|line| format!("{line}\n{status}\n")))
        .collect();
    sandbox.run(shell, &script)
}

#[track_caller]
fn assert_values<'a>(
    shell: &TestShell,
    env: &[String],
    expect: impl IntoIterator<Item = (&'a str, Option<String>)>,
) {
    for (name, expected) in expect {
        assert_eq!(
            value(env, name),
            expected.as_deref(),
            "{}: {name}",
            shell.name
        );
    }
}

fn path_starts(env: &[String], start: &str) -> bool {
    value(env, "PATH").is_some_and(|path| path.starts_with(start))
}

#[test]
fn entering_sets_them_and_leaving_gives_back_what_was() {
    for shell in shells("variables of an environment") {
        let sandbox = sandbox();
        let one = sandbox.environment("one");
        let mut typing = Typing::new(&sandbox, shell);
        typing
            .export("LITERAL", "mine $x 'q'")
            .export("GONE", "here");
        typing.export("LIST", "/outer").export("PLAIN", "1");
        typing.look();
        typing.line("workon one").look();
        typing.line("deactivate").look();
        typing.line("workon one").line("workon two").look();
        typing.line("deactivate").look();
        let [before, entered, left, switched, end] = typing.run().try_into().expect("five looks");
        assert_values(shell, &entered, inside(&sandbox));
        let start = format!("{one}/tools:{one}/bin:");
        assert!(path_starts(&entered, &start), "{}: {entered:?}", shell.name);
        assert_eq!(before, left, "{}", shell.name);
        let two = [
            ("PLAIN", Some("2".to_owned())),
            ("GONE", Some("two".to_owned())),
            ("TWO", None),
            ("LITERAL", Some("mine $x 'q'".to_owned())),
            ("LIST", Some("/outer".to_owned())),
        ];
        assert_values(shell, &switched, two);
        let start = format!("/two:{}/bin:", sandbox.environment("two"));
        assert!(
            path_starts(&switched, &start),
            "{}: {switched:?}",
            shell.name
        );
        assert_eq!(before, end, "{}", shell.name);
    }
}

#[test]
fn what_the_user_changes_meanwhile_stays() {
    for shell in shells("variables that the user changes") {
        let sandbox = sandbox();
        let mut typing = Typing::new(&sandbox, shell);
        typing
            .export("TWO", "before")
            .export("LIST", "/outer")
            .look();
        typing.line("workon one");
        typing.export("PLAIN", "mine").export("GONE", "back");
        typing.export("LIST", "/new:/outer:/a b:/late");
        typing.export("MADE", "/made:/first").unset("TWO");
        // What was set counts, not what stands in the file by now.
        sandbox.write("other.vars", "APOSTROPHE=other\n");
        typing.line(&shell.line(&["cp", "other.vars", ".virtualenvs/one/venvsh.vars"]));
        typing.line("deactivate").look();
        let [before, end] = typing.run().try_into().expect("two looks");
        let expect = [
            ("PLAIN", Some("mine".to_owned())),
            ("GONE", Some("back".to_owned())),
            ("LIST", Some("/new:/outer:/late".to_owned())),
            ("MADE", None),
            ("TWO", None),
            ("APOSTROPHE", None),
            ("PATH", value(&before, "PATH").map(str::to_owned)),
        ];
        assert_values(shell, &end, expect);
    }
}

#[test]
fn a_child_shell_unsets_what_still_is_the_files() {
    for shell in shells("variables in a child shell") {
        let mut sandbox = sandbox();
        let one = sandbox.environment("one");
        let path = sandbox
            .env_value("PATH")
            .expect("the sandbox has one")
            .to_owned();
        let inherited = format!("{one}/tools:{one}/bin:{path}");
        for (name, text) in [
            ("VIRTUAL_ENV", one.as_str()),
            ("PATH", &inherited),
            ("PLAIN", "1"),
            ("TWO", "changed"),
            ("JOINED", "<1-changed->"),
            ("LIST", "/outer:/a b"),
            ("MADE", "/first:/made"),
        ] {
            sandbox.env(name, text);
        }
        let mut typing = Typing::new(&sandbox, shell);
        typing.line("deactivate").look();
        let [end] = typing.run().try_into().expect("one look");
        let expect = [
            ("VIRTUAL_ENV", None),
            ("PLAIN", None),
            ("TWO", Some("changed".to_owned())),
            ("LIST", Some("/outer".to_owned())),
            ("MADE", None),
            ("PATH", Some(path)),
        ];
        assert_values(shell, &end, expect);
    }
}

#[test]
fn one_invalid_line_and_nothing_is_entered() {
    for shell in shells("an invalid file of variables") {
        let sandbox = sandbox();
        let file = sandbox.write(".virtualenvs/one/venvsh.vars", ONE);
        let lines = [
            shell.save_env("before"),
            "workon one".to_owned(),
            shell.save_env("after"),
        ];
        let output = statuses(&sandbox, shell, &lines);
        assert_eq!(output.stdout, "0 1 0 ", "{}", shell.name);
        assert!(
            output.stderr.contains(&format!("{file}:9: ")) && !output.stderr.contains("ÉTÉ"),
            "{}: {output:?}",
            shell.name
        );
        let [before, after] = ["before", "after"].map(|file| sandbox.saved_env(file));
        assert_eq!(before, after, "{}", shell.name);
    }
}

/// Nothing is entered where a variable cannot change, and the shell is as it was.
#[test]
fn a_variable_that_cannot_change_keeps_the_user_out() {
    for shell in shells("variables that are read-only").filter(|shell| shell.is_posix()) {
        let sandbox = sandbox();
        let lines = [
            "TWO=mine; readonly TWO".to_owned(),
            shell.save_env("before"),
            "workon one".to_owned(),
            shell.save_env("after"),
            "workon two".to_owned(),
            "deactivate".to_owned(),
        ];
        let output = statuses(&sandbox, shell, &lines);
        assert_eq!(output.stdout, "0 0 1 0 0 0 ", "{}: {output:?}", shell.name);
        assert!(output.stderr.contains("read-only"), "{output:?}");
        let [before, after] = ["before", "after"].map(|file| sandbox.saved_env(file));
        assert_eq!(before, after, "{}", shell.name);
    }
}

/// An activation script that the user has edited is sourced; the variables come with it and go with it.
#[test]
fn they_go_with_an_edited_activation_script() {
    for shell in shells("variables beside an edited script").filter(|shell| shell.is_posix()) {
        let sandbox = sandbox();
        let script = sandbox.environment("one").join("bin/activate");
        let text = fs_err::read_to_string(&script).unwrap();
        fs_err::write(&script, text + "MINE=1; export MINE\n").unwrap();
        let mut typing = Typing::new(&sandbox, shell);
        typing.look().line("workon one").look();
        typing.line("unset MINE; deactivate").look();
        let [before, entered, left] = typing.run().try_into().expect("three looks");
        let expect = [
            ("MINE", Some("1".to_owned())),
            ("PLAIN", Some("1".to_owned())),
        ];
        assert_values(shell, &entered, expect);
        assert_eq!(before, left, "{}", shell.name);
    }
}
