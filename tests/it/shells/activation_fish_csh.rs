//! `deactivate` gives back what activation found in fish, tcsh and csh, whatever state the shell was in; and what is special
//! to these shells: lists and scopes, functions that are copied, aliases of one line, prompts with their own escapes.

use std::collections::BTreeSet;

use crate::support::foreign::foreign;
use crate::support::{Interactive, Sandbox, TestShell, language, skip, which};
use camino::Utf8PathBuf;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::activation::{Activation, Activator, Form};
use venvsh::internals::shell::quote::{Csh, Fish, quote};
use venvsh::internals::shell::{Effect, Plan};

/// Debian's csh beside the shells of the common table.
static BSD_CSH: TestShell = TestShell {
    name: "bsd-csh",
    shell: Shell::Tcsh,
    language: &language::CSH,
    command: &["bsd-csh", "-f"],
    interactive: Interactive::Home(".cshrc", &["-i"]),
    prompt: "/usr/bin/printf %s $prompt:q",
};

const PLAIN: &str = "env";
/// Its prompt must be drawn as data, its path is hostile, and it sets Tcl and Tk.
const OTHER: &str = "it's a $HOME `id` \\ dir! \"#";
const OTHER_PROMPT: &str = "it's $(id) `id` %n !! \\u ^a \n\"";

type State = (&'static str, &'static str);

#[rustfmt::skip]
const FISH_STATES: &[State] = &[
    ("plain", ""),
    ("PATH empty", "set -gx PATH"),
    ("PATH unset", "set -e PATH"),
    ("PATH hostile", "set -gx PATH '/a b' '/$x' '*' '/c\\\\d' /usr/bin"),
    ("PATH unexported", "set -gu PATH $PATH"),
    ("PYTHONHOME set", "set -gx PYTHONHOME /python"),
    ("PYTHONHOME empty", "set -gx PYTHONHOME ''"),
    ("PYTHONHOME unexported", "set -g PYTHONHOME /python"),
    ("PYTHONHOME a list", "set -gx PYTHONHOME /a /b"),
    ("PYTHONHOME universal", "set -Ux PYTHONHOME /universal"),
    ("PYTHONHOME hostile", "set -gx PYTHONHOME 'a b\n$x*\n'"),
    ("PKG_CONFIG_PATH set", "set -gx PKG_CONFIG_PATH /a /b"),
    ("PKG_CONFIG_PATH empty", "set -gx PKG_CONFIG_PATH ''"),
    ("PKG_CONFIG_PATH no list", "set -gx --unpath PKG_CONFIG_PATH /a:/b"),
    ("PKG_CONFIG_PATH unexported", "set -g PKG_CONFIG_PATH /a"),
    ("PKG_CONFIG_PATH hostile", "set -gx PKG_CONFIG_PATH 'a b\n$x*\n'"),
    ("TCL_LIBRARY set", "set -gx TCL_LIBRARY /tcl; set -gx TK_LIBRARY ''"),
    ("VIRTUAL_ENV inherited", "set -gx VIRTUAL_ENV /other; set -gx VIRTUAL_ENV_PROMPT other; set -gx PATH /other/bin $PATH"),
    ("what a parent's environment left", "set -gx VIRTUAL_ENV /other; set -gx _OLD_VIRTUAL_PATH /stale; set -gx _OLD_FISH_PROMPT_OVERRIDE /other"),
    ("no prompt", "functions -e fish_prompt"),
    ("_old_fish_prompt is the user's", "function _old_fish_prompt; echo mine; end"),
    ("VIRTUAL_ENV_DISABLE_PROMPT of two words", "set -gx VIRTUAL_ENV_DISABLE_PROMPT yes please"),
    ("the user's pydoc", "function pydoc -d mine; echo mine; end"),
    ("the user's deactivate", "function deactivate -d mine; echo mine; end"),
    ("functions called as builtins are", "for f in functions printf echo source contains true . math realpath uname basename python; eval \"function $f; builtin echo wrong; return 1; end\"; end; set -e f"),
    ("variables of common names", "set -g name 1; set -g old 2; set -g new 3; set -g at 4; set -g flags 5"),
];

