//! Uninstalls all packages but the seeds, by `RECORD` (PEP 376), without pip and Python.

use std::collections::HashSet;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::opened::Environment;
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::formats::console_script::{self, ConsoleScript};
use crate::formats::record;
use crate::formats::wheel_name::normalized;
use crate::fs::Closed;
use crate::platform::{BIN, Platform};
use crate::sort;

/// The result of a wipe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wiped {
    /// The removed distributions, sorted.
    pub removed: Vec<String>,
    /// The files that were not removed, with the reason.
    pub warnings: Vec<String>,
}

/// Not shown by `pip freeze`, so virtualenvwrapper's `wipeenv` keeps them.
const KEPT: [&str; 4] = ["pip", "setuptools", "wheel", "distribute"];

/// Removes every distribution but pip, setuptools and wheel. Only files inside the environment; a link to a directory is
/// not followed. `RECORD` is deleted last, so that an interrupted wipe can be repeated; metadata without it is the rest of such a
/// wipe, and is removed.
///
/// # Errors
/// When the packages cannot be listed, or a file cannot be removed; packages before it are gone then.
pub fn wipe(environment: &Environment) -> Result<Wiped, Error> {
    let mut wiped = Wiped::default();
    let Some(site_packages) = environment.find_site_packages()? else {
        return Ok(wiped);
    };
    let wipe = Wipe::plan(environment.root(), &site_packages)?;
    for distribution in wipe.distributions.iter().filter(|one| !one.stays()) {
        if distribution.files.is_empty() && distribution.info.extension() != Some("dist-info") {
            wiped
                .warnings
                .push(format!("it has no RECORD: {}", distribution.name));
            continue;
        }
        if wipe.uninstall(distribution, &mut wiped.warnings) == Uninstalled::Whole {
            wiped.removed.push(distribution.name.clone());
        }
    }
    crate::sort::names(&mut wiped.removed);
    Ok(wiped)
}

/// One installed distribution.
struct Distribution {
    name: String,
    /// Its metadata: the distribution exists as long as this does.
    info: Utf8PathBuf,
    /// Its files as its metadata names them; those of the metadata come last, and its list comes last of all.
    files: Vec<Utf8PathBuf>,
    /// Lines of `easy-install.pth` that are its.
    path_lines: Vec<String>,
}

/// How much of a distribution is removed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Uninstalled {
    Whole,
    /// Its metadata still exists.
    Part,
}

struct Wipe<'a> {
    root: &'a Utf8Path,
    real_root: Utf8PathBuf,
    site_packages: &'a Utf8Path,
    distributions: Vec<Distribution>,
    /// Files of distributions that stay.
    kept: HashSet<Utf8PathBuf>,
}

impl<'a> Wipe<'a> {
    fn plan(root: &'a Utf8Path, site_packages: &'a Utf8Path) -> Result<Self, Error> {
        let mut distributions = Vec::new();
        for entry in crate::fs::read_dir(site_packages)? {
            let Ok(path) = Utf8PathBuf::from_path_buf(entry?.path()) else {
                continue;
            };
            distributions.extend(Distribution::at(&path, root, site_packages)?);
        }
        sort::by(&mut distributions, |one, other| one.name.cmp(&other.name));
        let kept = distributions
            .iter()
            .filter(|one| one.stays())
            .flat_map(|distribution| distribution.files.clone())
            .collect();
        Ok(Self {
            root,
            real_root: crate::platform::real(root)?,
            site_packages,
            distributions,
            kept,
        })
    }

    fn uninstall(&self, distribution: &Distribution, warnings: &mut Vec<String>) -> Uninstalled {
        let mut result = Uninstalled::Whole;
        for file in distribution
            .files
            .iter()
            .filter(|file| !self.kept.contains(*file))
        {
            // The next wipe can remove the rest only if the list of files exists.
            if result == Uninstalled::Part && file.starts_with(&distribution.info) {
                return result;
            }
            match self.remove(file) {
                Ok(Removal::Done) => {}
                Ok(Removal::NotOurs) => warnings.push(format!(
                    "not removed, because it does not belong to the environment: {file}"
                )),
                Err(err) => {
                    warnings.push(warning(&err));
                    result = Uninstalled::Part;
                }
            }
        }
        if !distribution.path_lines.is_empty()
            && let Err(err) = self.forget_paths(&distribution.path_lines)
        {
            warnings.push(warning(&err));
        }
        // With its last file it went; one without any is left of an interrupted wipe.
        if distribution.files.is_empty()
            && let Err(err) = remove_empty(&distribution.info)
        {
            warnings.push(warning(&err));
            result = Uninstalled::Part;
        }
        result
    }

