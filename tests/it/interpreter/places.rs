//! Pythons of version managers and installers: laid out as these do it, from parts of the Pythons of this machine.

use std::os::unix::fs::{PermissionsExt, symlink};

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::interpreter::{Interpreter, Request, Source, find, find_stated, list};
use venvsh::internals::{Config, Error};

use super::{Home, pyenv, real, short, versions};
use crate::support::starting::while_none_starts;

impl Home {
    fn with(&self, path: &str, more: &[(&str, &str)]) -> Config {
        // No Python of this machine but those on PATH.
        let none = self.path().join("none");
        let values = [
            ("HOME", self.path().as_str()),
            ("PATH", path),
            ("PYENV_ROOT", none.as_str()),
        ];
        Config::given(self.path(), values.into_iter().chain(more.iter().copied()))
    }

    /// An installation below this home whose directories are those of a version of pyenv.
    fn install(&self, place: &str, version: &str) -> Utf8PathBuf {
        let root = self.path().join(place);
        fs_err::create_dir_all(&root).unwrap();
        for name in ["bin", "lib", "include"] {
            let from = pyenv().join("versions").join(version).join(name);
            symlink(from, root.join(name)).unwrap();
        }
        root
    }

    /// A directory of shims that note that they were run.
    fn shims(&self, place: &str, names: &[&str]) -> Utf8PathBuf {
        let shims = self.path().join(place);
        for name in names {
            self.script(&shims.join(name));
        }
        shims
    }

    fn script(&self, file: &Utf8Path) {
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        let text = format!("#!/bin/sh\n: > {}/ran\n", self.path());
        fs_err::write(file, text).unwrap();
        fs_err::set_permissions(file, PermissionsExt::from_mode(0o755)).unwrap();
    }
}

fn ask(request: Option<&str>, config: &Config) -> Result<Interpreter, Error> {
    let request = request.map(|text| text.parse::<Request>().unwrap());
    find(request.as_ref(), config)
}

fn version(request: Option<&str>, config: &Config) -> String {
    ask(request, config).unwrap().version.to_string()
}

/// What the list has from that tool.
fn listed(config: &Config, source: Source) -> Vec<(String, Utf8PathBuf)> {
    let all = list(config).into_iter();
    let all = all.filter(|found| found.source == source);
    all.map(|found| (found.version.to_string(), found.path))
        .collect()
}

#[test]
fn shims_of_asdf_start_what_its_files_and_variable_say() {
    let home = Home::new();
    for version in ["3.10.13", "3.9.18", "3.8.18"] {
        home.install(&format!(".asdf/installs/python/{version}"), version);
    }
    let shims = home.shims(".asdf/shims", &["python", "python3", "python3.9"]);
    let path = format!("{shims}:/usr/bin");
    let file = home.path().join(".tool-versions");
    let config = home.with(&path, &[]);
    assert!(version(None, &config).starts_with("3.11."), "no version");
    fs_err::write(&file, "nodejs 20\npython 3.10.13 3.9.18 # both\n").unwrap();
    assert_eq!(version(None, &config), "3.10.13");
    assert_eq!(version(Some("python3.9"), &config), "3.9.18");
    assert_eq!(
        version(Some(shims.join("python").as_str()), &config),
        "3.10.13"
    );
    let chosen = home.with(&path, &[("ASDF_PYTHON_VERSION", "3.8.18")]);
    assert_eq!(version(None, &chosen), "3.8.18");
    for none in ["system", "3.99", "../../../../..", "/usr", "path:/usr"] {
        fs_err::write(&file, format!("python {none}\n")).unwrap();
        assert!(version(None, &config).starts_with("3.11."), "{none}");
    }
    assert!(!home.path().join("ran").exists());
}

