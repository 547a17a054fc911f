//! Which distributions an environment has, as the names of their metadata tell.

use std::io;

use camino::Utf8Path;

use crate::formats::wheel_name::normalized;

/// One distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Its normalized name.
    pub name: String,
    /// Its version as its metadata spells it.
    pub version: String,
}

/// The distributions in that site-packages, by their names. What has no `RECORD` is no distribution: it is being installed or
/// removed, or that was interrupted.
///
/// # Errors
/// When the directory cannot be read. One that is not there is empty.
pub fn installed(site_packages: &Utf8Path) -> io::Result<Vec<Installed>> {
    let entries = match site_packages.read_dir_utf8() {
        Err(err) if crate::fs::is_absent(&err) => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry?;
        let Some((name, version)) = entry
            .file_name()
            .strip_suffix(".dist-info")
            .and_then(|stem| stem.split_once('-'))
        else {
            continue;
        };
        if crate::fs::exists(&entry.path().join("RECORD"))? {
            all.push(Installed {
                name: normalized(name),
                version: version.to_owned(),
            });
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}
