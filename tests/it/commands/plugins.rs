//! Plugins of virtualenvwrapper: which Python runs them, how often, and in which order with everything else.

use crate::support::sandbox::Output;
use crate::support::{Sandbox, TestShell, shell};
use camino::Utf8PathBuf;

/// Each event has a plain function that prints, and one that returns code that prints.
const MODULE: &str = r#"
import os, sys

def env():
    return os.path.basename(os.environ.get("VIRTUAL_ENV", "")) or "-"

def make(event):
    def plain(args):
        sys.stdout.write("%s plain %s %s\n" % (event, " ".join(args), env()))
        sys.stdout.flush()
    def source(args):
        return "v=${VIRTUAL_ENV-}; echo \"%s source %s ${v##*/}\"; plugin_%s=set" % (event, " ".join(args), event.replace(".", "_"))
    return plain, source

EVENTS = ["initialize", "pre_mkvirtualenv", "post_mkvirtualenv", "pre_activate", "post_activate", "pre_deactivate", "post_deactivate",
          "pre_rmvirtualenv", "post_rmvirtualenv", "get_env_details", "pre_cpvirtualenv", "post_cpvirtualenv", "their_own",
          "project.pre_mkproject", "project.post_mkproject"]
for event in EVENTS:
    name = event.replace(".", "_")
    globals()[name], globals()[name + "_source"] = make(event)

def bad(args):
    raise ValueError("no luck with %s" % args)

def template(args):
    """Makes a Python project

    And more."""
    open(os.path.join(args[1], "setup.py"), "w").write("%s %s" % (args[0], env()))
"#;

/// Writes the module and a distribution that registers these functions: group, value.
fn install(site: &camino::Utf8Path, points: &[(&str, &str)]) {
    let info = site.join("plugin-1.0.dist-info");
    fs_err::create_dir_all(&info).expect("a directory of the sandbox");
    fs_err::write(site.join("plugin.py"), MODULE).expect("a file of the sandbox");
    let upstream = "[virtualenvwrapper.post_activate]\nuser_scripts = virtualenvwrapper.user_scripts:post_activate\n";
    let points = points
        .iter()
        .map(|(group, value)| format!("[virtualenvwrapper.{group}]\nmine = {value}\n"));
    let text = points.fold(upstream.to_owned(), |text, point| text + &point);
    fs_err::write(info.join("entry_points.txt"), text).expect("a file of the sandbox");
}

/// A sandbox whose plugins are in an environment, with a Python that counts how often it is started.
fn sandbox(points: &[(&str, &str)]) -> Sandbox {
    let mut sandbox = Sandbox::new();
    let tools = sandbox.home().join("tools");
    sandbox
        .venvsh(&["create", "--no-pip", tools.as_str()])
        .expect_silent("create");
    let library = fs_err::read_dir(tools.join("lib"))
        .expect("a library")
        .next()
        .expect("one")
        .expect("readable");
    install(
        &Utf8PathBuf::from_path_buf(library.path().join("site-packages")).expect("UTF-8"),
        points,
    );
    let python = sandbox.write(
        "tools/bin/counted",
        "#!/bin/sh\necho started >>~/log\nexec ~/tools/bin/python \"$@\"\n",
    );
    fs_err::set_permissions(&python, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("a file of ours");
    sandbox.env("VIRTUALENVWRAPPER_PYTHON", python.as_str());
    let projects = sandbox.home().join("projects");
    fs_err::create_dir(&projects).expect("a directory of the sandbox");
    sandbox.env("PROJECT_HOME", projects.as_str());
    sandbox
}

fn both(events: &[&str]) -> Vec<(String, String)> {
    let one = |event: &&str| {
        let name = event.replace('.', "_");
        [
            ((*event).to_owned(), format!("plugin:{name}")),
            (format!("{event}_source"), format!("plugin:{name}_source")),
        ]
    };
    events.iter().flat_map(one).collect()
}

fn sandbox_of(events: &[&str]) -> Sandbox {
    let points = both(events);
    sandbox(
        &points
            .iter()
            .map(|(group, value)| (group.as_str(), value.as_str()))
            .collect::<Vec<_>>(),
    )
}

fn hooked() -> impl Iterator<Item = &'static TestShell> {
    ["bash", "zsh"]
        .into_iter()
        .filter_map(|name| shell(name, "plugins in Python"))
}