#[rustfmt::skip]
const CSH_STATES: &[State] = &[
    ("plain", ""),
    ("PATH empty", "setenv PATH ''"),
    ("PATH unset", "unsetenv PATH"),
    ("PATH ends in a colon", "setenv PATH ${PATH:q}:"),
    ("PATH hostile", "setenv PATH '/a b:/$x:*:/`id`:/usr/bin'"),
    ("PYTHONHOME set", "setenv PYTHONHOME /python"),
    ("PYTHONHOME empty", "setenv PYTHONHOME ''"),
    ("PYTHONHOME unexported", "set PYTHONHOME = /python"),
    ("PYTHONHOME hostile", "setenv PYTHONHOME 'a b\\\n$x*( =='"),
    ("PKG_CONFIG_PATH set", "setenv PKG_CONFIG_PATH /a:/b"),
    ("PKG_CONFIG_PATH empty", "setenv PKG_CONFIG_PATH ''"),
    ("PKG_CONFIG_PATH unexported", "set PKG_CONFIG_PATH = /a"),
    ("PKG_CONFIG_PATH hostile", "setenv PKG_CONFIG_PATH 'a b\\\n$x*( == )'"),
    ("TCL_LIBRARY set", "setenv TCL_LIBRARY /tcl; setenv TK_LIBRARY ''"),
    ("VIRTUAL_ENV inherited", "setenv VIRTUAL_ENV /other; setenv VIRTUAL_ENV_PROMPT other; setenv PATH /other/bin:${PATH:q}"),
    ("what a parent's environment left", "setenv VIRTUAL_ENV /other; setenv _OLD_VIRTUAL_PATH /stale"),
    ("a prompt", "set prompt = '%m> '"),
    ("the prompt is empty", "set prompt = ''"),
    ("the prompt has two lines", "set prompt = 'a b\\\n\"$x `id` '"),
    ("VIRTUAL_ENV_DISABLE_PROMPT of two words", "set prompt = 'a '; setenv VIRTUAL_ENV_DISABLE_PROMPT 'yes please'"),
    ("VIRTUAL_ENV_DISABLE_PROMPT a list", "set prompt = 'a '; set VIRTUAL_ENV_DISABLE_PROMPT = (yes please)"),
    ("VIRTUAL_ENV_DISABLE_PROMPT empty", "set prompt = 'a '; setenv VIRTUAL_ENV_DISABLE_PROMPT ''"),
    ("the user's pydoc", "alias pydoc 'echo mine; echo *'"),
    ("the user's deactivate", "alias deactivate 'echo \"a  b\" $x; echo *'"),
    ("aliases of builtins", "alias set false; alias unset false; alias setenv false; alias unsetenv false; alias test false; alias echo false; alias source false"),
    ("noglob", "set noglob"),
    ("nonomatch", "set nonomatch"),
    ("noclobber", "set noclobber"),
    ("backslash_quote", "set backslash_quote"),
    ("histchars", "set histchars = '@%'"),
    ("printexitvalue, echo_style", "set printexitvalue; set echo_style = both"),
    ("variables of common names", "set newline = 1; set do_prompt = 2; set env_name = 3"),
    ("the user's deactivate in several words", "alias deactivate echo a b"),
    ("the user's deactivate in several words with parentheses", "alias deactivate '(echo' 'a;' 'echo' '*)'"),
    ("the user's deactivate in parentheses", "alias deactivate '(echo a; echo b)'"),
    ("the user's rehash", "alias rehash 'echo mine'"),
];

/// Environments that become active one after the other; a `deactivate` ends each.
const SEQUENCES: [&[&str]; 4] = [&[PLAIN], &[OTHER], &[PLAIN, PLAIN], &[OTHER, PLAIN]];

#[test]
fn fish_comes_back_from_files() {
    every_state(fish(), FISH_STATES, Form::File);
}

#[test]
fn fish_comes_back_from_plans() {
    every_state(fish(), FISH_STATES, Form::Plan(Shell::Fish));
}

#[test]
fn csh_comes_back_from_files() {
    every_state(cshs(), CSH_STATES, Form::File);
}

#[test]
fn csh_comes_back_from_plans() {
    every_state(cshs(), CSH_STATES, Form::Plan(Shell::Tcsh));
}

