//! The directories from which a base interpreter imports installed packages, by its place on the disk. Nothing is run.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};

/// The site directories of the base interpreter `python`: its own, the distributor's (Debian), the user's.
#[must_use]
pub fn site_directories(python: &Utf8Path, config: &Config) -> Vec<Utf8PathBuf> {
    let Ok(python) = crate::platform::real(python) else {
        return Vec::new();
    };
    let (Some(name), Some(prefix)) = (
        python.file_name(),
        python.parent().and_then(Utf8Path::parent),
    ) else {
        return Vec::new();
    };
    let mut directories = Vec::new();
    for library in ["lib", "lib64"] {
        directories.push(prefix.join(library).join(name).join("site-packages"));
    }
    if prefix == "/usr" {
        directories.push(
            Utf8PathBuf::from("/usr/local/lib")
                .join(name)
                .join("dist-packages"),
        );
        directories.push("/usr/lib/python3/dist-packages".into());
        directories.push(
            Utf8PathBuf::from("/usr/local/lib")
                .join(name)
                .join("site-packages"),
        );
    }
    let user = config
        .path_var(vars::PYTHONUSERBASE)
        .or_else(|| Some(config.home()?.join(".local")));
    directories.extend(user.map(|user| user.join("lib").join(name).join("site-packages")));
    directories
}