fn run(sandbox: &Sandbox, shell: &TestShell, lines: &str) -> Output {
    sandbox.run(
        shell,
        &format!("eval \"$(venvsh hook {})\"\n{lines}\n", shell.name),
    )
}

/// How often Python was started.
fn started(sandbox: &Sandbox) -> usize {
    fs_err::read_to_string(sandbox.home().join("log")).map_or(0, |log| log.lines().count())
}

const SESSION: &str = "mkvirtualenv --no-pip one; deactivate; workon one; deactivate; cpvirtualenv one two; lsvirtualenv; deactivate; rmvirtualenv one two; mkproject --no-pip pr";

#[test]
fn no_python_is_started_without_a_plugin() {
    for shell in hooked() {
        // The upstream package is installed, and a plugin for what never happens here.
        let sandbox = sandbox(&[("their_own", "plugin:their_own")]);
        let output = run(&sandbox, shell, SESSION);
        assert_eq!(output.status, 0, "{output:?}");
        assert_eq!(started(&sandbox), 0, "{}", shell.name);
        assert!(!sandbox.home().join(".local/state/venvsh/event.sh").exists());
    }
}

#[test]
fn plugins_act_in_turn() {
    for shell in hooked() {
        for options in ["", "set -eu"] {
            let sandbox = sandbox_of(&[
                "pre_activate",
                "post_activate",
                "pre_deactivate",
                "post_deactivate",
            ]);
            for name in ["postactivate", "predeactivate", "postdeactivate"] {
                sandbox.write(
                    &format!(".virtualenvs/{name}"),
                    format!("echo \"user's {name}\"\n"),
                );
            }
            let root = sandbox.home().join(".virtualenvs");
            for name in ["one", "two"] {
                sandbox
                    .venvsh(&["create", "--no-pip", root.join(name).as_str()])
                    .expect_silent("create");
            }
            let script = format!(
                "{options}\nworkon one; echo $?; workon two; deactivate; echo \"$plugin_post_activate $plugin_pre_deactivate\""
            );
            let output = run(&sandbox, shell, &script).expect_silent(shell.name);
            let enter = |name: &str| {
                format!(
                    "pre_activate plain {name} -\npre_activate source {name} \npost_activate plain  {name}\npost_activate source  {name}\nuser's postactivate\n"
                )
            };
            let leave = |name: &str| {
                format!(
                    "pre_deactivate plain  {name}\npre_deactivate source  {name}\nuser's predeactivate\n\
                     post_deactivate plain {name} -\npost_deactivate source {name} \nuser's postdeactivate\n"
                )
            };
            let expect = [
                enter("one"),
                "0\n".to_owned(),
                leave("one"),
                enter("two"),
                leave("two"),
                "set set\n".to_owned(),
            ];
            assert_eq!(
                output.stdout.replace("- \n", "-\n"),
                expect.concat(),
                "{} {options}",
                shell.name
            );
            assert_eq!(started(&sandbox), 8, "once for each event");
        }
    }
}

