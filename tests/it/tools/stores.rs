//! The stores of all tools, laid out as the tools do it, without the tools.

use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::digest::{eight_of_md5, eight_of_sha256};

use crate::support::{Output, Sandbox, TestShell};

/// An environment of a store: the tool, the word for it that `workon` takes, its directory below HOME.
pub type Row = (&'static str, String, String);

/// A directory that looks like an environment of venv, below HOME.
pub fn venv(sandbox: &Sandbox, path: &str) -> Utf8PathBuf {
    let root = sandbox.home().join(path);
    // Not a Python, which would have another version.
    sandbox.write(
        &format!("{path}/pyvenv.cfg"),
        "home = /bin\nversion = 3.11.2\nexecutable = /bin/sh\n",
    );
    fs_err::create_dir_all(root.join("bin")).unwrap();
    symlink("/bin/sh", root.join("bin/python")).unwrap();
    root
}

/// One that looks like an environment of conda.
pub fn conda(sandbox: &Sandbox, path: &str) -> Utf8PathBuf {
    let root = sandbox.home().join(path);
    sandbox.write(&format!("{path}/conda-meta/history"), "");
    fs_err::create_dir_all(root.join("bin")).unwrap();
    fs_err::write(root.join("bin/python3.11"), "#!/bin/sh\n").unwrap();
    symlink("python3.11", root.join("bin/python")).unwrap();
    root
}

/// The project in which everything is looked for: HOME/projects/demo.
pub fn project(sandbox: &Sandbox) -> Utf8PathBuf {
    let project = sandbox.home().join("projects/demo");
    fs_err::create_dir_all(&project).unwrap();
    project
}

/// One environment of each tool.
pub fn one_of_each(sandbox: &Sandbox) -> Vec<Row> {
    let project = project(sandbox);
    let sha = eight_of_sha256(project.as_str());
    let md5 = eight_of_md5(project.as_str());
    let pipfile = eight_of_sha256(project.join("Pipfile").as_str());
    let data = ".local/share";
    let row = |tool, word: &str, path: String| (tool, word.to_owned(), path);
    let venvs = vec![
        row("venv", "venv:demo", "projects/demo/.venv".to_owned()),
        row(
            "pipenv",
            "flask",
            format!("{data}/virtualenvs/flask-{pipfile}"),
        ),
        row(
            "pew",
            "my-backend2",
            format!("{data}/virtualenvs/my-backend2"),
        ),
        row(
            "poetry",
            "poem",
            format!(".cache/pypoetry/virtualenvs/poem-{sha}-py3.11"),
        ),
        row(
            "hatch",
            "egg.test",
            format!("{data}/hatch/env/virtual/egg/{sha}/test"),
        ),
        row("pdm", "demo", format!("{data}/pdm/venvs/demo-{md5}-3.11")),
        row(
            "uv",
            "central",
            ".cache/uv/environments-v2/central-cp3.12.4-0123456789abcdef".to_owned(),
        ),
        row("pyenv", "py", ".pyenv/versions/py".to_owned()),
        row("virtualfish", "fishy", ".virtualenvs/fishy".to_owned()),
        row("vex", "hexed", "vexes/hexed".to_owned()),
        row("tox", "tox:py311", "projects/demo/.tox/py311".to_owned()),
        row(
            "nox",
            "nox:tests-3-11",
            "projects/demo/.nox/tests-3-11".to_owned(),
        ),
        row(
            "direnv",
            "direnv:python-3.11",
            "projects/demo/.direnv/python-3.11".to_owned(),
        ),
        row("pipx", "pipx:black", format!("{data}/pipx/venvs/black")),
        row("uv-tool", "uv-tool:ruff", format!("{data}/uv/tools/ruff")),
        row(
            "uv-script",
            "uv-script:job",
            ".cache/uv/environments-v2/job-0123456789abcdef".to_owned(),
        ),
    ];
    for (tool, _, path) in &venvs {
        if *tool == "pyenv" {
            let target = venv(sandbox, ".pyenv/versions/3.11.7/envs/py");
            symlink(target, sandbox.home().join(path)).unwrap();
        } else {
            venv(sandbox, path);
        }
    }
    sandbox.write(".config/fish/conf.d/virtualfish-loader.fish", "");
    sandbox.write(".vexrc", format!("virtualenvs={}/vexes\n", sandbox.home()));
    fs_err::write(
        sandbox.home().join(&venvs[1].2).join(".project"),
        project.as_str(),
    )
    .unwrap();
    let condas = vec![
        row("conda", "base", "miniforge3".to_owned()),
        row("conda", "science", "miniforge3/envs/science".to_owned()),
        row("conda", "elsewhere", "elsewhere".to_owned()),
        row("micromamba", "snake", "micromamba/envs/snake".to_owned()),
        row(
            "pixi",
            "pixi:default",
            "projects/demo/.pixi/envs/default".to_owned(),
        ),
        row("pixi-global", "pixi-global:rg", ".pixi/envs/rg".to_owned()),
    ];
    for (_, _, path) in &condas {
        conda(sandbox, path);
    }
    let listed = [
        sandbox.home().join("elsewhere"),
        sandbox.home().join("gone"),
    ];
    sandbox.write(
        ".conda/environments.txt",
        format!("{}\n{}\n", listed[0], listed[1]),
    );
    let first = venvs[..1].to_vec();
    [first, condas, venvs[1..].to_vec()].concat()
}

/// One of rye, in a project of its own: its file tells it from the others.
pub fn rye(sandbox: &Sandbox) -> Row {
    venv(sandbox, "projects/rye/.venv");
    sandbox.write("projects/rye/.venv/rye-venv.json", "{}");
    ("rye", "rye:rye".to_owned(), "projects/rye/.venv".to_owned())
}

/// `venvsh` in that directory.
pub fn venvsh_in(sandbox: &Sandbox, directory: &Utf8Path, words: &[&str]) -> Output {
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
    sandbox.finish(command.args(words).current_dir(directory))
}

/// Loads the hook and runs the lines.
pub fn run_lines(sandbox: &Sandbox, shell: &TestShell, lines: &[String]) -> Output {
    let script = format!("{}\n{}\n", shell.load(), lines.join("\n"));
    sandbox.run(shell, &script)
}

/// What [`run_lines`] saved of the environment, without a variable that ksh93 makes itself.
pub fn saved(sandbox: &Sandbox, file: &str) -> Vec<String> {
    let mut env = sandbox.saved_env(file);
    env.retain(|line| !line.starts_with("_AST_FEATURES="));
    env
}
