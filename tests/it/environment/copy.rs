//! Copies and renames, made of environments of several tools, that must not know where they came from.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::environment::{CopyRequest, Environment, Seed, copy, rename};
use venvsh::internals::formats::wheel_name::normalized;
use venvsh::internals::interpreter::Interpreter;

use crate::support::Sandbox;
use crate::support::made::{names, python, python_of, python2};

/// Installed with pip: a wheel with a script, an editable project inside the environment, one outside; a kernel.
fn furnish(sandbox: &Sandbox, env: &Environment, python: &Interpreter) {
    let script = r#"
import json, os, sys
from pathlib import Path
root, python, other = sys.argv[1:]
site = [p for p in sys.path if p.endswith('site-packages')][0]
def write(path, text):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
write(root + '/src/inner.py', 'where = __file__\n')
write(other + '/outer.py', 'where = __file__\n')
write(site + '/paths.pth', root + '/src\n' + other + '\n')
write(site + '/tool.py', 'import sys\ndef main(): print(sys.prefix)\n')
info = site + '/tool-1.0.dist-info'
write(info + '/METADATA', 'Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n')
write(info + '/INSTALLER', 'pip\n')
write(info + '/direct_url.json', json.dumps({'url': Path(root + '/src').as_uri(), 'dir_info': {'editable': True}}))
text = '#!' + root + '/bin/python\nimport sys\nfrom tool import main\nsys.exit(main())\n'
if ' ' in root:
    text = '#!/bin/sh\n\'\'\'exec\' "' + root + '/bin/python" "$0" "$@"\n\' \'\'\'\nimport sys\nfrom tool import main\nsys.exit(main())\n'
write(root + '/bin/tool', text)
os.chmod(root + '/bin/tool', 0o755)
write(root + '/bin/helper.txt', 'see ' + root + '/share, not ' + root + '2\n')
write(root + '/share/jupyter/kernels/k/kernel.json', json.dumps({'argv': [root + '/bin/python', '-m', 'k']}))
import base64, hashlib
lines = ''
for name in ['tool.py', 'tool-1.0.dist-info/METADATA', 'tool-1.0.dist-info/direct_url.json', '../../../bin/tool']:
    data = Path(site, name).resolve().read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
    lines += '%s,sha256=%s,%d\n' % (name, digest, len(data))
write(info + '/RECORD', lines + 'tool-1.0.dist-info/RECORD,,\n')
"#;
    let other = sandbox.path("other project");
    sandbox
        .exec(
            env.python(),
            &[
                "-c",
                script,
                env.root().as_str(),
                python.executable.as_str(),
                other.as_str(),
            ],
        )
        .ok();
    symlink(env.root().join("src"), env.root().join("lib/src-link")).unwrap();
}

/// Every file that names that path, as itself or percent-encoded; compiled files do not count.
fn naming(root: &Utf8Path, path: &Utf8Path) -> Vec<String> {
    let encoded = path.as_str().replace(' ', "%20");
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in dir.read_dir_utf8().unwrap() {
            let file = entry.unwrap().path().to_owned();
            let meta = file.symlink_metadata().unwrap();
            let text = if meta.is_symlink() {
                fs::read_link(&file).unwrap().to_string_lossy().into_owned()
            } else if meta.is_dir() {
                open.push(file);
                continue;
            } else {
                String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned()
            };
            // `…2` is another path, on purpose.
            let text = text.replace(&format!("{path}2"), "");
            if (text.contains(path.as_str()) || text.contains(&encoded))
                && !file.as_str().contains("__pycache__")
            {
                found.push(file.strip_prefix(root).unwrap().to_string());
            }
        }
    }
    found.sort();
    found
}

