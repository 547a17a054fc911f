//! Environments that see the packages of a parent.

use std::fs;

use camino::Utf8Path;
use serde_json::Value;

use crate::support::made::{python, python2, pythons};
use crate::support::{Sandbox, shell};

/// Writes an installed package of one module whose `where` is that text.
fn install(site_packages: &Utf8Path, package: &str, text: &str) {
    fs::write(
        site_packages.join(format!("{package}.py")),
        format!("where = '{text}'\n"),
    )
    .unwrap();
    let info = site_packages.join(format!("{package}-1.0.dist-info"));
    fs::create_dir(&info).unwrap();
    let metadata = format!("Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n");
    fs::write(info.join("METADATA"), metadata).unwrap();
    fs::write(info.join("INSTALLER"), "pip\n").unwrap();
    let own = format!("{package}-1.0.dist-info");
    let record = format!("{package}.py,,\n{own}/METADATA,,\n{own}/INSTALLER,,\n{own}/RECORD,,\n");
    fs::write(info.join("RECORD"), record).unwrap();
}

struct Family(Sandbox);

impl Family {
    /// `grand`, `parent` on it, `child` on that, for the newest Python, without pip.
    fn new() -> Self {
        let family = Self(Sandbox::new());
        let python = python().executable;
        family.run(&["mkvirtualenv", "--no-pip", "-p", python.as_str(), "grand"]);
        family.run(&["mkvirtualenv", "--no-pip", "--parent", "grand", "parent"]);
        family.run(&["mkvirtualenv", "--no-pip", "--parent", "parent", "child"]);
        family
    }

    fn home(&self) -> camino::Utf8PathBuf {
        self.0.home().join(".virtualenvs")
    }

    #[track_caller]
    fn run(&self, words: &[&str]) -> (String, String) {
        let output = self.0.venvsh(words);
        assert_eq!(output.status, 0, "{words:?}: {output:?}");
        (output.stdout, output.stderr)
    }

    #[track_caller]
    fn refused(&self, words: &[&str]) -> String {
        let output = self.0.venvsh(words);
        assert_eq!(output.status, 1, "{words:?}: {output:?}");
        output.stderr
    }

