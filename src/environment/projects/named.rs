//! Environments in `WORKON_HOME` that are linked to the directory or named as it.

use camino::Utf8Path;

use super::hit::{Row, Tried};
use super::search::Search;
use crate::environment::name::Name;
use crate::environment::opened::is_environment;

/// The environments whose link names the directory.
pub(super) fn linked(search: &Search<'_>, directory: &Utf8Path) -> Tried {
    let Some(home) = &search.home else {
        return Tried::nothing("WORKON_HOME", "is not known");
    };
    let mut hits = Vec::new();
    let links = match search.links(directory) {
        Ok(links) => links,
        Err(err) => return Tried::nothing(home.directory(), err.to_string()),
    };
    for link in links {
        let path = home.directory().join(&link.name);
        if is_environment(&path).unwrap_or(false)
            && let Tried::Hits(found) = Tried::hit(directory, &path, Row::Linked, path.as_str())
        {
            hits.extend(found);
        }
    }
    if hits.is_empty() {
        return Tried::nothing(home.directory(), "has none that is linked to it");
    }
    Tried::Hits(hits)
}

/// The environment that has the directory's name.
pub(super) fn same_name(search: &Search<'_>, directory: &Utf8Path) -> Tried {
    let name = directory
        .file_name()
        .and_then(|name| name.parse::<Name>().ok());
    let (Some(home), Some(name)) = (&search.home, name) else {
        return Tried::nothing(directory, "has no name that an environment can have");
    };
    let path = home.path(&name);
    if is_environment(&path).unwrap_or(false) {
        Tried::hit(directory, &path, Row::SameName, path.as_str())
    } else {
        Tried::absent(path)
    }
}