fn snapshot(root: &Utf8Path) -> Vec<(Utf8PathBuf, u64, i64, u64)> {
    let mut all = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in dir.read_dir_utf8().unwrap() {
            let file = entry.unwrap().path().to_owned();
            let meta = file.symlink_metadata().unwrap();
            if meta.is_dir() {
                open.push(file.clone());
            }
            all.push((file, meta.ino(), meta.mtime(), meta.len()));
        }
    }
    all.sort();
    all
}

fn check(sandbox: &Sandbox, env: &Environment, old: &Utf8Path) {
    let root = env.root();
    assert_eq!(naming(root, old), Vec::<String>::new());
    assert_eq!(sandbox.exec(root.join("bin/tool"), &[]).ok(), root.as_str());
    let version = sandbox.exec(root.join("bin/pip"), &["--version"]).ok();
    assert!(version.contains(root.as_str()), "{version}");
    let inner = "import inner, outer; print(inner.where + '|' + outer.where)";
    let expect = format!(
        "{root}/src/inner.py|{}/outer.py",
        sandbox.path("other project")
    );
    assert_eq!(sandbox.exec(env.python(), &["-c", inner]).ok(), expect);
    let url = "from importlib.metadata import distribution as d; import json; print(json.loads(d('tool').read_text('direct_url.json'))['url'])";
    let encoded = root
        .as_str()
        .replace(' ', "%20")
        .replace('\'', "%27")
        .replace('$', "%24")
        .replace('(', "%28")
        .replace(')', "%29");
    assert_eq!(
        sandbox.exec(env.python(), &["-c", url]).ok(),
        format!("file://{encoded}/src")
    );
    // pip finds every file of every distribution by RECORD, with the right hash.
    let verify = "
import base64, hashlib
from importlib.metadata import distributions
for d in distributions():
    for f in d.files or []:
        if f.hash and d.metadata['Name'] in ('tool', 'pip'):
            digest = base64.urlsafe_b64encode(hashlib.sha256(f.locate().read_bytes()).digest()).rstrip(b'=').decode()
            assert digest == f.hash.value, f
";
    sandbox.exec(env.python(), &["-c", verify]).ok();
    assert_eq!(
        fs::read_link(root.join("lib/src-link")).unwrap(),
        root.join("src")
    );
    assert_eq!(
        fs::metadata(root.join("bin/tool"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o755
    );
}

const SCRIPTS: [(&str, &str); 2] = [("activate", "# new\n"), ("activate.fish", "# new\n")];

#[test]
fn a_copy_lives_without_its_source() {
    let sandbox = Sandbox::new();
    let python = python();
    for (source, target) in [
        ("one", "two"),
        ("a blank", "plain"),
        ("three", "it's $(x) here"),
        ("deep", "de"),
    ] {
        let env = sandbox.make_with_pip(source, &python);
        furnish(&sandbox, &env, &python);
        fs::write(
            env.bin().join("activate"),
            format!("VIRTUAL_ENV={}\n", env.root()),
        )
        .unwrap();
        let before = snapshot(env.root());
        let root = sandbox.path(target);
        let request = CopyRequest {
            without: &[],
            source: &env,
            target: &root,
            scripts: &SCRIPTS,
            files: &[],
        };
        assert_eq!(request.prompt(), target);
        let copied = copy(&request).unwrap();
        assert_eq!(snapshot(env.root()), before, "the source is only read");
        let pyc = |env: &Environment| {
            fs::metadata(env.site_packages().unwrap().join("tool.py"))
                .unwrap()
                .mtime()
        };
        assert_eq!(pyc(&env), pyc(&copied.environment));
        // A path that no language takes for more than a path can be put everywhere; another is noted.
        let is_plain = !target.contains(' ');
        assert_eq!(copied.notes.is_empty(), is_plain, "{:?}", copied.notes);
        if !is_plain {
            assert_eq!(copied.notes, ["still names the old path: bin/helper.txt"]);
            fs::remove_file(root.join("bin/helper.txt")).unwrap();
        }
        fs::remove_dir_all(env.root()).unwrap();
        check(&sandbox, &copied.environment, env.root());
        assert_eq!(
            fs::read_to_string(root.join("bin/activate")).unwrap(),
            "# new\n"
        );
        if is_plain {
            let text = fs::read_to_string(root.join("bin/helper.txt")).unwrap();
            assert_eq!(text, format!("see {root}/share, not {}2\n", env.root()));
        }
    }
    assert!(sandbox.names().iter().all(|name| !name.starts_with('.')));
}

#[test]
fn a_rename_is_a_copy_without_the_copying() {
    let sandbox = Sandbox::new();
    let python = python();
    let env = sandbox.make_with_pip("old", &python);
    furnish(&sandbox, &env, &python);
    let inode = fs::metadata(env.root().join("lib")).unwrap().ino();
    let target = sandbox.path("new name");
    let request = CopyRequest {
        without: &[],
        source: &env,
        target: &target,
        scripts: &SCRIPTS,
        files: &[],
    };
    let renamed = rename(&request).unwrap();
    assert!(!env.root().exists());
    assert_eq!(fs::metadata(target.join("lib")).unwrap().ino(), inode);
    fs::remove_file(target.join("bin/helper.txt")).unwrap();
    check(&sandbox, &renamed.environment, env.root());
    // And back again.
    let back = CopyRequest {
        without: &[],
        source: &renamed.environment,
        target: env.root(),
        scripts: &SCRIPTS,
        files: &[],
    };
    let renamed = rename(&back).unwrap();
    check(&sandbox, &renamed.environment, &target);
}

#[test]
fn a_rename_that_fails_is_taken_back() {
    let sandbox = Sandbox::new();
    let python = python();
    let env = sandbox.make_with_pip("old", &python);
    furnish(&sandbox, &env, &python);
    let content = |root: &Utf8Path| {
        let files = snapshot(root).into_iter().map(|(path, ..)| path);
        files
            .filter(|path| path.is_file())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect::<Vec<_>>()
    };
    let before = content(env.root());
    let target = sandbox.path("new");
    let scripts = [("activate", "x"), ("no/such/directory", "x")];
    let request = CopyRequest {
        without: &[],
        source: &env,
        target: &target,
        scripts: &scripts,
        files: &[],
    };
    assert!(rename(&request).is_err());
    assert!(!target.exists());
    assert_eq!(content(env.root()).len(), before.len());
    assert!(content(env.root()) == before);
    assert!(copy(&request).is_err());
    assert_eq!(
        sandbox.names(),
        ["home", "old", "other project", "run", "tmp"]
    );
}

#[test]
fn what_is_in_the_way_stays() {
    let sandbox = Sandbox::new();
    let env = sandbox.make("env", &python(), Seed::None);
    sandbox.make("other", &python(), Seed::None);
    fs::write(sandbox.path("file"), "x").unwrap();
    fs::create_dir(sandbox.path("empty")).unwrap();
    for target in [
        "other",
        "file",
        "empty",
        "env",
        "env/inside",
        "no/parent",
        "a:b",
    ] {
        let target = sandbox.path(target);
        let request = CopyRequest {
            without: &[],
            source: &env,
            target: &target,
            scripts: &[],
            files: &[],
        };
        assert!(
            copy(&request).is_err() && rename(&request).is_err(),
            "{target}"
        );
    }
    assert_eq!(
        sandbox.names(),
        ["empty", "env", "file", "home", "other", "run", "tmp"]
    );
}

#[test]
fn environments_of_other_tools_are_copied() {
    let sandbox = Sandbox::new();
    let Some(python) = python_of("3.11") else {
        return;
    };
    let tool = |program: &str, args: &[&str]| {
        let ran = Command::new(program)
            .args(args)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", sandbox.path("home"))
            .output();
        ran.is_ok_and(|ran| ran.status.success())
    };
    let beside = |name: &str| python.executable.with_file_name(name).into_string();
    let root = |name: &str| sandbox.path(name).into_string();
    let made = [
        (
            "venv",
            tool(python.executable.as_str(), &["-m", "venv", &root("venv")]),
        ),
        (
            "virtualenv",
            tool(
                &beside("virtualenv"),
                &["-q", "--no-download", &root("virtualenv")],
            ),
        ),
        (
            "uv",
            tool(
                &beside("uv"),
                &[
                    "venv",
                    "-q",
                    "--offline",
                    "-p",
                    python.executable.as_str(),
                    &root("uv"),
                ],
            ),
        ),
    ];
    for (name, made) in made {
        if !made {
            eprintln!("skipped: {name} made no environment");
            continue;
        }
        let env = Environment::open(&sandbox.path(name)).unwrap();
        let target = sandbox.path(&format!("copy-of-{name}"));
        let scripts: Vec<_> = [
            "activate",
            "activate.csh",
            "activate.fish",
            "activate.nu",
            "activate.ps1",
            "activate.xsh",
            "activate_this.py",
        ]
        .iter()
        .map(|name| (*name, ""))
        .collect();
        let request = CopyRequest {
            without: &[],
            source: &env,
            target: &target,
            scripts: &scripts,
            files: &[],
        };
        let copied = copy(&request).unwrap();
        assert_eq!(copied.notes, Vec::<String>::new(), "{name}");
        fs::remove_dir_all(env.root()).unwrap();
        assert_eq!(naming(&target, env.root()), Vec::<String>::new(), "{name}");
        assert_eq!(
            sandbox
                .exec(
                    target.join("bin/python"),
                    &["-c", "import sys; print(sys.prefix)"]
                )
                .ok(),
            target.as_str()
        );
        if target.join("bin/pip").exists() {
            expect_own_pip(&sandbox, &target);
        }
    }
}

#[test]
fn a_classic_environment_is_copied() {
    let sandbox = Sandbox::new();
    let Some(python) = python2() else { return };
    let env = sandbox.make_with_pip("env", &python);
    let target = sandbox.path("copy");
    let request = CopyRequest {
        without: &[],
        source: &env,
        target: &target,
        scripts: &[],
        files: &[],
    };
    copy(&request).unwrap();
    fs::remove_dir_all(env.root()).unwrap();
    expect_own_pip(&sandbox, &target);
}

/// pip runs, and it is the environment's own.
#[track_caller]
fn expect_own_pip(sandbox: &Sandbox, root: &Utf8Path) {
    let version = sandbox.exec(root.join("bin/pip"), &["--version"]).ok();
    assert!(version.contains(root.as_str()), "{version}");
}

#[test]
fn a_link_is_copied_as_what_it_leads_to_and_renamed_as_a_link() {
    let sandbox = Sandbox::new();
    let env = sandbox.make_with_pip("real", &python());
    symlink("real", sandbox.path("link")).unwrap();
    let link = Environment::open(&sandbox.path("link")).unwrap();
    let target = sandbox.path("copy");
    let request = CopyRequest {
        without: &[],
        source: &link,
        target: &target,
        scripts: &[],
        files: &[],
    };
    copy(&request).unwrap();
    assert!(target.symlink_metadata().unwrap().is_dir());
    assert!(
        sandbox
            .exec(target.join("bin/pip"), &["--version"])
            .ok()
            .contains(target.as_str())
    );
    let renamed = sandbox.path("other-link");
    rename(&CopyRequest {
        without: &[],
        source: &link,
        target: &renamed,
        scripts: &[],
        files: &[],
    })
    .unwrap();
    assert!(renamed.symlink_metadata().unwrap().is_symlink());
    sandbox
        .exec(env.root().join("bin/pip"), &["--version"])
        .ok();
    assert!(names(&env.bin()).contains(&"pip".to_owned()));
    assert_eq!(normalized("Re_Al"), "re-al");
}