#[test]
fn every_command_lets_them_know() {
    let events = [
        "pre_mkvirtualenv",
        "post_mkvirtualenv",
        "pre_rmvirtualenv",
        "post_rmvirtualenv",
        "get_env_details",
        "pre_cpvirtualenv",
        "post_cpvirtualenv",
        "project.pre_mkproject",
        "project.post_mkproject",
    ];
    for shell in hooked() {
        let sandbox = sandbox_of(&events);
        let output = run(&sandbox, shell, SESSION).expect_silent_but_notes();
        let root = sandbox.home().join(".virtualenvs");
        let mut told: Vec<_> = output
            .lines()
            .filter(|line| line.contains(" plain ") || line.contains(" source "))
            .collect();
        told.dedup();
        let expect = format!(
            "pre_mkvirtualenv plain one -\npre_mkvirtualenv source one \npost_mkvirtualenv plain  one\npost_mkvirtualenv source  one\n\
             pre_cpvirtualenv plain {root}/one two -\npre_mkvirtualenv plain two -\npre_cpvirtualenv source {root}/one two \npre_mkvirtualenv source two \n\
             post_mkvirtualenv plain  two\npost_mkvirtualenv source  two\npost_cpvirtualenv plain  two\npost_cpvirtualenv source  two\n\
             get_env_details plain one two\nget_env_details plain two two\nget_env_details source one two\nget_env_details source two two\n\
             pre_rmvirtualenv plain one -\npost_rmvirtualenv plain one -\npre_rmvirtualenv plain two -\npost_rmvirtualenv plain two -\n\
             pre_rmvirtualenv source one \npost_rmvirtualenv source one \npre_rmvirtualenv source two \npost_rmvirtualenv source two \n\
             pre_mkvirtualenv plain pr -\npre_mkvirtualenv source pr \npost_mkvirtualenv plain  pr\npost_mkvirtualenv source  pr\n\
             project.pre_mkproject plain pr pr\nproject.pre_mkproject source pr pr\nproject.post_mkproject plain  pr\nproject.post_mkproject source  pr\n"
        );
        assert_eq!(told.join("\n") + "\n", expect, "{}", shell.name);
        assert_eq!(started(&sandbox), 16, "once for each event");
    }
}

trait Notes {
    fn expect_silent_but_notes(self) -> String;
}

impl Notes for Output {
    /// Standard output; on standard error there may only be that `WORKON_HOME` was made, and which Python an environment has.
    fn expect_silent_but_notes(self) -> String {
        let others = self
            .stderr
            .lines()
            .any(|line| !line.contains("creating WORKON_HOME: ") && !line.contains(": Python "));
        assert!(self.status == 0 && !others, "{self:?}");
        self.stdout
    }
}

#[test]
fn events_of_their_own_reach_the_plugins_that_are_named() {
    for shell in hooked() {
        let sandbox = sandbox_of(&["their_own"]);
        let lines = "virtualenvwrapper_run_hook their_own 'a  b' -x; virtualenvwrapper_run_hook --name mine their_own; virtualenvwrapper_run_hook -n other their_own; virtualenvwrapper_run_hook nothing";
        let output = run(&sandbox, shell, lines).expect_silent(shell.name);
        let expect = "their_own plain a  b -x -\ntheir_own source a  b -x \ntheir_own plain  -\ntheir_own source  \n";
        assert_eq!(output.stdout, expect, "{}", shell.name);
        assert_eq!(started(&sandbox), 2);
    }
}

#[test]
fn templates_of_plugins_fill_projects() {
    let sandbox = sandbox(&[("project.template", "plugin:template")]);
    let help = sandbox
        .venvsh(&["mkproject", "--help"])
        .expect_silent("mkproject --help");
    assert!(
        help.stdout
            .ends_with("\nTemplates:\n  mine       -- Makes a Python project\n"),
        "{}",
        help.stdout
    );
    let unknown = sandbox.venvsh(&["mkproject", "--no-pip", "-t", "other", "pr"]);
    assert!(
        unknown
            .stderr
            .ends_with("no template named: other\nhint: available: mine\n"),
        "{unknown:?}"
    );
    let output = sandbox.venvsh(&["mkproject", "--no-pip", "-t", "mine", "pr"]);
    assert_eq!(output.status, 0, "{output:?}");
    let made = fs_err::read_to_string(sandbox.home().join("projects/pr/setup.py"))
        .expect("the template wrote it");
    assert_eq!(made, "pr pr");
    assert_eq!(started(&sandbox), 2);
}

