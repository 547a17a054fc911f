//! conda and mamba: the root of each installation (`base`), `ROOT/envs/NAME`, `~/.conda/envs/NAME`, and any prefix.

use camino::{Utf8Path, Utf8PathBuf};

use super::micromamba;
use super::places::Places;
use super::search::{Entry, Labels, Search};
use super::stores::Stores;
use super::tool::{Reach, Tool};
use crate::config::{Config, vars};
use crate::formats::settings::yaml_list;
use crate::fs::{exists, read_small_text};
use crate::interpreter::CONDA_DIRECTORIES;
use crate::platform::BIN;

pub(super) static TOOL: Tool = Tool {
    name: "conda",
    reach: Reach::Name,
    mark: "conda-meta/history",
    remove: "conda env remove --prefix {root}",
    rename: "conda rename --prefix {root} NEW",
    empty: "conda remove --all --keep-env --prefix {root}",
};

/// A path, and what led to it.
type Place = (Utf8PathBuf, String);

/// The file in which conda and mamba list the environments that they made; only they write it.
const LIST: &str = ".conda/environments.txt";

pub(super) fn find(search: &mut Search<'_>) {
    let mut listed = listed(search.places);
    let mut roots = roots(search, &listed);
    leave_micromambas(search, &mut roots, &mut listed);
    for (root, by) in &roots {
        if let Some(entry) = Entry::at(root.clone(), by) {
            search.add(&TOOL, entry, Labels::short("base"));
        }
    }
    roots.retain(|(root, _)| search.found.iter().any(|found| found.root == *root));
    for (directory, by) in directories(search, &roots) {
        for entry in search.entries(&directory, &by) {
            let labels = Labels::short(&entry.name);
            search.add(&TOOL, entry, labels);
        }
    }
    for root in listed {
        if let Some(entry) = Entry::at(root, "environments.txt") {
            let labels = Labels::short(&entry.name);
            let entry = Entry {
                name: entry.root.to_string(),
                ..entry
            };
            search.add(&TOOL, entry, labels);
        }
    }
}

/// The environment of that name; where conda has none, micromamba's, which reads `environment.yml` too.
pub(crate) fn named(stores: &Stores<'_>, name: &str) -> Option<Utf8PathBuf> {
    let mut search = Search::of(stores.config);
    find(&mut search);
    micromamba::find(&mut search);
    let mut found = search.found.into_iter();
    Some(found.find(|found| found.short == name)?.root)
}

/// The prefixes in conda's list.
fn listed(places: Places<'_>) -> Vec<Utf8PathBuf> {
    let text = places
        .home(LIST)
        .and_then(|file| read_small_text(&file).ok());
    let text = text.unwrap_or_default();
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('/') || line.contains(":\\"));
    lines.map(Utf8PathBuf::from).collect()
}

/// The installations, found without asking conda.
fn roots(search: &Search<'_>, listed: &[Utf8PathBuf]) -> Vec<Place> {
    let places = search.places;
    let mut roots: Vec<Place> = Vec::new();
    let two_up = |path: &Utf8Path| Some(path.parent()?.parent()?.to_owned());
    let program = places
        .variable(vars::CONDA_EXE)
        .and_then(|(path, by)| Some((two_up(&path)?, by)));
    let by_list = listed
        .iter()
        .filter(|prefix| prefix.parent().and_then(Utf8Path::file_name) == Some("envs"));
    let by_list =
        by_list.filter_map(|prefix| Some((two_up(prefix)?, "environments.txt".to_owned())));
    let on_path = search
        .config
        .path_dirs()
        .into_iter()
        .filter(|dir| dir.file_name() == Some("condabin"));
    let on_path = on_path.filter_map(|dir| Some((dir.parent()?.to_owned(), vars::PATH.to_owned())));
    let usual = CONDA_DIRECTORIES
        .iter()
        .flat_map(|name| [places.home(name), Some(Utf8Path::new("/opt").join(name))]);
    let usual = usual
        .flatten()
        .chain(["/opt/conda".into()])
        .map(|path| (path, "default".to_owned()));
    let all = program.into_iter().chain(places.variable("_CONDA_ROOT"));
    for (root, by) in all.chain(by_list).chain(on_path).chain(usual) {
        if !roots.iter().any(|(known, _)| *known == root) {
            roots.push((root, by));
        }
    }
    roots
}

/// Takes out what is micromamba's: it writes into conda's list, and puts a `condabin` of its own on `PATH`. A root that has conda is
/// conda's.
fn leave_micromambas(search: &Search<'_>, roots: &mut Vec<Place>, listed: &mut Vec<Utf8PathBuf>) {
    for its_root in micromamba::roots(search.places) {
        let is_its = |path: &Utf8Path| path.starts_with(&its_root);
        let mut all = roots.iter().map(|(root, _)| root).chain(listed.iter());
        let has_conda = |name| exists(&its_root.join(BIN).join(name)).unwrap_or(false);
        // Most users have nothing there, and nothing is looked at.
        let is_meant = all.any(|path| is_its(path))
            && micromamba::root(search).is_some_and(|(root, _)| root == its_root);
        if is_meant && !["conda", "conda.exe"].into_iter().any(has_conda) {
            roots.retain(|(root, _)| !is_its(root));
            listed.retain(|prefix| !is_its(prefix));
        }
    }
}

/// conda's files of settings: of the user, of the installations, of the system.
fn files(search: &Search<'_>, roots: &[Place]) -> Vec<Utf8PathBuf> {
    let places = search.places;
    let users = [
        ".condarc",
        ".conda/.condarc",
        ".conda/condarc",
        ".config/conda/.condarc",
        ".config/conda/condarc",
    ];
    let given = places.variable("CONDARC").map(|(file, _)| file);
    let users = users.into_iter().filter_map(|file| places.home(file));
    let roots = roots.iter().map(|(root, _)| root.join(".condarc"));
    let system = ["/etc/conda/.condarc", "/etc/conda/condarc"].map(Utf8PathBuf::from);
    given
        .into_iter()
        .chain(users)
        .chain(roots)
        .chain(system)
        .collect()
}

/// The directories of named environments, in conda's order.
fn directories(search: &Search<'_>, roots: &[Place]) -> Vec<Place> {
    let places = search.places;
    let mut all = Vec::new();
    for name in ["CONDA_ENVS_DIRS", "CONDA_ENVS_PATH"] {
        let list = search.config.raw(name).unwrap_or_default();
        let paths = Config::listed(&list).filter(|path| !path.as_str().is_empty());
        all.extend(paths.map(|path| (search.config.with_home(path.as_str()), name.to_owned())));
    }
    for file in files(search, roots) {
        let text = read_small_text(&file).unwrap_or_default();
        let texts = yaml_list(&text, "envs_dirs");
        all.extend(
            texts
                .iter()
                .map(|text| (search.config.expanded(text), file.to_string())),
        );
    }
    all.extend(
        roots
            .iter()
            .map(|(root, by)| (root.join("envs"), by.clone())),
    );
    all.extend(
        places
            .home(".conda/envs")
            .map(|path| (path, "default".to_owned())),
    );
    all
}
