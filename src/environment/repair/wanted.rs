//! The distributions of an environment as requirements for pip, from their metadata (PEP 376, PEP 610).

use std::collections::HashSet;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::environment::packages::installed::Installed;
use crate::formats::record;
use crate::formats::wheel_name::normalized;
use crate::fs::{exists, is_dir, read_list};

/// One installed distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Its normalized name.
    pub(super) name: String,
    /// Its line in a requirements file.
    pub(super) line: String,
    /// Its version is kept, but it is installed only if another one needs it: pip notes which ones the user asked for.
    pub(super) is_dependency: bool,
}

/// The content of a site-packages, by who put it there.
#[derive(Default)]
pub(super) struct Content {
    pub(super) distributions: Vec<Wanted>,
    /// The files of distributions, as paths without `..`.
    pub(super) files: HashSet<Utf8PathBuf>,
    /// Names in site-packages that belong to distributions.
    pub(super) names: HashSet<String>,
}

impl Content {
    /// Reads the metadata of all distributions.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn of(site_packages: &Utf8Path) -> io::Result<Self> {
        let mut content = Self::default();
        let mut requested = Vec::new();
        for entry in crate::fs::entries_if_any(site_packages)? {
            let path = entry.path();
            if let Some(installed) = content.look_at(site_packages, path)? {
                let (wanted, is_requested) = wanted(&installed, path)?;
                requested.push(is_requested);
                content.distributions.push(wanted);
            }
        }
        // Without a single note, the installer writes none.
        if !requested.contains(&Some(true)) {
            content
                .distributions
                .iter_mut()
                .for_each(|wanted| wanted.is_dependency = false);
        }
        Ok(content)
    }

    /// Notes the files of a distribution, if that is its metadata.
    fn look_at(
        &mut self,
        site_packages: &Utf8Path,
        path: &Utf8Path,
    ) -> io::Result<Option<Installed>> {
        let name = path.file_name().unwrap_or_default();
        let stem = path.file_stem().unwrap_or_default();
        match path.extension() {
            Some("dist-info") if exists(&path.join("RECORD"))? => {
                self.record(site_packages, path)?;
            }
            Some("egg-info") => self.egg_info(site_packages, path)?,
            Some("egg-link") => self.egg_link(stem, path)?,
            Some("egg") => {
                self.names.insert(name.to_owned());
                return Ok(Installed::from_metadata_name(&format!("{stem}.egg-info")));
            }
            _ => return Ok(None),
        }
        Ok(Installed::from_metadata_name(name))
    }

    fn record(&mut self, site_packages: &Utf8Path, info: &Utf8Path) -> io::Result<()> {
        let text = read_list(&info.join("RECORD"))?.unwrap_or_default();
        for entry in record::parse(&text) {
            self.file(site_packages, &site_packages.join(&entry.path));
        }
        Ok(())
    }

    fn egg_info(&mut self, site_packages: &Utf8Path, info: &Utf8Path) -> io::Result<()> {
        self.names
            .insert(info.file_name().unwrap_or_default().to_owned());
        let lines = |name: &str| -> io::Result<Vec<String>> {
            let text = if is_dir(info)? {
                read_list(&info.join(name))?
            } else {
                None
            };
            Ok(text
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect())
        };
        for path in lines("installed-files.txt")? {
            self.file(site_packages, &info.join(path));
        }
        for module in lines("top_level.txt")? {
            self.names.insert(format!("{module}.py"));
            self.names.insert(module);
        }
        Ok(())
    }

    /// `setup.py develop`: the directory of the project is on the first line.
    fn egg_link(&mut self, name: &str, path: &Utf8Path) -> io::Result<()> {
        let text = crate::fs::read_small_text(path)?;
        if let Some(directory) = text.lines().next() {
            self.distributions.push(Wanted {
                name: normalized(name),
                line: format!("-e {}", url(directory.trim())),
                is_dependency: false,
            });
        }
        Ok(())
    }

    fn file(&mut self, site_packages: &Utf8Path, path: &Utf8Path) {
        let path = crate::fs::normalize(path);
        if let Ok(inside) = path.strip_prefix(site_packages)
            && let Some(first) = inside.iter().next()
        {
            self.names.insert(first.to_owned());
        }
        self.files.insert(path);
    }
}

/// The requirement, and whether the user asked for it; `None` if its installer does not note that.
fn wanted(installed: &Installed, metadata: &Utf8Path) -> io::Result<(Wanted, Option<bool>)> {
    let is_directory = is_dir(metadata)?;
    let read = |name: &str| -> io::Result<Option<String>> {
        if is_directory {
            read_list(&metadata.join(name))
        } else {
            Ok(None)
        }
    };
    let tool = read("INSTALLER")?.unwrap_or_default();
    let is_requested = match tool.trim() {
        "pip" | "uv" => Some(exists(&metadata.join("REQUESTED"))?),
        _ => None,
    };
    let origin = read("direct_url.json")?;
    let line = origin.and_then(|text| direct(&installed.name, &text));
    let is_direct = line.is_some();
    let line = line.unwrap_or_else(|| match &installed.version {
        Some(version) => format!("{}=={version}", installed.name),
        None => installed.name.clone(),
    });
    let wanted = Wanted {
        name: normalized(&installed.name),
        line,
        is_dependency: is_requested == Some(false) && !is_direct,
    };
    Ok((wanted, is_requested))
}

