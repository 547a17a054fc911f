//! The tools themselves, where they are installed: each makes an environment, ours finds, names, enters and leaves it, and the tool
//! goes on working with it. `tests/run --install` brings them into the cache of test tools.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use venvsh::internals::environment::tools::tools;

use super::stores::{run_lines, saved, venvsh_in};
use crate::support::hooked::{hooked_shells, value};
use crate::support::{Output, Sandbox, pythons_of_pyenv, shell, skip_tool, which};

/// What a test does with a tool. The scripts are for `sh`; `$P` is a Python.
struct Real {
    /// Its name in our table.
    tool: &'static str,
    program: &'static str,
    /// Makes an environment, in the directory of the project.
    make: &'static str,
    /// The word that leads to it there.
    word: &'static str,
    /// Uses it afterwards; shows `{root}`, its directory, or another word.
    go_on: (&'static str, &'static str),
}

const fn real(
    tool: &'static str,
    program: &'static str,
    make: &'static str,
    word: &'static str,
    go_on: (&'static str, &'static str),
) -> Real {
    Real {
        tool,
        program,
        make,
        word,
        go_on,
    }
}

/// poetry 1 has other packages than poetry 2, so it lies beside the other tools.
const POETRY_1: &str = "../poetry-1/bin/poetry";

