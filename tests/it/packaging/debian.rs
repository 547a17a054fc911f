//! The Debian package: what is in it, what lintian says of it, and that it installs and goes.

use camino::Utf8Path;

use super::{VERSION, pack};
use crate::support::{Sandbox, release, tool};

const FILES: &[(&str, &str)] = &[
    ("-rwxr-xr-x", "usr/bin/venvsh"),
    ("-rw-r--r--", "usr/share/bash-completion/completions/venvsh"),
    ("-rw-r--r--", "usr/share/doc/venvsh/changelog.Debian.gz"),
    ("-rw-r--r--", "usr/share/doc/venvsh/changelog.gz"),
    ("-rw-r--r--", "usr/share/doc/venvsh/copyright"),
    (
        "-rw-r--r--",
        "usr/share/fish/vendor_completions.d/venvsh.fish",
    ),
    ("-rw-r--r--", "usr/share/man/man1/venvsh.1.gz"),
    ("-rw-r--r--", "usr/share/venvsh/virtualenvwrapper.sh"),
    ("-rw-r--r--", "usr/share/venvsh/virtualenvwrapper_lazy.sh"),
    ("-rw-r--r--", "usr/share/zsh/vendor-completions/_venvsh"),
];

fn run(sandbox: &Sandbox, program: &str, words: &[&str]) -> String {
    let mut command = sandbox.command(program);
    sandbox.finish(command.args(words)).ok()
}

#[test]
fn the_debian_package_has_its_files_in_their_places() {
    let sandbox = Sandbox::new();
    let Some(files) = pack(&sandbox, None) else {
        return;
    };
    for processor in ["amd64", "arm64"] {
        let deb = files.join(format!("venvsh_{VERSION}-1_{processor}.deb"));
        let fields = run(&sandbox, "dpkg-deb", &["-f", deb.as_str()]);
        for line in [
            "Package: venvsh".to_owned(),
            format!("Version: {VERSION}-1"),
            format!("Architecture: {processor}"),
        ] {
            assert!(fields.lines().any(|found| found == line), "{fields}");
        }
        let list = run(&sandbox, "dpkg-deb", &["-c", deb.as_str()]);
        let list: Vec<_> = list
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .collect();
        assert!(list.iter().all(|row| row[1] == "root/root"), "{list:?}");
        let found: Vec<_> = list
            .iter()
            .filter(|row| !row[0].starts_with('d'))
            .map(|row| (row[0], row[5].trim_start_matches("./")))
            .collect();
        assert_eq!(found, FILES);
    }
}

/// Three things that lintian says of it are so on purpose: the program is static, so it needs no library, and a package that is
/// not uploaded to Debian closes no bug there.
#[test]
fn lintian_finds_nothing_in_the_debian_package() {
    let Some(lintian) = tool("lintian", "packaging") else {
        return;
    };
    let Some(program) = release("packaging") else {
        return;
    };
    let sandbox = Sandbox::new();
    let Some(files) = pack(&sandbox, Some(&program)) else {
        return;
    };
    let deb = files.join(format!("venvsh_{VERSION}-1_amd64.deb"));
    let mut command = sandbox.command(lintian);
    command.args([
        "--allow-root",
        "--fail-on=error,warning",
        "--suppress-tags=initial-upload-closes-no-bugs,shared-library-lacks-prerequisites,statically-linked-binary",
        deb.as_str(),
    ]);
    let output = sandbox.finish(&mut command);
    assert_eq!(
        (output.status, output.stdout.as_str()),
        (0, ""),
        "{output:?}"
    );
}

/// dpkg puts it into a root directory of its own; the manual is read and the completions load from there.
#[test]
fn the_debian_package_installs_and_is_removed() {
    let sandbox = Sandbox::new();
    let Some(files) = pack(&sandbox, None) else {
        return;
    };
    let root = sandbox.path("root");
    let state = root.join("var/lib/dpkg");
    for dir in ["info", "updates"] {
        fs_err::create_dir_all(state.join(dir)).unwrap();
    }
    for file in ["status", "available"] {
        fs_err::write(state.join(file), "").unwrap();
    }
    let deb = files.join(format!("venvsh_{VERSION}-1_amd64.deb"));
    let options = [
        format!("--root={root}"),
        format!("--log={root}/log"),
        "--force-not-root,architecture".to_owned(),
    ];
    let dpkg = |words: &[&str]| {
        let mut command = sandbox.command("dpkg");
        // Programs that dpkg wants to find, although it starts none of them here.
        let path = format!("{}:/usr/sbin:/sbin", sandbox.env_value("PATH").unwrap());
        command.args(&options).args(words).env("PATH", path);
        sandbox.finish(&mut command).ok()
    };
    dpkg(&["--install", deb.as_str()]);
    assert_eq!(dpkg(&["--verify", "venvsh"]), "");
    let installed = |name: &str| root.join(name).to_string();
    assert_eq!(
        run(&sandbox, &installed("usr/bin/venvsh"), &["--version"]),
        format!("venvsh {VERSION}")
    );
    let manual = installed("usr/share/man/man1/venvsh.1.gz");
    let manual = run(&sandbox, "gzip", &["-dc", &manual]);
    assert!(manual.contains(".TH venvsh 1"), "{manual}");
    let completions = installed("usr/share/bash-completion/completions/venvsh");
    let script = format!(". {completions} && complete -p venvsh");
    let registered = run(&sandbox, "bash", &["-c", &script]);
    assert!(registered.ends_with(" venvsh"), "{registered}");
    dpkg(&["--purge", "venvsh"]);
    assert!(!Utf8Path::new(&installed("usr")).exists());
}
