//! `install.sh`, in the shells that read it, against releases in a directory and behind HTTP.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use camino::{Utf8Path, Utf8PathBuf};

use super::{LINUX, VERSION, archive, pack, top};
use crate::support::sandbox::Output;
use crate::support::{Sandbox, tool, which};

/// Programs that read `sh` scripts.
const SHELLS: &[&[&str]] = &[
    &["sh"],
    &["dash"],
    &["bash", "--posix"],
    &["busybox", "sh"],
    &["mksh"],
    &["ksh93"],
    &["yash"],
    &["zsh", "--emulate", "sh"],
];

/// A sandbox with a release of this machine's system in it.
struct Place {
    sandbox: Sandbox,
    files: Utf8PathBuf,
}

impl Place {
    fn new() -> Option<Self> {
        let mut sandbox = Sandbox::new();
        let files = pack(&sandbox, None)?;
        sandbox.env("SHELL", "/bin/bash");
        let place = Self { sandbox, files };
        place.system("Linux", "x86_64");
        Some(place)
    }

    /// Makes `uname` name this system.
    fn system(&self, system: &str, processor: &str) {
        let text = format!("#!/bin/sh\n[ \"$1\" = -s ] && echo {system} || echo {processor}\n");
        self.sandbox.program("bin/uname", &text);
    }

    fn run(&self, shell: &[&str], words: &[&str]) -> Output {
        let script = top().join("packaging/install.sh");
        let mut command = self.sandbox.command(shell[0]);
        let path = format!(
            "{}/bin:{}",
            self.sandbox.home(),
            self.sandbox.env_value("PATH").unwrap()
        );
        command
            .args(&shell[1..])
            .arg(script)
            .args(words)
            .env("PATH", path);
        self.sandbox.finish(&mut command)
    }

    fn install(&self, words: &[&str]) -> Output {
        self.run(&["sh"], &[&["--from", self.files.as_str()], words].concat())
    }

    /// What is installed in the usual directory.
    fn installed(&self) -> Vec<String> {
        let dir = self.sandbox.home().join(".local/bin");
        if dir.exists() {
            super::names(&dir)
        } else {
            Vec::new()
        }
    }
}

/// Answers with the files of a directory, as long as the test runs. The address has a port of its own.
fn serve(dir: &Utf8Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let dir = dir.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request = lines.next().unwrap().unwrap();
            lines.find(|line| line.as_ref().is_ok_and(String::is_empty));
            let name = request.split(' ').nth(1).unwrap().trim_start_matches('/');
            let (status, body) = match fs_err::read(dir.join(name)) {
                Ok(body) => ("200 OK", body),
                Err(_) => ("404 Not Found", Vec::new()),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&body).unwrap();
        }
    });
    address
}

#[test]
fn shellcheck_finds_nothing_in_the_install_script() {
    let Some(shellcheck) = tool("shellcheck", "packaging") else {
        return;
    };
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(shellcheck);
    for script in ["packaging/install.sh", "tests/run", ".ci/run"] {
        command.arg(top().join(script));
    }
    sandbox
        .finish(command.arg("--norc"))
        .expect_silent("shellcheck");
}

#[test]
fn every_sh_installs_the_program_and_shows_the_next_step() {
    let Some(place) = Place::new() else { return };
    for shell in SHELLS {
        if which(shell[0]).is_none() {
            continue;
        }
        let output = place.run(shell, &["--from", place.files.as_str()]);
        assert_eq!(output.status, 0, "{shell:?}: {output:?}");
        let bin = place.sandbox.home().join(".local/bin");
        let first = format!("venvsh {VERSION} is in {bin}\n");
        assert!(output.stdout.starts_with(&first), "{shell:?}: {output:?}");
        let line = "eval \"$(venvsh hook bash)\"";
        assert!(output.stdout.contains(line), "{shell:?}: {output:?}");
        assert_eq!(place.installed(), ["venvsh"], "{shell:?}");
        let version = place.sandbox.exec(bin.join("venvsh"), &["--version"]).ok();
        assert_eq!(version, format!("venvsh {VERSION}"));
        fs_err::remove_file(bin.join("venvsh")).unwrap();
        assert_eq!(super::names(&place.sandbox.tmp()), [""; 0], "{shell:?}");
    }
}

#[test]
fn curl_and_wget_get_the_release() {
    let Some(place) = Place::new() else { return };
    let url = serve(&place.files);
    for getter in ["curl", "wget"] {
        if tool(getter, "packaging").is_none() {
            continue;
        }
        // A PATH on which the other one is not.
        let bin = place.sandbox.home().join("bin");
        for name in [
            "sh",
            "rm",
            "cp",
            "mv",
            "cat",
            "tar",
            "gzip",
            "sed",
            "grep",
            "mkdir",
            "chmod",
            "mktemp",
            "sha256sum",
            getter,
        ] {
            let link = bin.join(name);
            if !link.exists() {
                fs_err::os::unix::fs::symlink(which(name).expect(name), link).unwrap();
            }
        }
        let mut command = place.sandbox.command("/bin/sh");
        command
            .arg(top().join("packaging/install.sh"))
            .args(["--to", "there", "--version", VERSION, "--from", &url])
            .env("PATH", &bin);
        let output = place.sandbox.finish(&mut command);
        assert_eq!(output.status, 0, "{getter}: {output:?}");
        assert_eq!(
            super::names(&place.sandbox.home().join("there")),
            ["venvsh"]
        );
        fs_err::remove_file(place.sandbox.home().join("there/venvsh")).unwrap();
        fs_err::remove_file(bin.join(getter)).unwrap();

        let missing = place.run(&["sh"], &["--from", &format!("{url}/none")]);
        assert_eq!(missing.status, 1, "{missing:?}");
        let line = format!("install.sh: cannot get: {url}/none/SHA256SUMS\n");
        assert!(missing.stderr.ends_with(&line), "{missing:?}");
    }
    assert!(place.installed().is_empty());
}

