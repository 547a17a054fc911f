//! The files by which Python adds the site-packages of the parent, with its `.pth` files, after the environment's own.
//!
//! Up to Python 3.14 a `.pth` file runs the call; it sorts behind other `.pth` files, so that their directories come first. From
//! 3.15 a `.start` file names the function to call (PEP 829).

use camino::{Utf8Path, Utf8PathBuf};

use crate::formats::Version;

const PATHS: &str = "zz_venvsh_layers.pth";
const START: &str = "zz_venvsh_layers.start";
const MODULE: &str = "_venvsh_layers.py";

/// The names of all such files, of every version of Python.
pub(in crate::environment) const NAMES: [&str; 3] = [PATHS, START, MODULE];

/// The files of an environment with that parent: paths relative to both, and texts. `site_packages` are its site directories,
/// relative to it; the files are in the first.
pub(in crate::environment) fn files(
    parent: &Utf8Path,
    site_packages: &[Utf8PathBuf],
    version: &Version,
) -> Vec<(Utf8PathBuf, String)> {
    let Some(own) = site_packages.first() else {
        return Vec::new();
    };
    let directories = site_packages.iter().map(|path| parent.join(path));
    let directories: Vec<_> = directories.map(|path| python(&path, version)).collect();
    if (version.major, version.minor) < (3, 15) {
        return vec![(own.join(PATHS), paths(&directories))];
    }
    vec![
        (own.join(MODULE), module(&directories)),
        (own.join(START), "_venvsh_layers:load\n".to_owned()),
    ]
}

/// A line for each directory. One that is there already is not read again: a circle of parents ends.
fn paths(directories: &[String]) -> String {
    let line = |directory: &String| {
        format!(
            "import os, site, sys; _venvsh_layer = {directory}; _venvsh_layer in sys.path or site.addsitedir(_venvsh_layer)\n"
        )
    };
    directories.iter().map(line).collect()
}

fn module(directories: &[String]) -> String {
    format!(
        "# Made by venvsh: adds the packages of the parent environment.\nimport os\nimport site\nimport sys\n\n\n\
         def load():\n    for path in [{}]:\n        if path not in sys.path:\n            site.addsitedir(path)\n",
        directories.join(", ")
    )
}

/// The path as a Python expression of ASCII characters, which is right in every locale.
fn python(path: &Utf8Path, version: &Version) -> String {
    let escaped: String = path.as_str().bytes().map(escaped).collect();
    if version.major == 2 || path.as_str().is_ascii() {
        format!("'{escaped}'")
    } else {
        format!("os.fsdecode(b'{escaped}')")
    }
}

fn escaped(byte: u8) -> String {
    match byte {
        b'\\' | b'\'' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(parent: &str, version: &str) -> Vec<(String, String)> {
        let version: Version = version.parse().unwrap();
        let own = Utf8PathBuf::from(format!("lib/python{}/site-packages", version.short()));
        files(Utf8Path::new(parent), &[own], &version)
            .into_iter()
            .map(|(path, text)| (path.file_name().unwrap().to_owned(), text))
            .collect()
    }

    // The separator is that of the system.
    #[cfg(unix)]
    #[test]
    fn paths_are_python_literals() {
        let text = |parent, version| texts(parent, version).remove(0).1;
        assert!(text("/x/it's \\", "3.9.1").contains(r"= '/x/it\'s \\/lib/python3.9/"));
        assert!(text("/x/ü", "3.9.1").contains(r"= os.fsdecode(b'/x/\xc3\xbc/lib"));
        assert!(text("/x/ü", "2.7.18").contains(r"= '/x/\xc3\xbc/lib/python2.7"));
        assert_eq!(text("/x", "3.9.1").lines().count(), 1);
    }

    // As above.
    #[cfg(unix)]
    #[test]
    fn python_3_15_has_a_start_file() {
        let texts = texts("/x", "3.15.0");
        let names: Vec<_> = texts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["_venvsh_layers.py", "zz_venvsh_layers.start"]);
        assert!(
            texts[0]
                .1
                .contains("for path in ['/x/lib/python3.15/site-packages']:")
        );
    }
}