    /// Removes a file, its byte code, and the directories that become empty.
    fn remove(&self, file: &Utf8Path) -> io::Result<Removal> {
        if !self.may_remove(file)? {
            return Ok(Removal::NotOurs);
        }
        remove_file(file)?;
        remove_compiled(file)?;
        self.prune(file)?;
        Ok(Removal::Done)
    }

    /// Whether the file is inside the environment, by its real path, and not one that makes it an environment.
    fn may_remove(&self, file: &Utf8Path) -> io::Result<bool> {
        let Ok(inside) = file.strip_prefix(self.root) else {
            return Ok(false);
        };
        let is_own = inside == PyvenvCfg::FILE
            || (inside.parent() == Some(Utf8Path::new(BIN))
                && inside.file_name().is_some_and(console_script::is_reserved));
        if is_own {
            return Ok(false);
        }
        match file.parent().map(crate::platform::real).transpose() {
            Ok(parent) => Ok(parent.is_none_or(|parent| parent.starts_with(&self.real_root))),
            // If the parent does not exist, there is nothing to remove.
            Err(err) if crate::fs::is_absent(&err) => Ok(true),
            Err(err) => Err(err),
        }
    }

    /// Removes empty directories, but not those of the layout.
    fn prune(&self, file: &Utf8Path) -> io::Result<()> {
        let layout = [BIN, "include", "lib", "lib64"].map(|name| self.root.join(name));
        let is_layout = |directory: &Utf8Path| {
            self.site_packages.starts_with(directory) || layout.iter().any(|kept| kept == directory)
        };
        let mut directory = file.parent();
        while let Some(path) =
            directory.filter(|path| path.starts_with(self.root) && !is_layout(path))
        {
            remove_empty(&path.join("__pycache__"))?;
            if remove_empty(path)? == Emptied::HoldsMore {
                return Ok(());
            }
            directory = path.parent();
        }
        Ok(())
    }

    fn forget_paths(&self, gone: &[String]) -> io::Result<()> {
        let file = self.site_packages.join("easy-install.pth");
        let Some(text) = crate::fs::read_list(&file)? else {
            return Ok(());
        };
        let stays = text.lines().filter(|line| {
            !gone
                .iter()
                .any(|path| path == Platform::HERE.without_end(line))
        });
        let text: String = stays.flat_map(|line| [line, "\n"]).collect();
        if text
            .lines()
            .all(|line| line.starts_with("import") || line.trim().is_empty())
        {
            return crate::platform::remove_file(&file);
        }
        crate::fs::write_atomic(&file, text)
    }
}

/// The reason why something was not removed, with the next step if there is one.
fn warning(err: &io::Error) -> String {
    match Closed::by(err) {
        Some(closed) => format!("{err}; {}", closed.hint()),
        None => err.to_string(),
    }
}

/// The result for one file.
enum Removal {
    Done,
    NotOurs,
}

impl Distribution {
    fn stays(&self) -> bool {
        KEPT.contains(&normalized(&self.name).as_str())
    }

    /// The distribution whose metadata that entry of site-packages is, if it is one.
    fn at(
        path: &Utf8Path,
        root: &Utf8Path,
        site_packages: &Utf8Path,
    ) -> Result<Option<Self>, Error> {
        let name = || {
            path.file_stem()
                .and_then(|stem| stem.split('-').next())
                .unwrap_or_default()
                .to_owned()
        };
        Ok(match path.extension() {
            Some("dist-info") => Some(Self::of_record(name(), path, site_packages)?),
            Some("egg-info") => Some(Self::of_installed_files(name(), path)?),
            Some("egg-link") => Some(Self::of_link(path, root)?),
            Some("egg") => Some(Self {
                name: name(),
                info: path.to_owned(),
                files: files_below(path)?,
                path_lines: vec![
                    path.to_string(),
                    format!("./{}", path.file_name().unwrap_or_default()),
                ],
            }),
            _ => None,
        })
    }

