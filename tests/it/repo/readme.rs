//! The tables of the README and of the book that come from the tables of the code. `UPDATE_EXPECT=1 cargo test` writes them.

use crate::support::{SHELLS, Sandbox};
use expect_test::expect_file;
use venvsh::internals::commands::{command::Kind, table::COMMANDS};
use venvsh::internals::config::vars;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::startup::start_line;

/// The page with this text between the two markers.
fn with(page: &str, marker: &str, text: &str) -> String {
    let (open, close) = (
        format!("<!-- {marker} -->\n"),
        format!("<!-- /{marker} -->"),
    );
    let (before, rest) = page.split_once(&open).expect("the page has the marker");
    let (_, after) = rest
        .split_once(&close)
        .expect("the page has the closing marker");
    format!("{before}{open}{text}{close}{after}")
}

/// Compares the page of the project with what it is when these texts stand between their markers.
fn check(page: &str, texts: &[(&str, String)]) {
    let path = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs_err::read_to_string(&path).unwrap();
    let text = texts
        .iter()
        .fold(text, |text, (marker, own)| with(&text, marker, own));
    expect_file![path.as_std_path()].assert_eq(&text);
}

#[test]
fn tables_are_what_the_code_says() {
    check(
        "README.md",
        &[
            ("commands", commands()),
            ("shells", table_of_shells()),
            ("matrix", crate::support::matrix::table()),
            ("tools", crate::tools::real::table()),
        ],
    );
    check("docs/settings.md", &[("variables", variables())]);
    check("docs/prefix.md", &[("explain", explained())]);
}

fn commands() -> String {
    let visible = COMMANDS.iter().filter(|verb| verb.kind != Kind::Hidden);
    let row = |name: &str, about: &str| format!("| `{name}` | {about} |\n");
    let head = "| Command | What it does |\n|---|---|\n".to_owned();
    visible.fold(head, |table, verb| {
        let prefix = if verb.is_wrapper() { "" } else { "venvsh " };
        table + &row(&format!("{prefix}{}", verb.name), verb.about)
    })
}

/// Which shells the tests drive, by the table that drives them. PowerShell's tests are written as the others' are, and run
/// where it is installed.
fn table_of_shells() -> String {
    let head = "| Shell | Activation script, tested in | Commands as functions |\n|---|---|---|\n"
        .to_owned();
    Shell::ALL.iter().fold(head, |table, &shell| {
        let drivers: Vec<&str> = SHELLS
            .iter()
            .filter(|driver| driver.shell == shell)
            .map(|driver| driver.name)
            .collect();
        let tested = match drivers[..] {
            [] => "its text is checked everywhere; wine's, where it is installed".to_owned(),
            ["pwsh"] => "pwsh, where it is installed; its text is parsed everywhere".to_owned(),
            _ => drivers.join(", "),
        };
        let hook = match start_line(shell) {
            None => "not yet: `venvsh activate`",
            Some(_) if shell.has_functions() => "yes",
            Some(_) => "as batch files",
        };
        table + &format!("| {shell} | {tested} | {hook} |\n")
    })
}

/// The variables that a user sets.
fn variables() -> String {
    let head = "| Variable | Meaning |\n|---|---|\n".to_owned();
    let of_users = vars::ALL.iter().filter(|var| !var.internal);
    of_users.fold(head, |table, var| {
        table + &format!("| `{}` | {} |\n", var.name, var.about)
    })
}

/// `venvsh explain` of an environment of a Python that is laid out for this: files that are there, and no program.
fn explained() -> String {
    let sandbox = Sandbox::new();
    let root = sandbox.root();
    let base = root.join("opt/python");
    for (file, text) in [
        ("opt/python/bin/python3.12", ""),
        ("opt/python/lib/python3.12/os.py", ""),
        ("opt/python/lib/python3.12/lib-dynload/_ssl.so", ""),
        (
            "opt/python/include/python3.12/patchlevel.h",
            "#define PY_VERSION \"3.12.4\"\n",
        ),
        (
            "home/.virtualenvs/demo/lib/python3.12/site-packages/x.py",
            "",
        ),
    ] {
        let file = root.join(file);
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        fs_err::write(file, text).unwrap();
    }
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs_err::set_permissions(base.join("bin/python3.12"), mode).unwrap();
    let demo = sandbox.home().join(".virtualenvs/demo");
    let (bin, code) = (demo.join("bin"), sandbox.home().join("code"));
    fs_err::create_dir(&bin).unwrap();
    fs_err::create_dir(&code).unwrap();
    std::os::unix::fs::symlink(base.join("bin/python3.12"), bin.join("python")).unwrap();
    let cfg = format!("home = {base}/bin\ninclude-system-site-packages = false\n");
    fs_err::write(demo.join("pyvenv.cfg"), cfg).unwrap();
    let site = demo.join("lib/python3.12/site-packages");
    fs_err::write(site.join("work.pth"), format!("{code}\nimport work_hook\n")).unwrap();
    let text = sandbox.venvsh(&["explain", "demo"]).ok();
    // Where the sandbox is, there are more directories above.
    let above: Vec<_> = root
        .ancestors()
        .map(|dir| format!("✗ {dir}/lib/"))
        .collect();
    let lines = text
        .lines()
        .filter(|line| !above.iter().any(|dir| line.contains(dir)));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let text = text
        .replace(sandbox.home().as_str(), "/home/me")
        .replace(root.as_str(), "");
    format!("```text\n$ venvsh explain demo\n{text}```\n")
}