#[test]
fn shims_of_mise_start_what_its_files_and_variable_say() {
    let home = Home::new();
    for version in ["3.10.13", "3.12.1"] {
        home.install(
            &format!(".local/share/mise/installs/python/{version}"),
            version,
        );
    }
    let program = home.path().join("bin/mise");
    home.script(&program);
    let shims = home.path().join(".local/share/mise/shims");
    fs_err::create_dir_all(&shims).unwrap();
    symlink(program, shims.join("python3")).unwrap();
    let path = format!("{shims}:/usr/bin");
    let config = home.with(&path, &[]);
    let file = home.path().join("mise.toml");
    fs_err::write(&file, "[tools]\npython = \"3.12\"\n").unwrap();
    assert_eq!(version(None, &config), "3.12.1");
    fs_err::write(&file, "[tools]\npython = ['3.99', '3.10']\n").unwrap();
    assert_eq!(version(None, &config), "3.10.13");
    let chosen = home.with(&path, &[("MISE_PYTHON_VERSION", "3.12.1")]);
    assert_eq!(version(None, &chosen), "3.12.1");
    assert!(!home.path().join("ran").exists());
}

#[test]
fn version_managers_have_their_directories() {
    let home = Home::new();
    let data = ".local/share";
    let all = [
        (".pyenv/versions/3.6.15", "3.6.15", Source::Pyenv),
        (".asdf/installs/python/3.7.16", "3.7.16", Source::Asdf),
        (
            &format!("{data}/mise/installs/python/3.8.18"),
            "3.8.18",
            Source::Mise,
        ),
        (".rye/py/cpython@3.9.18", "3.9.18", Source::Rye),
        (
            &format!("{data}/hatch/pythons/3.10/python"),
            "3.10.13",
            Source::Hatch,
        ),
        (
            &format!("{data}/pdm/python/cpython@3.13.0"),
            "3.13.0",
            Source::Pdm,
        ),
    ];
    for (place, version, _) in all {
        home.install(place, version);
    }
    let config = Config::given(home.path(), [("HOME", home.path().as_str())]);
    for (place, version, source) in all {
        let executable = home
            .path()
            .join(place)
            .join(format!("bin/python{}", short(version)));
        assert_eq!(
            listed(&config, source),
            [(version.to_owned(), executable.clone())],
            "{place}"
        );
        assert_eq!(
            ask(Some(version), &config).unwrap().executable,
            executable,
            "{place}"
        );
    }
    // Without PATH the system's Pythons are found too.
    assert_eq!(
        ask(Some("3.11"), &config).unwrap().executable,
        "/usr/bin/python3.11"
    );
}

#[test]
fn uvs_link_for_a_series_is_taken_before_the_patch() {
    let home = Home::new();
    home.install("uv/cpython-3.12.1-linux-x86_64-gnu", "3.12.1");
    symlink(
        "cpython-3.12.1-linux-x86_64-gnu",
        home.path().join("uv/cpython-3.12-linux-x86_64-gnu"),
    )
    .unwrap();
    let uv = home.path().join("uv");
    let config = home.with("", &[("UV_PYTHON_INSTALL_DIR", uv.as_str())]);
    let series = uv.join("cpython-3.12-linux-x86_64-gnu/bin/python3.12");
    for request in ["3.12", "3.12.1", "cpython-3.12", ">=3.12"] {
        assert_eq!(
            ask(Some(request), &config).unwrap().executable,
            series,
            "{request}"
        );
    }
    assert_eq!(listed(&config, Source::Uv).len(), 1);
}

#[test]
fn conda_has_roots_environments_and_a_list() {
    let home = Home::new();
    let base = home.install("miniforge3", "3.12.1");
    let named = home.install("miniforge3/envs/web", "3.10.13");
    let other = home.install("root/envs/api", "3.8.18");
    let anywhere = home.path().join("elsewhere/y");
    // A version without headers is known by conda's own files: this one could not be run.
    for file in [
        "bin/python3.99",
        "lib/python3.99/os.py",
        "conda-meta/python-3.99.1-h1_cpython.json",
    ] {
        let file = anywhere.join(file);
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        fs_err::write(&file, "").unwrap();
        fs_err::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
    }
    fs_err::create_dir(home.path().join(".conda")).unwrap();
    let text = format!("{named}\n{anywhere}\n\n/no/such\nrelative\n");
    fs_err::write(home.path().join(".conda/environments.txt"), text).unwrap();
    let program = home.path().join("root/bin/conda");
    let config = home.with("/usr/bin", &[("CONDA_EXE", program.as_str())]);
    let expect = [
        ("3.99.1", anywhere.join("bin/python3.99")),
        ("3.12.1", base.join("bin/python3.12")),
        ("3.10.13", named.join("bin/python3.10")),
        ("3.8.18", other.join("bin/python3.8")),
    ];
    let expect = expect.map(|(version, path)| (version.to_owned(), path));
    assert_eq!(listed(&config, Source::Conda), expect);
    assert_eq!(
        ask(Some("3.10"), &config).unwrap().executable,
        named.join("bin/python3.10")
    );
}