    fn of_record(name: String, info: &Utf8Path, site_packages: &Utf8Path) -> Result<Self, Error> {
        let record = info.join("RECORD");
        let text = crate::fs::read_list(&record)?.unwrap_or_default();
        let entries = record::parse(&text).into_iter();
        let listed = entries.map(|entry| crate::fs::normalize(&site_packages.join(entry.path)));
        // Without a list, what is left of the metadata.
        Self::with_metadata(name, info, &record, listed.collect())
    }

    /// The list that `install --record` of setuptools wrote: names relative to the metadata.
    fn of_installed_files(name: String, info: &Utf8Path) -> Result<Self, Error> {
        let list = info.join("installed-files.txt");
        let text = crate::fs::read_list(&list)?.unwrap_or_default();
        let listed = text
            .lines()
            .map(|line| crate::fs::normalize(&info.join(line)));
        let listed: Vec<_> = listed.collect();
        if listed.is_empty() {
            return Ok(Self {
                name,
                info: info.to_owned(),
                files: listed,
                path_lines: Vec::new(),
            });
        }
        Self::with_metadata(name, info, &list, listed)
    }

    /// Installers write some files of their own into the metadata that they do not list.
    fn with_metadata(
        name: String,
        info: &Utf8Path,
        list: &Utf8Path,
        mut files: Vec<Utf8PathBuf>,
    ) -> Result<Self, Error> {
        files.extend(files_below(info)?);
        sort::by_key(&mut files, |file| (file.starts_with(info), *file == list));
        files.dedup();
        Ok(Self {
            name,
            info: info.to_owned(),
            files,
            path_lines: Vec::new(),
        })
    }

    /// `setup.py develop`: the link, its line in `easy-install.pth`, its scripts. The project's directory stays.
    fn of_link(link: &Utf8Path, root: &Utf8Path) -> Result<Self, Error> {
        let text = crate::fs::read_list(link)?.unwrap_or_default();
        let target = Utf8PathBuf::from(text.lines().next().unwrap_or_default().trim());
        let name = link.file_stem().unwrap_or_default().to_owned();
        let info = target.join(format!("{}.egg-info", name.replace('-', "_")));
        let entry_points =
            crate::fs::read_list(&info.join("entry_points.txt"))?.unwrap_or_default();
        let scripts = ConsoleScript::parse(&entry_points).into_iter();
        let mut files: Vec<_> = scripts
            .map(|script| root.join(BIN).join(script.name))
            .collect();
        files.push(link.to_owned());
        Ok(Self {
            name,
            info: link.to_owned(),
            files,
            path_lines: vec![Platform::HERE.without_end(target.as_str()).to_owned()],
        })
    }
}

/// All files below a directory, links not followed; the path itself if it is a file.
fn files_below(path: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    if !crate::fs::look_at_link(path)?.is_some_and(|meta| meta.is_dir()) {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in crate::fs::entries(path)? {
        files.extend(files_below(entry?.path())?);
    }
    Ok(files)
}

fn remove_file(file: &Utf8Path) -> io::Result<()> {
    match crate::platform::remove_file(file) {
        // A directory in RECORD is no file; it is removed when it is empty.
        Err(err)
            if matches!(
                err.kind(),
                io::ErrorKind::NotFound
                    | io::ErrorKind::IsADirectory
                    | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// The byte code that Python wrote after the installation, which is in no `RECORD`.
fn remove_compiled(file: &Utf8Path) -> io::Result<()> {
    let (Some(parent), Some(stem), Some("py")) =
        (file.parent(), file.file_stem(), file.extension())
    else {
        return Ok(());
    };
    remove_file(&file.with_extension("pyc"))?;
    let cache = parent.join("__pycache__");
    for compiled in crate::fs::entries_if_any(&cache)? {
        let rest = compiled.file_name().strip_prefix(stem);
        if rest.is_some_and(|rest| rest.starts_with('.')) {
            remove_file(compiled.path())?;
        }
    }
    remove_empty(&cache).map(|_| ())
}

/// The result of removing an empty directory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Emptied {
    Gone,
    HoldsMore,
}

fn remove_empty(directory: &Utf8Path) -> io::Result<Emptied> {
    match crate::fs::remove_dir(directory) {
        Ok(()) => Ok(Emptied::Gone),
        // Of a metadata file nothing is left to empty, either.
        Err(err) if crate::fs::is_absent(&err) => Ok(Emptied::Gone),
        Err(err) if err.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(Emptied::HoldsMore),
        Err(err) => Err(err),
    }
}
