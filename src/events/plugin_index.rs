//! The entry points of virtualenvwrapper's plugins, found without starting the Python that they are installed for: its site
//! directories are read, and the result is cached until these directories change.

use std::fmt::Write;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::digest;
use crate::environment::{Environment, SystemSitePackages};
use crate::formats::{PyvenvCfg, entry_points};
use crate::fs::{is_file, is_script, read_small_text, write_atomic};
use crate::interpreter;
use crate::platform;

/// Prefix of the groups of entry points.
const PREFIX: &str = "virtualenvwrapper.";
/// virtualenvwrapper's own entry points, which are built in here.
const BUILT_IN: [&str; 2] = [
    "virtualenvwrapper.user_scripts",
    "virtualenvwrapper.project",
];
const FORMAT: &str = "venvsh-entry-points-2";
/// A directory changed this shortly before it was read may have changed again within one tick of its clock.
const RACY: i64 = 2;

/// One function that a distribution registers (packaging.python.org, "Entry points specification").
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntryPoint {
    /// Its group without `virtualenvwrapper.`: `post_activate`, `post_activate_source`, `project.template`.
    pub(super) group: String,
    /// Its name.
    pub(super) name: String,
    /// Module and function: `package.module:function`.
    pub(super) value: String,
}

/// The entry points of plugins that are installed for that Python: an interpreter, or an environment's.
#[must_use]
pub(super) fn of(python: &Utf8Path, config: &Config) -> Vec<EntryPoint> {
    let directories = site_directories(python, config);
    let (stamp, newest) = stamp(&directories);
    let file = cache_file(python, config);
    if let Some(known) = file.as_deref().and_then(|file| load(file, &stamp)) {
        return known;
    }
    let asked_at = platform::now();
    let mut found = Vec::new();
    directories
        .iter()
        .for_each(|directory| scan(directory, &mut found));
    if let Some(file) = file.filter(|_| newest + RACY <= asked_at) {
        // Without a cache everything is slower, but right.
        let _ = file.parent().map(crate::fs::make_directories);
        let _ = write_atomic(&file, stored(&stamp, &found));
    }
    found
}

/// The directories from which that Python imports installed packages, by its place on the disk.
fn site_directories(python: &Utf8Path, config: &Config) -> Vec<Utf8PathBuf> {
    if let Some(root) = root_of_environment(python)
        && let Ok(environment) = Environment::open(root)
    {
        let mut directories: Vec<_> = environment.site_packages().into_iter().collect();
        if environment.system_site_packages() == SystemSitePackages::Include
            && let Some(home) = environment.key("home")
        {
            directories.extend(interpreter::site_directories(
                &Utf8Path::new(home).join("python3"),
                config,
            ));
        }
        return directories;
    }
    // A script, such as a shim of pyenv, starts another Python.
    let behind = is_script(python)
        .then(|| interpreter::find(Some(&python.as_str().parse().ok()?), config).ok());
    match behind.flatten() {
        Some(found) => interpreter::site_directories(&found.executable, config),
        None => interpreter::site_directories(python, config),
    }
}

fn root_of_environment(python: &Utf8Path) -> Option<&Utf8Path> {
    let root = python.parent()?.parent()?;
    is_file(&root.join(PyvenvCfg::FILE))
        .unwrap_or(false)
        .then_some(root)
}

/// Reads the entry points of the distributions in that directory.
fn scan(directory: &Utf8Path, found: &mut Vec<EntryPoint>) {
    let entries = crate::fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten();
    let mut names: Vec<_> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.retain(|name| name.ends_with(".dist-info") || name.ends_with(".egg-info"));
    crate::sort::names(&mut names);
    for name in names {
        if let Ok(text) = read_small_text(&directory.join(name).join("entry_points.txt")) {
            found.extend(plugins(&text));
        }
    }
}

/// The entry points of plugins in the text of one `entry_points.txt`.
fn plugins(text: &str) -> impl Iterator<Item = EntryPoint> {
    let plugin = |point: entry_points::EntryPoint<'_>| {
        let group = point.group.strip_prefix(PREFIX)?;
        let is_ours = !BUILT_IN.contains(&point.module);
        is_ours.then(|| EntryPoint {
            group: group.to_owned(),
            name: point.name.to_owned(),
            value: match point.attribute {
                "" => point.module.to_owned(),
                attribute => format!("{}:{attribute}", point.module),
            },
        })
    };
    entry_points::parse(text).filter_map(plugin)
}

