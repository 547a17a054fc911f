//! Which environments of other tools are entered automatically: laid out as the tools do it.

use camino::Utf8Path;
use venvsh::internals::digest::{eight_of_md5, eight_of_sha256};

use super::stores::{conda, one_of_each, project, venv};
use crate::support::Sandbox;

/// When an environment of a project is entered with its directory.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Followed {
    /// Its own side names the project.
    AtOnce,
    /// After `workon .` there.
    AfterOnce,
    /// `workon .` only.
    ByHand,
}

use Followed::{AfterOnce, AtOnce, ByHand};

/// A tool; when it is followed; the files of the project; its environment below HOME. H stands for the hash of the project.
type Case = (
    &'static str,
    Followed,
    &'static [(&'static str, &'static str)],
    &'static str,
);

const DEMO: &str = "[project]\nname = \"demo\"\n";

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("venv", AfterOnce, &[], "projects/demo/.venv"),
    ("conda", ByHand, &[("environment.yml", "name: science\n")], "miniforge3/envs/science"),
    ("conda", ByHand, &[], "projects/demo/env"),
    ("micromamba", ByHand, &[("environment.yml", "name: snake\n")], "micromamba/envs/snake"),
    ("pixi", AfterOnce, &[], "projects/demo/.pixi/envs/default"),
    ("pipenv", AtOnce, &[("Pipfile", "")], ".local/share/virtualenvs/demo-H"),
    ("pew", AtOnce, &[("../../.local/share/virtualenvs/web/.project", "{project}")], ".local/share/virtualenvs/web"),
    ("poetry", AtOnce, &[("pyproject.toml", DEMO)], ".cache/pypoetry/virtualenvs/demo-H-py3.11"),
    ("hatch", AtOnce, &[("pyproject.toml", DEMO)], ".local/share/hatch/env/virtual/demo/H/demo"),
    ("hatch", AfterOnce, &[("hatch.toml", "[envs.default]\npath = \"own\"\n"), ("pyproject.toml", DEMO)], "projects/demo/own"),
    ("hatch", AfterOnce, &[("hatch.toml", "[envs.default]\npath = \"../beside\"\n"), ("pyproject.toml", DEMO)], "projects/beside"),
    ("pdm", AtOnce, &[("pyproject.toml", DEMO)], ".local/share/pdm/venvs/demo-H-3.11"),
    ("uv", AfterOnce, &[("pyproject.toml", DEMO), ("uv.lock", "")], "projects/demo/.venv"),
    ("rye", AfterOnce, &[(".venv/rye-venv.json", "{}")], "projects/demo/.venv"),
    ("pyenv", AfterOnce, &[(".python-version", "py\n")], ".pyenv/versions/py"),
    ("virtualfish", AtOnce, &[("../../fishes/fishy/.project", "{project}\n")], "fishes/fishy"),
];

/// The cell of the README.
pub fn word(tool: &str) -> &'static str {
    let mut cases = CASES.iter().filter(|(name, ..)| *name == tool);
    match cases.next() {
        Some((_, AtOnce, ..)) => "yes",
        Some((_, AfterOnce, ..)) => "after `workon .`",
        None | Some((_, ByHand, ..)) => "no",
    }
}

/// The hash of the project in the names of that tool.
fn hash(tool: &str, project: &Utf8Path) -> String {
    match tool {
        "pdm" => eight_of_md5(project.as_str()),
        "pipenv" => eight_of_sha256(project.join("Pipfile").as_str()),
        _ => eight_of_sha256(project.as_str()),
    }
}

/// What is active in the project, for a shell that follows the directory.
fn entered(sandbox: &Sandbox) -> String {
    let mut bash = sandbox.command("bash");
    let lines = "eval \"$(venvsh hook bash --auto)\"; cd ~/projects/demo; venvsh_auto; \
                 printf %s \"${VIRTUAL_ENV:-$CONDA_PREFIX}\"";
    sandbox.finish(bash.args(["-c", lines])).stdout
}

#[test]
fn each_tool_is_followed_as_the_readme_says() {
    for (tool, when, files, path) in CASES {
        let mut sandbox = Sandbox::new();
        sandbox.env("VIRTUALFISH_HOME", sandbox.home().join("fishes").as_str());
        let here = project(&sandbox);
        let path = path.replace('H', &hash(tool, &here));
        for (name, text) in *files {
            let text = text.replace("{project}", here.as_str());
            sandbox.write(&format!("projects/demo/{name}"), text);
        }
        if ["conda", "micromamba", "pixi"].contains(tool) {
            conda(&sandbox, "miniforge3");
            conda(&sandbox, &path);
        } else {
            venv(&sandbox, &path);
        }
        let entered = || entered(&sandbox);
        let root = sandbox.home().join(&path).into_string();
        let expect = |is_entered| if is_entered { root.as_str() } else { "" };
        assert_eq!(entered(), expect(*when == AtOnce), "{tool}: {path}");
        let mut bash = sandbox.command("bash");
        let lines = "eval \"$(venvsh hook bash)\"; cd ~/projects/demo; workon -n .";
        let output = sandbox.finish(bash.args(["-c", lines]));
        assert_eq!(output.status, 0, "{tool}: {output:?}");
        assert_eq!(entered(), expect(*when != ByHand), "{tool}: {path}");
    }
}

/// The other tools: nothing of theirs is entered, and `workon .` finds nothing.
#[test]
fn tools_without_an_environment_of_a_directory_are_not_followed() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    for (tool, _, path) in one_of_each(&sandbox) {
        if CASES.iter().any(|(name, ..)| *name == tool) {
            // That of conda's base holds others.
            drop(fs_err::remove_dir_all(sandbox.home().join(path)));
        }
    }
    for name in [
        "pyproject.toml",
        "tox.ini",
        "noxfile.py",
        ".envrc",
        "Pipfile",
    ] {
        sandbox.write(&format!("projects/demo/{name}"), "");
    }
    assert_eq!(entered(&sandbox), "");
    let output = super::stores::venvsh_in(&sandbox, &here, &["showvirtualenv", "."]);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(here.join(".tox/py311/pyvenv.cfg").exists());
}