/// The requirement from `direct_url.json` (PEP 610): a checkout, an archive or a directory, also one that is worked on.
fn direct(name: &str, text: &str) -> Option<String> {
    let origin: Value = serde_json::from_str(text).ok()?;
    let field = |value: &Value, key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let url = field(&origin, "url")?;
    let mut fragment = Vec::new();
    if let Some(directory) = origin.get("dir_info") {
        if directory.get("editable").and_then(Value::as_bool) == Some(true) {
            return Some(format!("-e {url}"));
        }
        return Some(format!("{name} @ {url}"));
    }
    let mut base = url.clone();
    if let Some(vcs) = origin.get("vcs_info") {
        base = format!("{}+{url}@{}", field(vcs, "vcs")?, field(vcs, "commit_id")?);
    } else if let Some(archive) = origin.get("archive_info")
        && let Some(hash) = field(archive, "hash")
    {
        fragment.push(hash);
    }
    if let Some(subdirectory) = field(&origin, "subdirectory") {
        fragment.push(format!("subdirectory={subdirectory}"));
    }
    let fragment = match &fragment[..] {
        [] => String::new(),
        parts => format!("#{}", parts.join("&")),
    };
    Some(format!("{name} @ {base}{fragment}"))
}

/// The path as a URL, which has no blanks.
fn url(path: &str) -> String {
    format!(
        "file://{}",
        crate::environment::relocate::percent_encoded(path)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_of_a_distribution_is_kept() {
        for (text, expect) in [
            (
                r#"{"url": "https://x.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "abc", "requested_revision": "main"}}"#,
                "a @ git+https://x.org/a.git@abc",
            ),
            (
                r#"{"url": "https://x.org/a.git", "subdirectory": "py", "vcs_info": {"vcs": "git", "commit_id": "abc"}}"#,
                "a @ git+https://x.org/a.git@abc#subdirectory=py",
            ),
            (
                r#"{"url": "https://x.org/a-1.whl", "archive_info": {"hash": "sha256=12"}}"#,
                "a @ https://x.org/a-1.whl#sha256=12",
            ),
            (
                r#"{"url": "file:///x/a%20b", "dir_info": {"editable": true}}"#,
                "-e file:///x/a%20b",
            ),
            (
                r#"{"url": "file:///x/a", "dir_info": {}}"#,
                "a @ file:///x/a",
            ),
        ] {
            assert_eq!(direct("a", text).as_deref(), Some(expect), "{text}");
        }
        assert_eq!(direct("a", "{}"), None);
        assert_eq!(direct("a", "not JSON"), None);
    }

    fn site_packages(files: &[(&str, &str)]) -> (tempfile::TempDir, Utf8PathBuf) {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(keep.path().to_owned()).unwrap();
        for (name, text) in files {
            let path = root.join(name);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, text).unwrap();
        }
        (keep, root)
    }

    #[test]
    fn what_the_user_asked_for_is_told_from_what_that_needed() {
        let (_keep, root) = site_packages(&[
            (
                "asked-1.0.dist-info/RECORD",
                "asked/__init__.py,,\n../../../bin/asked,,\n",
            ),
            ("asked-1.0.dist-info/INSTALLER", "pip\n"),
            ("asked-1.0.dist-info/REQUESTED", ""),
            ("needed-2.0.dist-info/RECORD", "needed.py,,\n"),
            ("needed-2.0.dist-info/INSTALLER", "pip\n"),
            ("Old_One-3-py3.8.egg-info/top_level.txt", "old\n"),
            ("half-1.dist-info/METADATA", ""),
            ("work.egg-link", "/x/a b\n."),
            ("mine.py", ""),
        ]);
        let content = Content::of(&root).unwrap();
        let found: Vec<_> = content
            .distributions
            .iter()
            .map(|it| (it.name.as_str(), it.line.as_str(), it.is_dependency))
            .collect();
        assert_eq!(
            found,
            [
                ("old-one", "Old_One==3", false),
                ("asked", "asked==1.0", false),
                ("needed", "needed==2.0", true),
                ("work", "-e file:///x/a%20b", false),
            ]
        );
        for name in ["asked", "needed.py", "old", "old.py"] {
            assert!(content.names.contains(name), "{name}");
        }
        assert!(!content.names.contains("mine.py"));
    }
}