#[test]
fn a_plugin_that_fails_stops_nothing() {
    for shell in hooked() {
        let sandbox = sandbox(&[
            ("pre_mkvirtualenv", "plugin:bad"),
            ("pre_mkvirtualenv_source", "plugin:pre_mkvirtualenv_source"),
            ("post_mkvirtualenv", "no_such_module:f"),
            ("project.template", "plugin:bad"),
        ]);
        let output = run(
            &sandbox,
            shell,
            "mkvirtualenv --no-pip x; echo \"$? ${VIRTUAL_ENV##*/}\"; mkproject --no-pip -t mine y; echo $?",
        );
        let text = &output.stdout;
        assert!(
            text.starts_with("pre_mkvirtualenv source x \n0 x\n") && text.ends_with("\n1\n"),
            "{}: {output:?}",
            shell.name
        );
        assert!(
            output
                .stderr
                .contains("venvsh: the plugin failed: mine: ValueError: no luck with ['x']\n"),
            "{output:?}"
        );
        assert!(output.stderr.contains("no_such_module"), "{output:?}");
    }
}

#[test]
fn every_python_runs_them_from_the_users_site() {
    let Some(bash) = shell("bash", "plugins in every Python") else {
        return;
    };
    let system = ["/usr/bin/python3", "/usr/bin/pypy3"]
        .map(Utf8PathBuf::from)
        .into_iter()
        .filter(|python| python.exists());
    let mut tried = 0;
    for python in crate::support::pythons_of_pyenv().into_iter().chain(system) {
        let mut sandbox = Sandbox::new();
        let script = "import site, sys; sys.stdout.write(site.getusersitepackages())";
        let site = sandbox
            .finish(sandbox.command(&python).args(["-c", script]))
            .expect_silent(python.as_str());
        install(
            site.stdout.as_str().into(),
            &[("post_activate_source", "plugin:post_activate_source")],
        );
        sandbox.env("VIRTUALENVWRAPPER_PYTHON", python.as_str());
        sandbox
            .venvsh(&[
                "create",
                "--no-pip",
                sandbox.home().join(".virtualenvs/é").as_str(),
            ])
            .expect_silent("create");
        let output = run(&sandbox, bash, "workon é; echo $plugin_post_activate")
            .expect_silent(python.as_str());
        assert_eq!(output.stdout, "post_activate source  é\nset\n", "{python}");
        tried += 1;
    }
    assert!(tried > 0, "no Python to test with");
}

#[test]
fn virtualenvwrapper_sh_looks_at_the_first_python_and_the_plain_hook_at_none() {
    let python = Utf8PathBuf::from("/usr/bin/python3");
    for shell in hooked() {
        let sandbox = Sandbox::new();
        let script = "import site, sys; sys.stdout.write(site.getusersitepackages())";
        let found = sandbox.finish(sandbox.command("python3").args(["-c", script]));
        assert_eq!(found.status, 0, "{python}: {found:?}");
        install(
            found.stdout.as_str().into(),
            &[
                ("initialize_source", "plugin:initialize_source"),
                ("their_own", "plugin:their_own"),
            ],
        );
        let plain = run(
            &sandbox,
            shell,
            "virtualenvwrapper_run_hook their_own; echo done",
        )
        .expect_silent(shell.name);
        assert_eq!(plain.stdout, "done\n");
        let output = run(
            &sandbox,
            shell,
            "virtualenvwrapper_initialize; virtualenvwrapper_run_hook their_own",
        )
        .expect_silent(shell.name);
        assert_eq!(
            output.stdout, "initialize source  \ntheir_own plain  -\n",
            "{}",
            shell.name
        );
    }
}

#[test]
fn other_shells_run_plain_functions_and_say_what_they_cannot() {
    let Some(fish) = shell("fish", "plugins in Python") else {
        return;
    };
    let sandbox = sandbox_of(&["post_activate"]);
    let root = sandbox.home().join(".virtualenvs/one");
    sandbox
        .venvsh(&["create", "--no-pip", root.as_str()])
        .expect_silent("create");
    let output = sandbox.run(fish, "venvsh hook fish | source\nworkon one\n");
    assert!(
        output.stdout.starts_with("post_activate plain "),
        "{output:?}"
    );
    assert_eq!(
        output.stderr,
        "venvsh: only bash and zsh can run what plugins return for this event: post_activate\n"
    );
}