/// Homebrew: `bin/python3.12` leads into the Cellar, whose directories the next patch upgrade deletes; `opt` stays.
#[test]
fn homebrews_pythons_are_named_by_what_outlasts_an_upgrade() {
    for on_mac in [false, true] {
        let home = Home::new();
        let homebrew = home.path().join("homebrew");
        let keg = |patch: &str| format!("homebrew/Cellar/python@3.12/{patch}");
        let install = |patch: &str| {
            if on_mac {
                let below = "Frameworks/Python.framework/Versions/3.12";
                home.install(&format!("{}/{below}", keg(patch)), "3.12.1");
                let bin = home.path().join(keg(patch)).join("bin");
                fs_err::create_dir(&bin).unwrap();
                let target = format!("../{below}/bin/python3.12");
                symlink(target, bin.join("python3.12")).unwrap();
            } else {
                home.install(&keg(patch), "3.12.1");
            }
        };
        let link = |target: String, name: &str| {
            let name = homebrew.join(name);
            fs_err::create_dir_all(name.parent().unwrap()).unwrap();
            let _ = fs_err::remove_file(&name);
            symlink(target, name).unwrap();
        };
        let pour = |patch: &str| {
            install(patch);
            link(format!("../Cellar/python@3.12/{patch}"), "opt/python@3.12");
            link(
                format!("../Cellar/python@3.12/{patch}/bin/python3.12"),
                "bin/python3.12",
            );
        };
        pour("3.12.1");
        let config = home.with(homebrew.join("bin").as_str(), &[]);
        let expect = homebrew.join("opt/python@3.12/bin/python3.12");
        let in_keg = home.path().join(keg("3.12.1")).join("bin/python3.12");
        for request in ["3.12", "python3.12", ">=3.12,<3.13", in_keg.as_str()] {
            let found = ask(Some(request), &config).unwrap();
            assert_eq!(found.executable, expect, "{request} {on_mac}");
        }
        // The upgrade.
        pour("3.12.2");
        fs_err::remove_dir_all(home.path().join(keg("3.12.1"))).unwrap();
        assert_eq!(ask(Some("3.12"), &config).unwrap().executable, expect);
    }
}

#[test]
fn a_python_that_was_replaced_or_removed_is_noticed() {
    let home = Home::new();
    let all = versions();
    let bin = home.path().join("bin");
    fs_err::create_dir(&bin).unwrap();
    let (alias, on_path) = (home.path().join("alias"), bin.join("python3"));
    let config = home.with(bin.as_str(), &[]);
    for version in &all {
        for (link, target) in [
            (&alias, pyenv().join("versions").join(version)),
            (&on_path, real(version)),
        ] {
            let _ = fs_err::remove_file(link);
            symlink(target, link).unwrap();
        }
        for request in [alias.as_str(), on_path.as_str(), "python3"] {
            // The second time from the cache.
            for _ in 0..2 {
                let found = ask(Some(request), &config);
                if request == "python3" && version.starts_with('2') {
                    assert!(found.is_ok_and(|found| found.version.major == 3));
                    continue;
                }
                let found = found.unwrap().version.to_string();
                assert_eq!(found, *version, "{request}");
            }
        }
    }
    if all.is_empty() {
        return;
    }
    fs_err::remove_file(&alias).unwrap();
    let err = ask(Some(alias.as_str()), &config).unwrap_err();
    assert!(matches!(err, Error::NotPython { .. }), "{err}");
}