/// Below ours or on top of it, once or again and again, another tool's script leaves nothing but what it leaves alone.
#[test]
fn another_tools_environment_comes_first_or_last() {
    let mut wrong = Vec::new();
    for shell in fish().into_iter().chain(cshs()) {
        let sandbox = sandbox();
        let set = |name: &str| {
            let command = if is_fish(shell) { "set -gx" } else { "setenv" };
            format!("{command} {name} /mine; ")
        };
        let states = [String::new(), set("PKG_CONFIG_PATH") + &set("PYTHONHOME")];
        for (tool, dir) in foreign(&sandbox) {
            let theirs = format!(
                "source {}",
                word(
                    shell,
                    dir.join("bin").join(activator(shell).file()).as_str()
                )
            );
            let ours = step(&sandbox, shell, PLAIN, Form::File);
            let plan = step(&sandbox, shell, OTHER, Form::Plan(Shell::Fish));
            let back = format!("deactivate\n{ours}");
            for (order, steps) in [
                ("ours last", &[&theirs, &ours][..]),
                ("ours first", &[&ours, &theirs]),
                ("a plan of ours first", &[&plan, &theirs]),
                ("in turn", &[&ours, &theirs, &plan, &theirs, &ours]),
                (
                    "round and round",
                    &[&ours, &theirs, &back, &theirs, &back, &theirs],
                ),
            ] {
                let steps: Vec<_> = steps.iter().map(|&step| step.clone()).collect();
                for state in &states {
                    // What the tool leaves behind belongs to the first snapshot. venv's csh script reads the prompt without asking
                    // whether there is one.
                    let prompt = if is_fish(shell) {
                        ""
                    } else {
                        "set prompt = 'a '"
                    };
                    let code = format!("{prompt}\n{state}\n{theirs}\ndeactivate");
                    wrong.extend(
                        difference(&sandbox, shell, &code, &steps, "").map(|text| {
                            format!("{}, {tool}, {order}, {state}: {text}", shell.name)
                        }),
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the user changed while the environment was active stays; only our entry goes.
#[test]
fn changes_made_meanwhile_stay() {
    let fish_changes = [
        "set -gx PATH /new $PATH",
        "set -gxa PATH /new '/it s'",
        "set -gx PATH /new",
        "set -gx PYTHONHOME /mine",
        "function pydoc -d mine; end",
        "function fish_prompt -d mine; echo mine; end",
    ];
    let csh_changes = [
        "setenv PATH /new:${PATH:q}",
        "setenv PATH ${PATH:q}:/new:'/it s ( =='",
        "setenv PATH /new",
        "setenv PYTHONHOME /mine",
        "set prompt = 'mine '",
    ];
    let mut wrong = Vec::new();
    for shell in fish().into_iter().chain(cshs()) {
        for change in if is_fish(shell) {
            &fish_changes[..]
        } else {
            &csh_changes
        } {
            let sandbox = sandbox();
            let (_, expected) = snapshots(&sandbox, shell, "", &[], change).expect("a snapshot");
            let found = snapshots(
                &sandbox,
                shell,
                "",
                &[step(&sandbox, shell, OTHER, Form::File)],
                change,
            );
            let text = found.and_then(|(_, found)| compare(&expected, &found));
            wrong.extend(
                text.err()
                    .map(|text| format!("{}, {change}: {text}", shell.name)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The values arrive byte for byte, with every hostile name.
#[test]
fn hostile_names_are_data() {
    for shell in fish().into_iter().chain(cshs()) {
        let sandbox = Sandbox::new();
        for value in crate::support::hostile::HOSTILE
            .iter()
            .filter(|value| !value.contains(['/', ':', '\0']) && !value.is_empty())
        {
            let root = make(&sandbox, value, value);
            let script = format!(
                "{}source {}\n/usr/bin/env -0\ndeactivate\n",
                if is_fish(shell) {
                    ""
                } else {
                    "set prompt = 'a '\n"
                },
                word(
                    shell,
                    root.join("bin").join(activator(shell).file()).as_str()
                )
            );
            let output = sandbox
                .run(shell, &script)
                .expect_silent(&format!("{}, {value:?}", shell.name));
            let fields: BTreeSet<_> = output.fields().into_iter().collect();
            for expected in [
                format!("VIRTUAL_ENV={root}"),
                format!("VIRTUAL_ENV_PROMPT={value}"),
            ] {
                assert!(
                    fields.contains(expected.as_bytes()),
                    "{}, {value:?}: {expected}",
                    shell.name
                );
            }
            assert!(
                fields
                    .iter()
                    .any(|field| field.starts_with(format!("PATH={root}/bin:").as_bytes()))
            );
        }
    }
}

/// fish finds a moved environment; csh cannot, and says so; a place without `pyvenv.cfg` is none.
#[test]
fn a_moved_environment_is_found_or_refused() {
    for shell in fish().into_iter().chain(cshs()) {
        let sandbox = Sandbox::new();
        let root = make(&sandbox, "old", "old");
        let moved = sandbox.home().join("it's \\ new\n");
        fs_err::rename(&root, &moved).expect("a directory can be moved");
        for proof in [true, false] {
            if !proof {
                fs_err::remove_file(moved.join("pyvenv.cfg")).expect("it was there");
            }
            let file = word(
                shell,
                moved.join("bin").join(activator(shell).file()).as_str(),
            );
            let output = sandbox.run(
                shell,
                &format!("source {file}\n/usr/bin/printf '%s\\0' $status\n/usr/bin/env -0\n"),
            );
            let fields = output.fields();
            let found = fields.contains(&format!("VIRTUAL_ENV={moved}").into_bytes());
            assert_eq!(
                found,
                proof && is_fish(shell),
                "{}, {proof}: {output:?}",
                shell.name
            );
            if !found {
                assert_eq!(fields[0], b"1", "{}: {output:?}", shell.name);
                assert_eq!(
                    output.stderr.lines().count(),
                    1,
                    "{}: {output:?}",
                    shell.name
                );
                assert!(
                    !fields.iter().any(|field| field.starts_with(b"VIRTUAL_ENV")),
                    "{}",
                    shell.name
                );
            }
        }
    }
}

/// The scripts of a plan run first and last, and `deactivate` works without the environment's directory.
#[test]
fn leaving_scripts_run_around_deactivate() {
    for shell in fish().into_iter().chain(cshs()) {
        let sandbox = Sandbox::new();
        let root = make(&sandbox, PLAIN, PLAIN);
        let report = |when: &str| {
            if is_fish(shell) {
                format!(
                    "builtin echo {when} (set -q VIRTUAL_ENV; builtin echo $status) (functions -q deactivate; builtin echo $status) $VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV\n"
                )
            } else if shell.name == "bsd-csh" {
                // Its variables have names of at most 30 characters.
                format!(
                    "if ( $?VIRTUAL_ENV ) echo {when} 0 0\nif ( $?VIRTUAL_ENV == 0 ) echo {when} 1 0 {root}\n"
                )
            } else {
                format!(
                    "if ( $?VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV == 0 ) echo {when} 0 0\nif ( $?VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV ) eval 'echo {when} 1 0 $VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV; /bin/rm -r $VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV'\n"
                )
            }
        };
        let script = |name: &str| sandbox.home().join(format!("it's {name}")).into_string();
        sandbox.write("it's before", report("before"));
        sandbox.write("it's after", report("after"));
        let activation = Activation {
            before_leaving: vec![script("missing"), script("before")],
            after_leaving: vec![script("after"), script("missing")],
            ..activation(&root, PLAIN)
        };
        let plan = Plan(vec![Effect::Activate(Box::new(activation))])
            .render(shell.shell)
            .expect("these values can be said");
        sandbox.write("plan", plan);
        let run = if is_fish(shell) {
            "function f; /bin/cat plan | source; end; f"
        } else {
            "source plan"
        };
        let output = sandbox.run(
            shell,
            &format!("{run}\ndeactivate nondestructive\n/usr/bin/env\n"),
        );
        let output = output.expect_silent(shell.name).stdout;
        assert!(
            output.starts_with(&format!("before 0 0\nafter 1 0 {root}\n")),
            "{}: {output}",
            shell.name
        );
        assert!(!output.contains("VIRTUAL"), "{}: {output}", shell.name);
    }
}

/// fish: the user's prompt sees the status of the last command, of each part of a pipeline, and its text is drawn behind ours.
#[test]
fn fish_prompts_see_the_last_status() {
    for shell in fish() {
        let sandbox = sandbox();
        let script = format!(
            "function fish_prompt; builtin echo \"[$status $pipestatus]\"; builtin printf 'two> '; end\n{}\n\
             sh -c 'exit 3' | sh -c 'exit 5'\nfish_prompt\n",
            step(&sandbox, shell, PLAIN, Form::File)
        );
        let output = sandbox.run(shell, &script);
        assert_eq!(output.expect_silent("fish").stdout, "(env) [5 3 5]\ntwo> ");
    }
}

/// tcsh draws the prompt that was asked for: its escapes are undone by `%`-expansion, which `set -p` style printing cannot show,
/// so the variable itself is compared.
#[test]
fn csh_prompts_are_escaped() {
    for shell in cshs() {
        let sandbox = sandbox();
        let script = format!(
            "set prompt = '%m '\n{}\n/usr/bin/printf %s ${{prompt:q}}\n",
            step(&sandbox, shell, OTHER, Form::File)
        );
        let percent = if shell.name == "tcsh" { "%%" } else { "%" };
        let expected = format!("(it's $(id) `id` {percent}n \\!\\! \\\\u \\^a  \") %m ");
        assert_eq!(
            sandbox.run(shell, &script).expect_silent(shell.name).stdout,
            expected
        );
    }
}

fn fish() -> Vec<&'static TestShell> {
    crate::support::shell("fish", "activate.fish")
        .into_iter()
        .collect()
}

fn cshs() -> Vec<&'static TestShell> {
    let mut found: Vec<_> = crate::support::shell("tcsh", "activate.csh")
        .into_iter()
        .collect();
    if which("bsd-csh").is_some() {
        found.push(&BSD_CSH);
    } else {
        skip("activate.csh", "bsd-csh not installed");
    }
    found
}

fn is_fish(shell: &TestShell) -> bool {
    shell.shell == Shell::Fish
}

fn activator(shell: &TestShell) -> Activator {
    if is_fish(shell) {
        Activator::FishScript
    } else {
        Activator::CshScript
    }
}

fn word(shell: &TestShell, value: &str) -> String {
    let word = if is_fish(shell) {
        quote::<Fish>(value).map(|word| word.to_string())
    } else {
        quote::<Csh>(value).map(|word| word.to_string())
    };
    word.expect("a path has no NUL")
}

/// All that differ are reported, not the first one only.
#[track_caller]
fn every_state(shells: Vec<&'static TestShell>, states: &[State], form: Form) {
    let mut wrong = Vec::new();
    for shell in shells {
        for (name, code) in states {
            let sandbox = sandbox();
            for sequence in SEQUENCES {
                let steps: Vec<_> = sequence
                    .iter()
                    .map(|name| step(&sandbox, shell, name, form))
                    .collect();
                let text = difference(&sandbox, shell, code, &steps, "");
                wrong.extend(
                    text.map(|text| format!("{}, {name}, {sequence:?}: {text}", shell.name)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn difference(
    sandbox: &Sandbox,
    shell: &TestShell,
    state: &str,
    steps: &[String],
    change: &str,
) -> Option<String> {
    let snapshots = snapshots(sandbox, shell, state, steps, change);
    snapshots
        .and_then(|(before, after)| compare(&before, &after))
        .err()
}

/// The shell before and after.
fn snapshots(
    sandbox: &Sandbox,
    shell: &TestShell,
    state: &str,
    steps: &[String],
    change: &str,
) -> Result<(String, String), String> {
    let (prelude, status) = if is_fish(shell) {
        (
            "function fish_prompt; builtin printf '$ '; end\nfunction venvsh_plan; /bin/cat $argv[1] | builtin source; end\n",
            "/usr/bin/expr 0 = $status >/dev/null; or /usr/bin/printf 'bad status\\n'",
        )
    } else {
        (
            "alias venvsh_plan 'if (1) source'\n",
            "/usr/bin/expr 0 = $status > /dev/null || /usr/bin/printf 'bad status\\n'",
        )
    };
    let mut script = format!("{prelude}{state}\n{}\n", snapshot(shell, "before"));
    for step in steps {
        script += &format!("{step}\n{status}\n/usr/bin/env -0 >>active\n");
    }
    script += &format!("{change}\n");
    if !steps.is_empty() {
        script += &format!("deactivate\n{status}\n");
    }
    script += &format!("{}\n/usr/bin/printf 'end\\n'\n", snapshot(shell, "after"));
    sandbox.write("active", "");
    let output = sandbox.run(shell, &script);
    if output.status != 0 || !output.stderr.is_empty() || output.stdout != "end\n" {
        return Err(format!("{output:?}"));
    }
    let active = read(sandbox, "active");
    let paths = active
        .split('\0')
        .filter(|entry| entry.starts_with("PATH=") && entry.contains("/bin"))
        .count();
    if paths != steps.len() {
        return Err(format!("PATH was set {paths} times: {active:?}"));
    }
    Ok((read(sandbox, "before"), read(sandbox, "after")))
}

/// Environment, variables with their attributes, functions or aliases.
fn snapshot(shell: &TestShell, file: &str) -> String {
    if is_fish(shell) {
        // What `functions` says of a copied function's origin cannot come back.
        format!(
            "/usr/bin/env -0 >{file}; set --show >>{file}; builtin functions -a -n | builtin string split , >>{file}; \
             for f in deactivate pydoc fish_prompt _old_fish_prompt; builtin functions $f | builtin string match -v '# *' >>{file}; \
             builtin functions -Dv $f | /usr/bin/tail -n 1 >>{file}; end; set -e f; builtin true"
        )
    } else {
        format!("/usr/bin/env -0 >! {file}; if (1) set >> {file}; alias >> {file}")
    }
}

/// What changes by itself, and what is reserved for activation scripts (those of other tools leave it behind).
fn compare(before: &str, after: &str) -> Result<(), String> {
    let lines = |text: &str| -> Vec<String> {
        let volatile = [
            "$fish_pid",
            "$status",
            "$pipestatus",
            "$CMD_DURATION",
            "$history",
            "$umask",
            "$_",
            "$last_pid",
            "$status_generation",
            "_\t",
            "status\t",
            "_=",
        ];
        let lines = text.split(['\n', '\0']).map(str::to_owned);
        let mut lines: Vec<_> = lines
            .filter(|line| !volatile.iter().any(|name| line.starts_with(name)))
            .collect();
        // csh appends a variable to the environment that it takes out and puts back.
        lines.sort();
        lines
    };
    let [was, is] = [lines(before), lines(after)];
    if was == is {
        return Ok(());
    }
    let [was, is]: [BTreeSet<_>; 2] = [was, is].map(|lines| lines.into_iter().collect());
    Err(format!(
        "was {:?}, is {:?}",
        was.difference(&is).collect::<Vec<_>>(),
        is.difference(&was).collect::<Vec<_>>()
    ))
}

fn read(sandbox: &Sandbox, file: &str) -> String {
    let file = sandbox.home().join(file);
    let text = String::from_utf8_lossy(&fs_err::read(&file).unwrap_or_default()).into_owned();
    let _ = fs_err::remove_file(file);
    text
}

fn step(sandbox: &Sandbox, shell: &TestShell, name: &str, form: Form) -> String {
    let root = sandbox.home().join(name);
    match form {
        // `source` may be a function or an alias of the user.
        Form::File if is_fish(shell) => format!(
            "builtin source {}",
            word(shell, root.join("bin/activate.fish").as_str())
        ),
        Form::File => format!(
            "if (1) source {}",
            word(
                shell,
                root.join("bin").join(activator(shell).file()).as_str()
            )
        ),
        Form::Plan(_) | Form::Hook(..) => format!(
            "venvsh_plan {}",
            word(
                shell,
                root.join("plan").join(activator(shell).file()).as_str()
            )
        ),
    }
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    make(&sandbox, PLAIN, PLAIN);
    make(&sandbox, OTHER, OTHER_PROMPT);
    sandbox
}

fn activation(root: &Utf8PathBuf, prompt: &str) -> Activation {
    let tcl = root
        .as_str()
        .ends_with(OTHER)
        .then(|| "/lib/tcl 8".to_owned());
    Activation {
        root: root.to_string(),
        prompt: prompt.to_owned(),
        tk_library: tcl.clone(),
        tcl_library: tcl,
        ..Activation::default()
    }
}

/// An environment's files of fish and csh, and the same as plans.
fn make(sandbox: &Sandbox, name: &str, prompt: &str) -> Utf8PathBuf {
    let root = sandbox.home().join(name);
    sandbox.write(&format!("{name}/pyvenv.cfg"), "home = /usr/bin\n");
    for activator in [Activator::FishScript, Activator::CshScript] {
        for (dir, form) in [("bin", Form::File), ("plan", Form::Plan(Shell::Fish))] {
            let text = activator
                .render(&activation(&root, prompt), form)
                .expect("these values can be said");
            sandbox.write(&format!("{name}/{dir}/{}", activator.file()), text);
        }
    }
    root
}
