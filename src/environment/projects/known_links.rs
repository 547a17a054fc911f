//! The links from many environments to their projects, remembered: following the directory must not read a thousand files at
//! each change of directory.
//!
//! What is remembered only says where to look; the link itself is read again before it counts. It holds until an environment comes or
//! goes, until a command links one, and at most for [`AGE`] seconds, because another program may write a link.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::digest;
use crate::environment::project_link::{USUAL, file_name};
use crate::environment::tools::{Stores, with_links};
use crate::environment::workon_home::{Linked, WorkonHome};
use crate::error::Error;
use crate::fs::{look, read_small_text, write_atomic};
use crate::platform;

/// The links of so few environments are read each time.
const FEW: usize = 32;

/// Seconds.
const AGE: i64 = 60;

/// The links, each with the name of the environment.
pub(super) struct Known {
    pub(super) links: Vec<(Utf8PathBuf, String)>,
    /// Whether the paths have no symbolic links among their parts, where they exist.
    pub(super) are_physical: bool,
}

/// The links as they are now. `name` is that of the file with the link.
///
/// # Errors
/// When the directory cannot be listed.
pub(super) fn read_all(home: &WorkonHome, name: &str) -> Result<Known, Error> {
    Ok(Known {
        links: home.links(name)?.links,
        are_physical: false,
    })
}

/// The links of the environments in `WORKON_HOME` or another tool's store. `name` is that of the file with the link.
///
/// # Errors
/// When it cannot be listed.
pub(super) fn links(config: &Config, home: &WorkonHome, name: &str) -> Result<Known, Error> {
    let file = file(config, home, name);
    let key = key(home);
    if let (Some(file), Some(key)) = (&file, &key)
        && let Some(links) = read(file, key)
    {
        return Ok(Known {
            links,
            are_physical: true,
        });
    }
    let Linked {
        environments,
        mut links,
    } = home.links(name)?;
    let (Some(file), Some(key), true) = (file, key, environments > FEW) else {
        return Ok(Known {
            links,
            are_physical: false,
        });
    };
    for (project, _) in &mut links {
        if let Ok(physical) = platform::real(project) {
            *project = physical;
        }
    }
    write(&file, &key, &links);
    Ok(Known {
        links,
        are_physical: true,
    })
}

/// Whether the link of an environment at that path speaks for it: it is in `WORKON_HOME`, or in another tool's store with links.
pub(crate) fn link_counts(config: &Config, home: &WorkonHome, root: &Utf8Path) -> bool {
    let others = || with_links(&Stores::of(config), home.directory());
    home.holds(root)
        || root
            .parent()
            .is_some_and(|parent| others().iter().any(|store| store == parent))
}

/// The files in an environment that link it to its project. The usual one counts again once the user takes back another name.
pub(crate) fn link_files(config: &Config) -> Vec<Utf8PathBuf> {
    let is_inside = |file: &Utf8PathBuf| {
        let mut parts = file.components();
        parts.all(|part| matches!(part, Utf8Component::Normal(_)))
    };
    let mut files = vec![file_name(config).into(), USUAL.into()];
    files.dedup();
    files.retain(is_inside);
    files
}

/// Forgets them, after a link has changed.
pub(crate) fn forget_links(config: &Config) {
    let Ok(home) = WorkonHome::from_config(config) else {
        return;
    };
    let others = with_links(&Stores::of(config), home.directory());
    let others = others
        .into_iter()
        .map(|store| file(config, &WorkonHome::at(store), USUAL));
    let own = file(config, &home, &file_name(config));
    for file in others.chain([own]).flatten() {
        // It may not exist; and what it says holds for a minute only.
        let _ = platform::remove_file(&file);
    }
}

fn file(config: &Config, home: &WorkonHome, name: &str) -> Option<Utf8PathBuf> {
    if config.var(vars::NO_CACHE).is_some() {
        return None;
    }
    let key = [home.directory().as_str(), "\0", name].concat();
    let name = digest::hex(&[key.as_bytes()], 16);
    Some(config.cache_dir()?.join("links").join(name))
}

/// A text that changes when an environment comes or goes.
fn key(home: &WorkonHome) -> Option<String> {
    let meta = look(home.directory()).ok()??;
    Some(platform::directory_stamp(&meta))
}

/// The first line is the time and the key, then each line has a name and a path.
fn read(file: &Utf8Path, key: &str) -> Option<Vec<(Utf8PathBuf, String)>> {
    let text = read_small_text(file).ok()?;
    let (head, lines) = digest::opened(&text)?.split_once('\n')?;
    let (time, known) = head.split_once(' ')?;
    let age = platform::now().checked_sub(time.parse().ok()?)?;
    if known != key || !(0..AGE).contains(&age) {
        return None;
    }
    let link = |line: &str| {
        let (name, path) = line.split_once('\t')?;
        Some((path.into(), name.to_owned()))
    };
    lines.lines().map(link).collect()
}

fn write(file: &Utf8Path, key: &str, links: &[(Utf8PathBuf, String)]) {
    let mut text = format!("{} {key}\n", platform::now());
    for (path, name) in links {
        if !path.as_str().contains('\n') && !name.contains(['\t', '\n']) {
            text += &format!("{name}\t{path}\n");
        }
    }
    // Without it the links are read again.
    let written = file.parent().map(platform::create_private_dir_all);
    if written.is_some_and(|made| made.is_ok()) {
        let _ = write_atomic(file, digest::sealed(&text));
    }
}