    fn site_packages(&self, name: &str) -> camino::Utf8PathBuf {
        let library = fs::read_dir(self.home().join(name).join("lib"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .next()
            .unwrap();
        self.home()
            .join(name)
            .join("lib")
            .join(library)
            .join("site-packages")
    }

    #[track_caller]
    fn python(&self, name: &str, code: &str) -> String {
        let python = self.home().join(name).join("bin/python");
        self.0.exec(python, &["-c", code]).ok()
    }

    fn config(&self, name: &str) -> String {
        fs::read_to_string(self.home().join(name).join("pyvenv.cfg")).unwrap()
    }
}

#[test]
fn every_python_sees_its_own_packages_then_those_of_its_ancestors() {
    let all: Vec<_> = pythons().into_iter().chain(python2()).collect();
    for python in all {
        let sandbox = Sandbox::new();
        sandbox.warm(&python.executable);
        let executable = python.executable.as_str();
        let names = ["grand ü", "it's", "child"];
        let root = |name: &str| sandbox.path(name);
        let make = |name: &str, words: &[&str]| {
            let at = root(name);
            let words = [&["create", at.as_str()], words].concat();
            sandbox.venvsh(&words).ok();
        };
        make(names[0], &["-p", executable, "--no-pip"]);
        make(names[1], &["--no-pip", "--parent", root(names[0]).as_str()]);
        make(names[2], &["--parent", root(names[1]).as_str()]);
        let library = format!("lib/{}/site-packages", python.library_name());
        let site_packages = |name: &str| root(name).join(&library);
        for (package, in_names) in [
            ("own", &names[2..]),
            ("middle", &names[1..]),
            ("top", &names[..]),
        ] {
            for name in in_names {
                let which = names.iter().position(|one| one == name).unwrap();
                install(&site_packages(name), package, &which.to_string());
            }
        }
        // A project of the grandparent's, by its `.pth` file.
        let project = sandbox.path("project");
        fs::create_dir(&project).unwrap();
        fs::write(
            site_packages(names[0]).join("project.pth"),
            project.as_str(),
        )
        .unwrap();
        fs::write(project.join("edited.py"), "").unwrap();
        let python_of = |name: &str| root(name).join("bin/python");
        let code = "import own, middle, top, edited; print(own.where + middle.where + top.where)";
        assert_eq!(
            sandbox.exec(python_of(names[2]), &["-c", code]).ok(),
            "222",
            "{executable}"
        );
        let order = "import sys, os; print('|'.join(os.path.basename(p.split('/lib/')[0]) for p in sys.path if p.endswith('site-packages') and p.startswith(sys.argv[1])))";
        let here = sandbox.root();
        let order = sandbox
            .exec(python_of(names[2]), &["-c", order, here.as_str()])
            .ok();
        assert_eq!(
            order.replace("\\xc3\\xbc", "ü"),
            "child|it's|grand ü",
            "{executable}"
        );
        // Isolated and in a plain locale, it is the same.
        let plain = sandbox.finish(
            sandbox
                .command(python_of(names[2]))
                .args(["-E", "-s", "-c", "import edited, top"])
                .env("LC_ALL", "C"),
        );
        assert_eq!(
            (plain.status, plain.stderr.as_str()),
            (0, ""),
            "{executable}"
        );

        let pip = |words: &[&str]| {
            let output = sandbox.exec(python_of(names[2]), &[&["-m", "pip"], words].concat());
            format!("{}{}", output.stdout, output.stderr)
        };
        for package in ["own", "middle", "top"] {
            fs::remove_file(site_packages(names[2]).join(format!("{package}.py"))).unwrap();
            let info = site_packages(names[2]).join(format!("{package}-1.0.dist-info"));
            fs::remove_dir_all(info).unwrap();
        }
        let listed = pip(&["list"]);
        assert!(
            listed.contains("middle") && listed.contains("top"),
            "{listed}"
        );
        let again = pip(&["install", "--no-index", "top"]);
        assert!(
            again.contains("already satisfied: top"),
            "{executable}: {again}"
        );
        let kept = pip(&["uninstall", "-y", "middle", "top"]);
        assert!(kept.contains("outside environment"), "{executable}: {kept}");
        assert!(site_packages(names[1]).join("middle.py").exists());
        assert!(site_packages(names[0]).join("top.py").exists());
    }
}

#[test]
fn a_child_takes_the_python_of_its_parent_and_no_other() {
    let sandbox = Sandbox::new();
    let all = pythons();
    let mut versions = all
        .iter()
        .filter(|it| it.implementation.name() == "cpython");
    let Some((one, other)) = versions.next().zip(versions.next()) else {
        eprintln!("skipped: one Python");
        return;
    };
    let family = Family(sandbox);
    family.run(&[
        "mkvirtualenv",
        "--no-pip",
        "-p",
        one.executable.as_str(),
        "base",
    ]);
    let (_, note) = family.run(&["mkvirtualenv", "--no-pip", "--parent", "base", "child"]);
    let expected = format!("child: Python {} ", one.version);
    assert!(
        note.contains(&expected) && note.contains("no pip, layered on base"),
        "{note}"
    );
    let words = [
        "mkvirtualenv",
        "--parent",
        "base",
        "-p",
        other.executable.as_str(),
        "x",
    ];
    let refused = family.refused(&words);
    let message = format!(
        "venvsh: the parent uses Python {}, not Python {}: {}\nhint: leave out -p",
        one.version.short(),
        other.version.short(),
        family.home().join("base"),
    );
    assert!(refused.starts_with(&message), "{refused}");
    assert!(!family.home().join("x").exists());
    // One that is there keeps its Python.
    family.run(&[
        "mkvirtualenv",
        "--no-pip",
        "-p",
        other.executable.as_str(),
        "there",
    ]);
    assert!(
        family
            .refused(&["mkvirtualenv", "--parent", "base", "there"])
            .contains("the parent uses")
    );
    assert!(!family.config("there").contains("extends-environment"));
}

#[test]
fn what_cannot_be_a_parent_is_refused() {
    let mut family = Family::new();
    let before = family.config("grand");
    for (words, message) in [
        (
            ["--parent", "child", "grand"],
            "would be its own parent (child on parent on grand)",
        ),
        (
            ["--parent", "grand", "grand"],
            "would be its own parent (grand)",
        ),
        (
            ["--parent", "nowhere", "x"],
            "no environment named: nowhere",
        ),
    ] {
        let words = [&["mkvirtualenv", "--no-pip"], &words[..]].concat();
        let refused = family.refused(&words);
        assert!(refused.contains(message), "{words:?}: {refused}");
    }
    let refused = family.refused(&["mkvirtualenv", "--clear", "--parent", "child", "parent"]);
    assert!(
        refused.contains("its own parent (child on parent)"),
        "{refused}"
    );
    assert_eq!(family.config("grand"), before);
    fs::remove_file(family.home().join("grand/bin/python")).unwrap();
    let refused = family.refused(&["mkvirtualenv", "--parent", "grand", "x"]);
    assert!(refused.contains("the environment is broken"), "{refused}");
    family.0.env("VIRTUALENVWRAPPER_VIRTUALENV", "virtualenv");
    let refused = family.0.venvsh(&["mkvirtualenv", "--parent", "grand", "x"]);
    assert_eq!(refused.status, 2);
    assert!(
        refused
            .stderr
            .contains("--parent needs environments that venvsh makes"),
        "{refused:?}"
    );
}

#[test]
fn lists_show_the_tree() {
    let family = Family::new();
    family.run(&["mkvirtualenv", "--no-pip", "alone"]);
    family.run(&["create", "--no-pip", "elsewhere"]);
    family.run(&[
        "mkvirtualenv",
        "--no-pip",
        "--parent",
        "./elsewhere",
        "of-elsewhere",
    ]);
    let (list, _) = family.run(&["lsvirtualenv"]);
    let names: Vec<_> = list
        .lines()
        .map(|line| line.split_once("  ").map_or(line, |_| line.trim_end()))
        .map(|line| {
            let indent = line.len() - line.trim_start().len();
            format!("{:indent$}{}", "", line.split_whitespace().next().unwrap())
        })
        .collect();
    assert_eq!(
        names,
        ["alone", "grand", "  parent", "    child", "of-elsewhere"],
        "{list}"
    );
    let outside = family.0.home().join("elsewhere");
    assert!(list.contains(&format!("  on {outside}\n")), "{list}");
    assert_eq!(
        family.run(&["lsvirtualenv", "-b"]).0,
        "alone\nchild\ngrand\nof-elsewhere\nparent\n"
    );
    let json: Value = serde_json::from_str(&family.run(&["lsvirtualenv", "--json"]).0).unwrap();
    let parent = |name: &str| {
        let mut all = json.as_array().unwrap().iter();
        all.find(|one| one["name"] == name).unwrap()["parent"].clone()
    };
    assert_eq!(parent("child"), family.home().join("parent").as_str());
    assert_eq!(parent("grand"), Value::Null);
    let (shown, _) = family.run(&["showvirtualenv", "child"]);
    let line = format!("  parent:   {}\n", family.home().join("parent"));
    assert!(shown.contains(&line), "{shown}");
}

#[test]
fn a_parent_that_is_gone_is_said_in_one_line() {
    let family = Family::new();
    fs::rename(family.home().join("grand"), family.0.home().join("away")).unwrap();
    let gone = format!(
        "the parent of parent is gone: {}",
        family.home().join("grand")
    );
    let (list, _) = family.run(&["lsvirtualenv"]);
    assert_eq!(list.matches(&gone).count(), 2, "{list}");
    assert!(
        list.contains("name another with: mkvirtualenv parent --parent ENV"),
        "{list}"
    );
    assert!(family.run(&["showvirtualenv", "child"]).0.contains(&gone));
    if let Some(bash) = shell("bash", "workon") {
        let script = "eval \"$(venvsh hook bash)\"; workon child";
        let entered = family.0.run(bash, script);
        assert_eq!(entered.stderr, format!("venvsh: {gone}\n"));
    }
    let doctor = family.0.venvsh(&["doctor"]).stdout;
    assert!(doctor.contains(&format!("child: {gone}")), "{doctor}");
    let (json, _) = family.run(&["showvirtualenv", "--json", "child"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["lost_parent"], &json["broken"]),
        (&gone.into(), &Value::Null)
    );
    // It runs without those packages, and gets another parent by name.
    assert_eq!(family.python("child", "print(1)"), "1");
    let python = python().executable;
    family.run(&["mkvirtualenv", "--no-pip", "-p", python.as_str(), "new"]);
    family.run(&["mkvirtualenv", "--no-pip", "--parent", "new", "parent"]);
    install(&family.site_packages("new"), "six", "new");
    assert_eq!(
        family.python("child", "import six; print(six.where)"),
        "new"
    );
    assert!(!family.run(&["lsvirtualenv"]).0.contains("gone"));
    // A refresh keeps it.
    family.run(&["mkvirtualenv", "parent"]);
    assert!(family.config("parent").contains(&format!(
        "extends-environment = {}\n",
        family.home().join("new")
    )));
}

#[test]
fn a_circle_made_by_hand_ends() {
    let family = Family::new();
    let config = family.config("grand");
    let child = family.home().join("child");
    fs::write(
        family.home().join("grand/pyvenv.cfg"),
        format!("{config}extends-environment = {child}\n"),
    )
    .unwrap();
    family.run(&["mkvirtualenv", "grand"]);
    assert_eq!(family.python("child", "print(1)"), "1");
    let (list, _) = family.run(&["lsvirtualenv"]);
    assert_eq!(list.matches("is its own ancestor").count(), 3, "{list}");
    assert!(
        family
            .refused(&["rmvirtualenv", "grand"])
            .contains("layered on it")
    );
    family.run(&["rmvirtualenv", "grand", "parent", "child"]);
}

#[test]
fn a_renamed_parent_keeps_its_children_and_a_copy_its_parent() {
    let family = Family::new();
    install(&family.site_packages("grand"), "six", "grand");
    family.run(&["mvvirtualenv", "parent", "it's"]);
    let new = family.home().join("it's");
    assert!(
        family
            .config("child")
            .contains(&format!("extends-environment = {new}\n"))
    );
    assert_eq!(
        family.python("child", "import six; print(six.where)"),
        "grand"
    );
    family.run(&["cpvirtualenv", "child", "copy"]);
    family.run(&["mvvirtualenv", "grand", "first"]);
    family.run(&["mvvirtualenv", "child", "last"]);
    for name in ["it's", "copy", "last"] {
        assert_eq!(
            family.python(name, "import six; print(six.where)"),
            "grand",
            "{name}"
        );
    }
    assert!(
        family
            .config("copy")
            .contains(&format!("extends-environment = {new}\n"))
    );
    assert!(!family.run(&["lsvirtualenv"]).0.contains("missing"));
}

/// Whether a neighbour is a child cannot be known from a file that cannot be read: the user is told which one to look at.
#[test]
fn a_renamed_parent_says_whose_parent_it_cannot_know() {
    let family = Family::new();
    let config = family.home().join("child/pyvenv.cfg");
    fs::write(&config, b"extends-environment = \xff\n").unwrap();
    let (_, said) = family.run(&["mvvirtualenv", "parent", "other"]);
    let expect =
        format!("the parent of child is not known: cannot read: {config}: it is not UTF-8");
    assert!(said.contains(&expect), "{said}");
}

#[test]
fn a_parent_is_removed_with_its_children_or_not_at_all() {
    let family = Family::new();
    let refused = family.refused(&["rmvirtualenv", "grand"]);
    assert_eq!(
        refused,
        "venvsh: other environments are layered on it (child, parent): grand\nhint: rmvirtualenv child parent grand removes all\n"
    );
    assert!(
        family
            .refused(&["rmvirtualenv", "grand", "child"])
            .contains("(parent)")
    );
    assert!(family.home().join("child/pyvenv.cfg").exists());
    family.run(&["rmvirtualenv", "grand", "child", "parent"]);
    assert_eq!(family.run(&["lsvirtualenv"]).0, "");
}

#[test]
fn system_site_packages_are_as_the_root_says() {
    let mut family = Family::new();
    let sees = |family: &Family, name: &str| {
        family
            .config(name)
            .contains("include-system-site-packages = true\n")
    };
    let root = family.home().join("grand");
    family.0.env("VIRTUAL_ENV", root.as_str());
    let (out, notes) = family.run(&["toggleglobalsitepackages"]);
    assert_eq!(out, "Enabled global site-packages\n");
    assert!(
        notes.contains("the same for child, which is layered on grand"),
        "{notes}"
    );
    assert!(
        ["grand", "parent", "child"]
            .iter()
            .all(|name| sees(&family, name))
    );
    family.run(&["mkvirtualenv", "--no-pip", "--parent", "child", "new"]);
    assert!(sees(&family, "new"));
    // The base comes last.
    let order = "import sys; print([p.startswith(sys.argv[1]) for p in sys.path if p.endswith('site-packages')])";
    let python = family.home().join("new/bin/python");
    let order = family
        .0
        .exec(python, &["-c", order, family.home().as_str()])
        .ok();
    assert!(
        order.starts_with("[True, True, True, True, False"),
        "{order}"
    );
    family.run(&["mkvirtualenv", "parent"]);
    assert!(sees(&family, "parent"));
    family.run(&["toggleglobalsitepackages", "-q"]);
    assert!(
        !["grand", "parent", "child", "new"]
            .iter()
            .any(|name| sees(&family, name))
    );
}

#[test]
fn wiping_keeps_the_parent_and_the_configuration_of_pip() {
    let mut family = Family::new();
    let site_packages = family.site_packages("child");
    install(&family.site_packages("grand"), "six", "grand");
    install(&site_packages, "own", "child");
    let root = family.home().join("child");
    let config = format!("[install]\nprefer-binary = true\nconstraint = {root}/constraints.txt\n");
    fs::write(root.join("pip.conf"), &config).unwrap();
    family.0.env("VIRTUAL_ENV", root.as_str());
    family.run(&["wipeenv"]);
    assert!(!site_packages.join("own.py").exists());
    assert_eq!(
        family.python("child", "import six; print(six.where)"),
        "grand"
    );
    assert_eq!(fs::read_to_string(root.join("pip.conf")).unwrap(), config);
    family.run(&["mkvirtualenv", "child"]);
    family.0.env_remove("VIRTUAL_ENV");
    family.run(&["cpvirtualenv", "child", "copy"]);
    family.run(&["mvvirtualenv", "child", "moved"]);
    for name in ["copy", "moved"] {
        let root = family.home().join(name);
        let text = fs::read_to_string(root.join("pip.conf")).unwrap();
        assert!(
            text.contains(&format!("constraint = {root}/constraints.txt\n")),
            "{text}"
        );
    }
}