/// The state of the directories as text, and the time of the newest change.
fn stamp(directories: &[Utf8PathBuf]) -> (String, i64) {
    let (mut text, mut newest) = (String::new(), 0);
    for directory in directories {
        let stamp = crate::fs::metadata(directory).map(|meta| {
            newest = newest.max(platform::modified_at(&meta));
            platform::directory_stamp(&meta)
        });
        let stamp = stamp.as_deref().unwrap_or("absent");
        writeln!(text, "{directory}\t{stamp}").expect("a String takes every write");
    }
    (text, newest)
}

fn cache_file(python: &Utf8Path, config: &Config) -> Option<Utf8PathBuf> {
    if config.var(vars::NO_CACHE).is_some() {
        return None;
    }
    let name = digest::hex(&[python.as_str().as_bytes()], 16);
    Some(config.cache_dir()?.join("plugins-v1").join(name))
}

fn stored(stamp: &str, found: &[EntryPoint]) -> String {
    let lines = found
        .iter()
        .map(|point| format!("{}\t{}\t{}\n", point.group, point.name, point.value));
    digest::sealed(&format!("{FORMAT}\n{stamp}\n{}", lines.collect::<String>()))
}

/// The cached result, if the directories have not changed.
fn load(file: &Utf8Path, stamp: &str) -> Option<Vec<EntryPoint>> {
    let sealed = read_small_text(file).ok()?;
    let rest = digest::opened(&sealed)?
        .strip_prefix(FORMAT)?
        .strip_prefix('\n')?
        .strip_prefix(stamp)?
        .strip_prefix('\n')?;
    let point = |line: &str| {
        let mut fields = line.splitn(3, '\t').map(str::to_owned);
        Some(EntryPoint {
            group: fields.next()?,
            name: fields.next()?,
            value: fields.next()?,
        })
    };
    rest.lines().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[console_scripts]\nx = y:z\n# [virtualenvwrapper.no]\n[virtualenvwrapper.post_activate_source]\nuser_scripts = virtualenvwrapper.user_scripts:post\n\
                        a.b = pkg.mod:make [extra]\n; c = d:e\n\n[ virtualenvwrapper.project.template ]\nweb=web:make\nproject = virtualenvwrapper.project:template\n[other]\nq = r:s\n";

    fn points() -> Vec<EntryPoint> {
        [
            ("post_activate_source", "a.b", "pkg.mod:make"),
            ("project.template", "web", "web:make"),
        ]
        .map(|(group, name, value)| EntryPoint {
            group: group.into(),
            name: name.into(),
            value: value.into(),
        })
        .into()
    }

    #[test]
    fn plugins_are_read_and_what_is_built_in_is_not() {
        assert_eq!(plugins(TEXT).collect::<Vec<_>>(), points());
    }

    // Windows opens no directory to set its time.
    #[cfg(unix)]
    #[test]
    fn what_was_found_is_remembered_until_a_directory_changes() {
        let keep = tempfile::tempdir().unwrap();
        let dir = Utf8Path::from_path(keep.path())
            .unwrap()
            .canonicalize_utf8()
            .unwrap();
        let site = dir.join("base/lib/python3.9/site-packages");
        let config = Config::given(&dir, [("HOME", dir.as_str())]);
        let info = site.join("plugin-1.dist-info");
        fs_err::create_dir_all(&info).unwrap();
        fs_err::create_dir_all(dir.join("base/bin")).unwrap();
        let python = dir.join("base/bin/python3.9");
        fs_err::write(&python, "not a program").unwrap();
        fs_err::write(info.join("entry_points.txt"), TEXT).unwrap();
        let set = |seconds: u64| {
            let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            let directory = fs_err::File::open(&site).unwrap();
            directory.file().set_modified(time).unwrap();
        };
        set(1_000_000_000);
        assert_eq!(of(&python, &config), points());
        // The change is not seen: the times of the directory are the same.
        fs_err::write(info.join("entry_points.txt"), "").unwrap();
        assert_eq!(of(&python, &config), points());
        set(1_000_000_001);
        assert_eq!(of(&python, &config), []);
    }
}