/// Without `--from`, the list of the newest release says which version all else is taken from.
#[test]
fn the_newest_release_is_taken_or_the_one_that_is_named() {
    let Some(place) = Place::new() else { return };
    let curl = format!(
        "#!/bin/sh\nfor word; do :; done\necho \"$word\" >>{0}/urls\nwhile [ \"$1\" != --output ]; do shift; done\n\
         cp \"{1}/${{word##*/}}\" \"$2\"\n",
        place.sandbox.home(),
        place.files
    );
    place.sandbox.program("bin/curl", &curl);
    let releases = "https://github.com/venvsh/venvsh/releases";
    let name = archive(LINUX);
    for (words, list) in [
        (&[][..], format!("{releases}/latest/download")),
        (
            &["--version", VERSION],
            format!("{releases}/download/v{VERSION}"),
        ),
        (
            &["--version", &format!("v{VERSION}")],
            format!("{releases}/download/v{VERSION}"),
        ),
    ] {
        place.run(&["sh"], words).ok();
        let urls = fs_err::read_to_string(place.sandbox.home().join("urls")).unwrap();
        let expected = format!("{list}/SHA256SUMS\n{releases}/download/v{VERSION}/{name}\n");
        assert_eq!(urls, expected, "{words:?}");
        fs_err::remove_file(place.sandbox.home().join("urls")).unwrap();
    }
}

#[test]
fn a_damaged_release_changes_nothing() {
    let Some(place) = Place::new() else { return };
    place.install(&[]).ok();
    let program = place.sandbox.home().join(".local/bin/venvsh");
    fs_err::write(&program, "what was here").unwrap();
    let file = place.files.join(archive(LINUX));
    let mut bytes = fs_err::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs_err::write(&file, &bytes).unwrap();
    let output = place.install(&[]);
    assert_eq!(output.status, 1, "{output:?}");
    let line = format!("install.sh: wrong SHA-256: {}\n", archive(LINUX));
    assert!(output.stderr.starts_with(&line), "{output:?}");

    fs_err::remove_file(&file).unwrap();
    let output = place.install(&[]);
    assert_eq!(output.status, 1, "{output:?}");
    let line = format!(
        "install.sh: cannot get: {}/{}\n",
        place.files,
        archive(LINUX)
    );
    assert!(output.stderr.ends_with(&line), "{output:?}");
    assert_eq!(place.installed(), ["venvsh"]);
    assert_eq!(fs_err::read_to_string(&program).unwrap(), "what was here");
}

#[test]
fn each_system_gets_its_own_build_or_is_told_that_there_is_none() {
    let Some(place) = Place::new() else { return };
    for (system, processor, target) in [
        ("Linux", "x86_64", LINUX),
        ("Linux", "aarch64", "aarch64-unknown-linux-musl"),
        ("Darwin", "arm64", "aarch64-apple-darwin"),
        ("Darwin", "x86_64", "x86_64-apple-darwin"),
    ] {
        place.system(system, processor);
        // Of all the others there is none: only the right one can have been taken.
        let only = place.sandbox.scratch("only");
        fs_err::create_dir(&only).unwrap();
        for name in ["SHA256SUMS", &archive(target)] {
            fs_err::copy(place.files.join(name), only.join(name)).unwrap();
        }
        place.run(&["sh"], &["--from", only.as_str()]).ok();
    }
    for (system, processor) in [
        ("Linux", "riscv64"),
        ("FreeBSD", "amd64"),
        ("MINGW64_NT", "x86_64"),
    ] {
        place.system(system, processor);
        let output = place.install(&["--to", "none"]);
        let expected = format!(
            "install.sh: no build for this system: {system} {processor}\nhint: cargo install builds it, where Rust is installed\n"
        );
        assert_eq!(
            (output.status, output.stderr.as_str()),
            (1, expected.as_str()),
            "{output:?}"
        );
        assert!(!place.sandbox.home().join("none").exists());
    }
}

#[test]
fn wrong_use_of_the_install_script_installs_nothing() {
    let Some(place) = Place::new() else { return };
    for (words, status, line) in [
        (&["--help"][..], 0, ""),
        (&["--too", "x"], 2, "not an option: --too"),
        (&["--to"], 2, "option needs a value: --to"),
        (&["--version", "9.9"], 1, "holds version"),
    ] {
        let output = place.install(words);
        assert_eq!(output.status, status, "{words:?}: {output:?}");
        assert!(output.stderr.contains(line), "{words:?}: {output:?}");
        assert_eq!(output.stdout.contains("--version VERSION"), status == 0);
    }
    // Half a download, piped into sh.
    let script = fs_err::read_to_string(top().join("packaging/install.sh")).unwrap();
    let half = place
        .sandbox
        .write("half.sh", &script[..script.rfind("main").unwrap()]);
    let mut command = place.sandbox.command("sh");
    place
        .sandbox
        .finish(command.arg(half))
        .expect_silent("half");
    assert!(place.installed().is_empty());
}