/// The same path, whose files an upgrade has replaced: another executable, and another standard library.
#[test]
fn a_python_that_was_upgraded_in_place_is_asked_again() {
    let home = Home::new();
    let root = home.path().join("root");
    fs_err::create_dir_all(root.join("bin")).unwrap();
    let executable = root.join("bin/python3");
    let config = home.with("", &[]);
    for version in ["3.9.18", "3.12.1", "3.10.13"] {
        if !versions().iter().any(|known| known == version) {
            continue;
        }
        let _ = fs_err::remove_file(&executable);
        let _ = fs_err::remove_file(root.join("lib"));
        while_none_starts(|| fs_err::copy(real(version), &executable)).unwrap();
        symlink(
            pyenv().join("versions").join(version).join("lib"),
            root.join("lib"),
        )
        .unwrap();
        for request in [root.as_str(), executable.as_str()] {
            let found = ask(Some(request), &config).unwrap();
            assert_eq!(found.version.to_string(), version, "{request}");
            assert_eq!(found.base_prefix, root, "{request}");
        }
    }
}

/// macOS: `bin/python3.12` of a framework starts the program inside of `Python.app`; links to it lie elsewhere. The name in the
/// framework is the one that environments link to.
/// This machine may not start a Python of 32 bits, so that its file has to say it.
#[test]
fn the_bits_of_a_python_are_read_from_its_file() {
    let home = Home::new();
    let Some(version) = versions().into_iter().find(|it| !it.starts_with('2')) else {
        return;
    };
    let (wide, narrow) = ("versions/wide", "versions/narrow");
    let wide = home.install(wide, &version).join("bin");
    let narrow = home.install(narrow, &version).join("bin");
    fs_err::remove_file(&narrow).unwrap();
    let python = format!("python{}", short(&version));
    let mut content = fs_err::read(wide.join(&python)).unwrap();
    content[4] = 1;
    fs_err::create_dir(&narrow).unwrap();
    let narrow = narrow.join(&python);
    fs_err::write(&narrow, content).unwrap();
    fs_err::set_permissions(&narrow, PermissionsExt::from_mode(0o755)).unwrap();
    let config = home.with("/nowhere", &[("PYENV_ROOT", home.path().as_str())]);
    let request = |bits: &str| format!("{version}-{bits}");
    let stated = |bits| find_stated(&request(bits).parse().unwrap(), &config).unwrap();
    assert_eq!(stated("32"), narrow);
    assert!(
        is_same(&stated("64"), &wide.join(&python)),
        "{}",
        stated("64")
    );
    let found = ask(Some(&request("64")), &config).unwrap();
    assert!(is_same(&found.executable, &wide.join(&python)), "{found:?}");
    let Err(Error::NoPython { found, .. }) = ask(Some(&request("32")), &config) else {
        panic!("it does not start here");
    };
    for bits in ["32", "64"] {
        assert!(found.contains(&request(bits)), "{found:?}");
    }
}

fn is_same(one: &Utf8Path, other: &Utf8Path) -> bool {
    let real = |path: &Utf8Path| path.canonicalize_utf8().unwrap();
    real(one) == real(other)
}

#[test]
fn a_framework_is_named_by_its_own_bin() {
    let home = Home::new();
    let framework = "Library/Frameworks/Python.framework/Versions/3.12";
    let base = home.install(framework, "3.12.1");
    let bin = home.path().join("usr/local/bin");
    fs_err::create_dir_all(&bin).unwrap();
    for name in ["python3", "python3.12"] {
        let target = format!("../../../{framework}/bin/{name}");
        symlink(target, bin.join(name)).unwrap();
    }
    let config = home.with(bin.as_str(), &[]);
    for request in [
        "3.12",
        "python3",
        bin.join("python3").as_str(),
        base.as_str(),
    ] {
        let found = ask(Some(request), &config).unwrap();
        assert_eq!(found.executable, base.join("bin/python3.12"), "{request}");
    }
}
