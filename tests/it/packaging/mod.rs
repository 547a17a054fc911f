//! What users install: the files of a release, the wheel, the crate, the install script, and what package managers read.

mod debian;
mod install_script;
mod manifests;
mod metadata;
mod wheel;

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use super::support::sandbox::Output;
use super::support::{Sandbox, pythons_of_pyenv, tool, which};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const VENVSH: &str = env!("CARGO_BIN_EXE_venvsh");
const LINUX: &str = "x86_64-unknown-linux-musl";
const WINDOWS: &str = "x86_64-pc-windows-msvc";
const TARGETS: [&str; 5] = [
    LINUX,
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    WINDOWS,
];

/// The checkout.
fn top() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A Python that runs `release.py`.
fn python3() -> Option<Utf8PathBuf> {
    let is_new = |python: &Utf8PathBuf| {
        let mut version = Command::new(python);
        version.args(["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]);
        version.status().is_ok_and(|status| status.success())
    };
    let python = pythons_of_pyenv()
        .into_iter()
        .chain(which("python3"))
        .rfind(is_new);
    if python.is_none() {
        super::support::skip_tool("python3", "no Python of 3.8 or newer");
    }
    python
}

/// Runs `release.py`. It is in a file of its own: the sandbox's environment has no time of the release.
fn release_py(sandbox: &Sandbox, words: &[&str]) -> Option<Output> {
    let mut command = sandbox.command(python3()?);
    command
        .arg(top().join("packaging/release.py"))
        .args(words)
        .env("SOURCE_DATE_EPOCH", "1700000000");
    Some(sandbox.finish(&mut command))
}

/// Name of the archive for a target.
fn archive(target: &str) -> String {
    let end = if target == WINDOWS { "zip" } else { "tar.gz" };
    format!("venvsh-{VERSION}-{target}.{end}")
}

/// All files of a release. `program` is the one for this machine's Linux; those for other systems are scripts that start
/// the program under test. `None` where the tools for it are missing.
fn pack(sandbox: &Sandbox, program: Option<&Utf8Path>) -> Option<Utf8PathBuf> {
    tool("dpkg-deb", "packaging")?;
    let binaries = sandbox.scratch("binaries");
    let stand_in = format!("#!/bin/sh\nexec {VENVSH} \"$@\"\n");
    for target in TARGETS {
        let end = if target == WINDOWS { ".exe" } else { "" };
        let file = binaries.join(target).join(format!("venvsh{end}"));
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        match program {
            Some(program) if target == LINUX => drop(fs_err::copy(program, &file).unwrap()),
            _ => fs_err::write(&file, &stand_in).unwrap(),
        }
    }
    let files = sandbox.scratch("files");
    let output = release_py(sandbox, &["pack", binaries.as_str(), files.as_str()])?;
    output.expect_silent("release.py pack");
    Some(files)
}

/// Unpacks a tar archive into a new directory.
fn unpacked(sandbox: &Sandbox, archive: &Utf8Path) -> Utf8PathBuf {
    let dir = sandbox.scratch("unpacked");
    fs_err::create_dir(&dir).unwrap();
    let mut tar = sandbox.command("tar");
    tar.args(["-xzf", archive.as_str(), "-C", dir.as_str()]);
    sandbox.finish(&mut tar).expect_silent("tar");
    dir
}

/// The names below a directory that are no directories, sorted.
fn names(dir: &Utf8Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut dirs = vec![dir.to_owned()];
    while let Some(next) = dirs.pop() {
        for entry in next.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            if path.is_dir() {
                dirs.push(path);
            } else {
                names.push(path.strip_prefix(dir).unwrap().to_string());
            }
        }
    }
    names.sort();
    names
}

#[test]
fn the_same_programs_give_the_same_release() {
    let sandbox = Sandbox::new();
    let (Some(one), Some(two)) = (pack(&sandbox, None), pack(&sandbox, None)) else {
        return;
    };
    let mut expected: Vec<_> = TARGETS.iter().map(|target| archive(target)).collect();
    expected.extend(
        [
            "PKGBUILD",
            "SHA256SUMS",
            "install.sh",
            "manifests.tar.gz",
            "venvsh.json",
        ]
        .map(str::to_owned),
    );
    expected.extend(["amd64", "arm64"].map(|cpu| format!("venvsh_{VERSION}-1_{cpu}.deb")));
    expected.sort();
    assert_eq!(names(&one), expected);
    for name in expected {
        let read = |dir: &Utf8Path| fs_err::read(dir.join(&name)).unwrap();
        assert!(read(&one) == read(&two), "{name} differs");
    }
}

/// `sha256sum -c` finds every file, each as it is listed.
#[test]
fn the_sums_are_those_of_the_files() {
    let sandbox = Sandbox::new();
    let Some(files) = pack(&sandbox, None) else {
        return;
    };
    let mut check = sandbox.command("sha256sum");
    check
        .args(["--check", "--strict", "SHA256SUMS"])
        .current_dir(&files);
    let output = sandbox.finish(&mut check).expect_silent("sha256sum");
    assert_eq!(
        output.stdout.lines().count(),
        names(&files).len() - 1,
        "{output:?}"
    );
}

#[test]
fn an_archive_is_one_directory_with_what_a_package_needs() {
    let sandbox = Sandbox::new();
    let Some(files) = pack(&sandbox, None) else {
        return;
    };
    let dir = unpacked(&sandbox, &files.join(archive(LINUX)));
    let top_name = format!("venvsh-{VERSION}-{LINUX}");
    let expected = [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "completions/_venvsh",
        "completions/_venvsh.ps1",
        "completions/venvsh.bash",
        "completions/venvsh.elv",
        "completions/venvsh.fish",
        "completions/venvsh.nu",
        "man/man1/venvsh.1",
        "shells/virtualenvwrapper.sh",
        "shells/virtualenvwrapper_lazy.sh",
        "venvsh",
    ];
    assert_eq!(
        names(&dir),
        expected.map(|name| format!("{top_name}/{name}"))
    );
    let mut zip = sandbox.command(python3().unwrap());
    let list =
        "import sys, zipfile; print(*sorted(zipfile.ZipFile(sys.argv[1]).namelist()), sep='\\n')";
    zip.args(["-c", list, files.join(archive(WINDOWS)).as_str()]);
    let windows = sandbox.finish(&mut zip).ok();
    let expected = expected.map(|name| match name {
        "venvsh" => format!("venvsh-{VERSION}-{WINDOWS}/venvsh.exe"),
        name => format!("venvsh-{VERSION}-{WINDOWS}/{name}"),
    });
    assert_eq!(windows.lines().collect::<Vec<_>>(), expected);
}

/// A release that lacks a system would have manifests that lead nowhere.
#[test]
fn a_release_without_one_of_its_programs_is_refused() {
    let sandbox = Sandbox::new();
    let empty = sandbox.scratch("binaries");
    let files = sandbox.scratch("files");
    let Some(output) = release_py(&sandbox, &["pack", empty.as_str(), files.as_str()]) else {
        return;
    };
    assert_eq!(output.status, 1, "{output:?}");
    let line = format!("release.py: no such program: {empty}/{LINUX}/venvsh\n");
    assert_eq!(output.stderr, line);
    assert!(!files.exists());
}
