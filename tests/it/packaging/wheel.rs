//! The wheel: the static program, tagged for every Linux, installed by pip, uv and pipx.

use camino::{Utf8Path, Utf8PathBuf};

use super::{VERSION, top};
use crate::support::{Sandbox, built, pythons_of_pyenv, shell, system_path, tool, which};

/// The directory with the wheel. Its name says that pip takes it on systems with glibc and with musl.
fn wheel() -> Option<Utf8PathBuf> {
    let tags = "manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64";
    let file = format!("wheels/venvsh-{VERSION}-py3-none-{tags}.whl");
    let file = built("wheel", &file, "packaging")?;
    file.parent().map(Utf8Path::to_owned)
}

/// The newest Python that is here.
fn python() -> Option<Utf8PathBuf> {
    let newest = pythons_of_pyenv().into_iter().max_by_key(|python| {
        let version = python.ancestors().nth(2).and_then(Utf8Path::file_name);
        let numbers = version.unwrap_or_default().split('.').map(str::parse);
        numbers.collect::<Result<Vec<u32>, _>>().unwrap_or_default()
    });
    newest.or_else(|| which("python3"))
}

/// The program in this directory is the one that is found, and its hook makes and enters an environment.
fn works(sandbox: &Sandbox, bin: &Utf8Path, python: &Utf8Path) {
    let script = format!(
        r#"
        command -v venvsh
        venvsh --version
        eval "$(venvsh hook bash)"
        mkvirtualenv -q -p {python} x || exit
        echo "${{VIRTUAL_ENV##*/}}"
        command -v python
        deactivate
        workon x && deactivate && rmvirtualenv x
        "#
    );
    let bash = shell("bash", "packaging").expect("bash is here");
    let output = sandbox.run(bash, &script).ok();
    let home = sandbox.home();
    let expected = [
        format!("{bin}/venvsh"),
        format!("venvsh {VERSION}"),
        "x".to_owned(),
        format!("{home}/.virtualenvs/x/bin/python"),
    ];
    let lines: Vec<_> = output.lines().take(expected.len()).collect();
    assert_eq!(lines, expected, "{output}");
}

#[test]
fn the_wheel_is_installed_by_pip() {
    let mut sandbox = Sandbox::new();
    let (Some(wheels), Some(python)) = (wheel(), python()) else {
        return;
    };
    let venv = sandbox.path("venv");
    sandbox.env("PATH", &format!("{venv}/bin:{}", system_path()));
    let run = |words: &[&str]| {
        let mut command = sandbox.command(words[0]);
        sandbox.finish(command.args(&words[1..])).ok()
    };
    run(&[python.as_str(), "-m", "venv", venv.as_str()]);
    let pip = venv.join("bin/pip");
    let package = format!("venvsh=={VERSION}");
    let find = ["--no-index", "--find-links", wheels.as_str()];
    run(&[
        [pip.as_str(), "install", "--quiet"].as_slice(),
        &find,
        &[&package],
    ]
    .concat());
    let shown = run(&[pip.as_str(), "show", "venvsh"]);
    for line in [
        &format!("Version: {VERSION}"),
        &format!("Summary: {}", env!("CARGO_PKG_DESCRIPTION")),
        "License: MIT",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}: {shown}");
    }
    works(&sandbox, &venv.join("bin"), &python);
    run(&[pip.as_str(), "uninstall", "--quiet", "--yes", "venvsh"]);
    assert!(!venv.join("bin/venvsh").exists());
}

/// Messages of a panic name source files, also those of other crates.
#[test]
fn the_program_names_no_directory_of_its_builder() {
    let sandbox = Sandbox::new();
    let (Some(wheels), Some(python)) = (wheel(), python()) else {
        return;
    };
    let file = wheels.read_dir_utf8().unwrap().map(Result::unwrap);
    let mut file = file.filter(|entry| entry.file_name().contains(VERSION));
    let out = sandbox.scratch("wheel");
    let mut unzip = sandbox.command(python);
    let wheel = file.next().unwrap().into_path();
    unzip.args(["-m", "zipfile", "-e", wheel.as_str(), out.as_str()]);
    sandbox.finish(&mut unzip).expect_silent("zipfile");
    let program = out.join(format!("venvsh-{VERSION}.data/scripts/venvsh"));
    let program = fs_err::read(program).unwrap();
    let has = |text: &str| contains(&program, text.as_bytes());
    assert!(has("/cargo/registry/"));
    let home = std::env::var("HOME").unwrap();
    for builder in [&format!("{home}/"), "/.cargo/registry", top().as_str()] {
        assert!(!has(builder), "{builder}");
    }
}

/// Whether the bytes stand somewhere in the program.
fn contains(program: &[u8], bytes: &[u8]) -> bool {
    program.windows(bytes.len()).any(|window| window == bytes)
}

#[test]
fn the_wheel_is_installed_by_uv_tool_and_pipx() {
    let mut sandbox = Sandbox::new();
    let (Some(wheels), Some(python)) = (wheel(), python()) else {
        return;
    };
    let bin = sandbox.home().join(".local/bin");
    sandbox.env("PATH", &format!("{bin}:{}", system_path()));
    let package = format!("venvsh=={VERSION}");
    let pip_args = format!("--pip-args=--no-index --find-links={wheels}");
    for (name, words) in [
        (
            "uv",
            &[
                "tool",
                "install",
                "--offline",
                "--no-index",
                "--find-links",
                wheels.as_str(),
            ][..],
        ),
        ("pipx", &["install", &pip_args]),
    ] {
        let Some(program) = tool(name, "packaging") else {
            continue;
        };
        let mut command = sandbox.command(program);
        command
            .args(words)
            .args(["--python", python.as_str(), &package]);
        let output = sandbox.finish(&mut command);
        assert_eq!(output.status, 0, "{name}: {output:?}");
        works(&sandbox, &bin, &python);
        fs_err::remove_file(bin.join("venvsh")).unwrap();
    }
}