#[rustfmt::skip]
static REAL: [Real; 14] = [
    real("venv", "python3", r#""$P" -m venv --without-pip .venv"#, ":.venv", (".venv/bin/python -c 'import sys; print(sys.prefix)'", "{root}")),
    real("pipenv", "pipenv", r#"pipenv --python "$P""#, "project", ("pipenv --venv", "{root}")),
    real("pew", "pew", r#"pew new -d -p "$P" pewish"#, "pewish", ("pew ls", "pewish")),
    real("poetry", "poetry", r#"poetry env use "$P""#, "demo", ("poetry env info --path", "{root}")),
    real("poetry", POETRY_1, r#"printf '[tool.poetry]\npackage-mode = false\n' >>pyproject.toml; poetry env use "$P""#, "non-package-mode", ("poetry env info --path", "{root}")),
    real("hatch", "hatch", "hatch env create test", "demo.test", ("hatch env find test", "{root}")),
    real("pdm", "pdm", r#"pdm config check_update false; pdm venv create --name main "$P""#, "project.main", ("pdm venv list", "{root}")),
    real("uv", "uv", r#"uv sync --python "$P""#, ":.venv", ("uv run --no-sync python -c 'import sys; print(sys.prefix)'", "{root}")),
    real("uv-tool", "uv", r#"uv tool install --python "$P" ./hello_there-1.0-py3-none-any.whl"#, "uv-tool:hello-there", ("uv tool list --show-paths", "{root}")),
    real("uv-script", "uv", r#"uv run --python "$P" job.py"#, "uv-script:job", (r#"uv run --python "$P" job.py"#, "{root}")),
    real("pipx", "pipx", r#"pipx install --python "$P" ./hello_there-1.0-py3-none-any.whl"#, "pipx:hello-there", ("pipx list --short", "hello-there 1.0")),
    real("tox", "tox", "tox run -e py --notest", ":py", ("tox run -e py", "{root}")),
    real("nox", "nox", "nox -s tests", ":tests", ("nox -R -s tests 2>&1", "{root}")),
    real("virtualfish", "vf", r#"mkdir "$VIRTUALFISH_HOME"; vf install >/dev/null; fish -c "vf new -p $P fishy""#, "fishy", ("fish -c 'vf ls'", "fishy")),
];

/// A tool that knows the environment of a project: makes it, and says which one it uses.
struct Own {
    tool: &'static str,
    program: &'static str,
    make: &'static str,
    says: &'static str,
}

const fn own(
    tool: &'static str,
    program: &'static str,
    make: &'static str,
    says: &'static str,
) -> Own {
    Own {
        tool,
        program,
        make,
        says,
    }
}

#[rustfmt::skip]
static OWN: [Own; 9] = [
    own("venv", "python3", r#""$P" -m venv --without-pip .venv"#, "echo \"$PWD/.venv\""),
    own("uv", "uv", r#"uv sync --python "$P""#, "uv run --no-sync python -c 'import sys; print(sys.prefix)'"),
    own("uv", "uv", r#"export UV_PROJECT_ENVIRONMENT=; uv venv --python "$P" ../elsewhere; ln -s ../elsewhere .venv; uv sync"#, "uv run --no-sync python -c 'import sys; print(sys.prefix)'"),
    own("poetry", "poetry", r#"poetry env use "$P""#, "poetry env info --path"),
    own("poetry", POETRY_1, r#"printf '[tool.poetry]\npackage-mode = false\n' >>pyproject.toml; poetry env use "$P""#, "poetry env info --path"),
    own("pdm", "pdm", r#"pdm config check_update false; pdm config venv.in_project false; pdm use -f "$P"; pdm venv create --name main "$P"; pdm use -f --venv main"#, "pdm run python -c 'import sys; print(sys.prefix)'"),
    own("pdm", "pdm", r#"pdm config check_update false; pdm venv create "$P"; pdm use -f --venv in-project"#, "pdm run python -c 'import sys; print(sys.prefix)'"),
    own("pipenv", "pipenv", r#"pipenv --python "$P""#, "pipenv --venv"),
    own("hatch", "hatch", "hatch env create", "hatch env find"),
];

/// Environments of projects by other rows, laid out (`projects.rs`, `followed.rs`).
const LAID_OUT: [&str; 7] = [
    "conda",
    "micromamba",
    "pixi",
    "pew",
    "pyenv",
    "rye",
    "virtualfish",
];

/// Several environments of a project, by their names.
const SEVERAL: [&str; 3] = ["tox", "nox", "direnv"];

/// The table of the README: each cell but those that say so is tested on environments laid out as the tool does it
/// (`finding.rs`, `entering.rs`, `conda.rs`), for every row of the table of tools.
pub fn table() -> String {
    let head = "| Tool | Found | Named | Entered | Left | From its project | Followed | Made by the tool in tests |\n|---|---|---|---|---|---|---|---|\n".to_owned();
    tools().fold(head, |table, tool| {
        let is_real = REAL.iter().any(|real| real.tool == tool.name);
        let made = if is_real {
            "yes"
        } else if super::real_conda::TOOLS.contains(&tool.name) {
            "laid out; by the tool where it is installed"
        } else {
            "laid out"
        };
        let from_project = if OWN.iter().any(|own| own.tool == tool.name) {
            "yes, as the tool itself"
        } else if LAID_OUT.contains(&tool.name) {
            "yes"
        } else if SEVERAL.contains(&tool.name) {
            "`workon :NAME`"
        } else {
            "has none"
        };
        table
            + &format!(
                "| {} | yes | yes | yes | yes | {from_project} | {} | {made} |\n",
                tool.name,
                super::followed::word(tool.name)
            )
    })
}

/// The program, from the cache of test tools or from `PATH`.
fn program(name: &str) -> Option<Utf8PathBuf> {
    let target = Utf8Path::new(env!("CARGO_BIN_EXE_venvsh"))
        .parent()?
        .parent()?;
    let cached = target.join("test-tools/environment-tools/bin").join(name);
    if cached.is_file() {
        Some(cached)
    } else {
        which(name)
    }
}

/// The project, with the files that the tools read.
fn project(sandbox: &Sandbox, python: &Utf8Path) -> Utf8PathBuf {
    let hatch = ["test", "default"].map(|name| {
        format!("[tool.hatch.envs.{name}]\nskip-install = true\npython = \"{python}\"\n")
    });
    let hatch = hatch.concat();
    for (name, text) in [
        ("pyproject.toml", format!("[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n{hatch}")),
        ("tox.ini", "[tox]\nskipsdist = true\n[testenv]\nskip_install = true\ncommands = python -c 'import sys; print(sys.prefix)'\n".to_owned()),
        ("noxfile.py", "import nox\n\n@nox.session(venv_backend=\"virtualenv\")\ndef tests(session):\n    session.run(\"python\", \"-c\", \"import sys; print(sys.prefix)\")\n".to_owned()),
        ("job.py", "# /// script\n# dependencies = []\n# ///\nimport sys\nprint(sys.prefix)\n".to_owned()),
    ] {
        sandbox.write(&format!("project/{name}"), text);
    }
    let project = sandbox.home().join("project");
    let wheel = "import sys, zipfile\n\
        wheel = zipfile.ZipFile('hello_there-1.0-py3-none-any.whl', 'w')\n\
        info = 'hello_there-1.0.dist-info/'\n\
        files = {'hello_there.py': 'def main():\\n    print(1)\\n',\n\
        info + 'METADATA': 'Metadata-Version: 2.1\\nName: hello-there\\nVersion: 1.0\\n',\n\
        info + 'WHEEL': 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n',\n\
        info + 'entry_points.txt': '[console_scripts]\\nhello-there = hello_there:main\\n'}\n\
        files[info + 'RECORD'] = ''.join(name + ',,\\n' for name in [*files, info + 'RECORD'])\n\
        [wheel.writestr(*file) for file in files.items()]\n\
        wheel.close()\n";
    let output = sandbox.finish(
        sandbox
            .command(python)
            .args(["-c", wheel])
            .current_dir(&project),
    );
    assert_eq!(output.status, 0, "{output:?}");
    project
}

/// A tool's own command. No tool may ask the network.
fn run(sandbox: &Sandbox, directory: &Utf8Path, python: &Utf8Path, script: &str) -> Output {
    let mut command = sandbox.command("/bin/sh");
    command
        .args(["-c", script])
        .current_dir(directory)
        .env("P", python);
    command.env("PIP_NO_INDEX", "1").env("UV_OFFLINE", "1");
    sandbox.finish(&mut command)
}

/// A Python that all of these tools know.
pub fn known_python() -> Option<Utf8PathBuf> {
    // The newest that all of these tools know.
    let wanted = ["/3.13.", "/3.12.", "/3.11."];
    let pythons = pythons_of_pyenv();
    let known = wanted
        .iter()
        .find_map(|wanted| pythons.iter().find(|path| path.as_str().contains(wanted)));
    known.cloned().or_else(|| which("python3"))
}

/// A sandbox in which the program is on `PATH`.
pub fn with_program(program: &Utf8Path) -> Sandbox {
    let mut sandbox = Sandbox::new();
    let path = sandbox.env_value("PATH").unwrap().to_owned();
    let bin = program.parent().expect("it is in a directory");
    sandbox.env("PATH", &format!("{bin}:{path}"));
    sandbox
}

/// `workon .` enters the environment that the tool itself uses, and `explain --project` knows which one that is, also where another
/// one is active.
fn try_project(own: &Own) {
    let Some(python) = known_python() else {
        return skip_tool(own.tool, "no Python");
    };
    let Some(program) = program(own.program) else {
        return skip_tool(own.tool, "not installed");
    };
    let mut sandbox = with_program(&program);
    let project = project(&sandbox, &python);
    let made = run(&sandbox, &project, &python, own.make);
    assert_eq!(made.status, 0, "{}: {made:?}", own.tool);
    let says = |sandbox: &Sandbox| {
        let output = run(sandbox, &project, &python, own.says);
        let last = output.stdout.lines().last().unwrap_or_default().to_owned();
        assert!(
            output.status == 0 && last.starts_with('/'),
            "{}: {output:?}",
            own.tool
        );
        last
    };
    let root = says(&sandbox);
    for shell in hooked_shells("environments of projects") {
        let lines = [
            shell.line(&["cd", project.as_str()]),
            shell.line(&["workon", "."]),
            shell.line(&["sh", "-c", "cd \"$VIRTUAL_ENV\" && pwd -P"]),
        ];
        let output = run_lines(&sandbox, shell, &lines);
        let entered = output.stdout.trim();
        assert_eq!(
            Utf8Path::new(entered).canonicalize_utf8().ok(),
            Utf8Path::new(&root).canonicalize_utf8().ok(),
            "{}, {}: {output:?}",
            own.tool,
            shell.name
        );
    }
    let other = sandbox.home().join("other");
    let made = run(
        &sandbox,
        &project,
        &python,
        r#""$P" -m venv --without-pip "$HOME/other""#,
    );
    assert_eq!(made.status, 0, "{made:?}");
    let ours = |sandbox: &Sandbox| {
        let words = ["explain", "--json", "--project"];
        let json: Value = serde_json::from_str(&venvsh_in(sandbox, &project, &words).ok()).unwrap();
        let mut tools = json["tools"].as_array().expect("tools").clone();
        tools.retain(|choice| choice["tool"] == own.tool);
        tools
            .first()
            .map(|choice| choice["path"].as_str().expect("a path").to_owned())
    };
    if own.tool == "venv" {
        return;
    }
    let physical = |path: &str| Utf8Path::new(path).canonicalize_utf8().ok();
    assert_eq!(
        ours(&sandbox).as_deref().and_then(physical),
        physical(&root),
        "{}",
        own.tool
    );
    sandbox.env("VIRTUAL_ENV", other.as_str());
    let active = says(&sandbox);
    assert_eq!(
        ours(&sandbox).as_deref().and_then(physical),
        physical(&active),
        "{}",
        own.tool
    );
}

/// These two start slowly: two tests, which run side by side.
fn is_slow(own: &Own) -> bool {
    ["poetry", "pdm"].contains(&own.tool)
}

#[test]
fn workon_dot_enters_what_poetry_and_pdm_use() {
    OWN.iter().filter(|own| is_slow(own)).for_each(try_project);
}

#[test]
fn workon_dot_enters_what_the_projects_tool_uses() {
    OWN.iter().filter(|own| !is_slow(own)).for_each(try_project);
}

fn try_tool(name: &str) {
    let rows = REAL.iter().filter(|real| real.tool == name);
    rows.for_each(try_row);
}

fn try_row(real: &Real) {
    let name = real.tool;
    let Some(python) = known_python() else {
        return skip_tool(name, "no Python");
    };
    let Some(program) = program(real.program) else {
        return skip_tool(name, "not installed");
    };
    let Some(bash) = shell("bash", name) else {
        return;
    };
    if name == "virtualfish" && which("fish").is_none() {
        return skip_tool(name, "fish is not installed");
    }
    let mut sandbox = with_program(&program);
    // What the tool makes must be told from ours.
    sandbox.env("VIRTUALFISH_HOME", sandbox.home().join("fishes").as_str());
    let project = project(&sandbox, &python);
    let made = run(&sandbox, &project, &python, real.make);
    assert_eq!(made.status, 0, "{name}: {made:?}");

    let json = venvsh_in(&sandbox, &project, &["lsvirtualenv", "--all", "--json"]).ok();
    let all: Vec<Value> = serde_json::from_str(&json).unwrap();
    let found = all.iter().find(|one| one["tool"] == name);
    let found = found.unwrap_or_else(|| panic!("{name} is not found: {json}\n{made:?}"));
    assert!(
        found["broken"].is_null() && found["python"].as_str().is_some(),
        "{name}: {found}"
    );
    let root = found["root"].as_str().expect("a path").to_owned();

    let lines = [
        bash.line(&["cd", project.as_str()]),
        bash.save_env("before"),
        bash.line(&["workon", real.word]),
        bash.save_env("inside"),
        "python -c 'import sys; print(sys.prefix)'".to_owned(),
        "deactivate".to_owned(),
        bash.save_env("after"),
    ];
    let output = run_lines(&sandbox, bash, &lines);
    let inside = saved(&sandbox, "inside");
    assert_eq!(
        value(&inside, "VIRTUAL_ENV"),
        Some(root.as_str()),
        "{name}: {output:?}"
    );
    assert_eq!(output.stdout.trim(), root, "{name}: {output:?}");
    assert_eq!(
        saved(&sandbox, "before"),
        saved(&sandbox, "after"),
        "{name}"
    );

    let (script, shows) = real.go_on;
    let output = run(&sandbox, &project, &python, script);
    let shows = shows.replace("{root}", &root);
    assert!(
        output.status == 0 && output.stdout.contains(&shows),
        "{name}: {shows} in {output:?}"
    );
}

macro_rules! each {
    ($($test:ident $tool:literal)*) => {$(
        #[test]
        fn $test() {
            try_tool($tool);
        }
    )*

    #[test]
    fn each_is_run() {
        let run = [$($tool),*];
        assert!(REAL.iter().all(|real| run.contains(&real.tool)));
        assert!(run.iter().all(|name| tools().any(|tool| tool.name == *name)));
    }};
}

each! {
    environments_of_venv "venv"
    environments_of_pipenv "pipenv"
    environments_of_pew "pew"
    environments_of_poetry "poetry"
    environments_of_hatch "hatch"
    environments_of_pdm "pdm"
    environments_of_uv "uv"
    tools_of_uv "uv-tool"
    scripts_of_uv "uv-script"
    programs_of_pipx "pipx"
    environments_of_tox "tox"
    sessions_of_nox "nox"
    environments_of_virtualfish "virtualfish"
}
