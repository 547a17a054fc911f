//! `/usr/bin/python3` of macOS: a program that starts the Python of Apple's developer tools. Without the tools it opens a dialog that
//! asks to install them, so it is never run.

use camino::{Utf8Path, Utf8PathBuf};

use crate::formats::Implementation;
use crate::fs::{hops, is_executable};
use crate::platform::Platform;

/// Where the developer tools may be, after the directory that `xcode-select --switch` chooses.
const PLACES: [&str; 2] = [
    "Library/Developer/CommandLineTools",
    "Applications/Xcode.app/Contents/Developer",
];

/// The link to the directory that `xcode-select --switch` chooses.
const CHOSEN: &str = "var/db/xcode_select_link";

/// What Apple's program starts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Starts {
    /// The Python of the developer tools. `None`: they are not installed.
    pub(super) python: Option<Utf8PathBuf>,
}

/// What the program starts, if it is Apple's.
pub(super) fn stands_for(program: &Utf8Path) -> Option<Starts> {
    on(Platform::HERE, program, "/".into())
}

fn on(platform: Platform, program: &Utf8Path, root: &Utf8Path) -> Option<Starts> {
    if platform != Platform::MacOs {
        return None;
    }
    let real = hops(program).pop()?;
    let name = real
        .file_name()
        .filter(|name| Implementation::is_file_name(name))?;
    if real.parent() != Some(&root.join("usr/bin")) {
        return None;
    }
    let chosen = crate::fs::read_link(root.join(CHOSEN)).ok();
    let chosen = chosen.and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    let places = chosen
        .into_iter()
        .chain(PLACES.map(|place| root.join(place)));
    let mut programs = places.map(|place| place.join("usr/bin").join(name));
    Some(Starts {
        python: programs.find(|program| is_executable(program)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform;

    fn program(root: &Utf8Path, path: &str) -> Utf8PathBuf {
        let path = root.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::copy("/bin/sh", &path).unwrap();
        path
    }

    #[cfg(unix)]
    #[test]
    fn the_python_of_the_developer_tools_is_found_without_running_apples_program() {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(keep.path()).unwrap();
        let stub = program(root, "usr/bin/python3");
        let on_mac = |program: &Utf8Path| on(Platform::MacOs, program, root);
        let starts = |python: Option<&Utf8PathBuf>| {
            let python = python.cloned();
            Some(Starts { python })
        };
        assert_eq!(on_mac(&stub), starts(None));
        let link = root.join("python3");
        platform::symlink(&stub, &link).unwrap();
        assert_eq!(on_mac(&link), starts(None));
        assert_eq!(on(Platform::Linux, &stub, root), None);

        let tools = program(root, "Library/Developer/CommandLineTools/usr/bin/python3");
        assert_eq!(on_mac(&stub), starts(Some(&tools)));
        let beta = program(root, "Xcode-beta.app/Contents/Developer/usr/bin/python3");
        let chosen = root.join(CHOSEN);
        fs_err::create_dir_all(chosen.parent().unwrap()).unwrap();
        platform::symlink(&root.join("Xcode-beta.app/Contents/Developer"), &chosen).unwrap();
        assert_eq!(on_mac(&stub), starts(Some(&beta)));

        // Others are what they are: a framework's, Apple's own Python 2 of before macOS 12.3, a link to it.
        let framework = "System/Library/Frameworks/Python.framework/Versions/2.7/bin/python2.7";
        let framework = program(root, framework);
        let old = root.join("usr/bin/python2.7");
        platform::symlink(&framework, &old).unwrap();
        for other in [&tools, &framework, &old, &program(root, "usr/bin/perl")] {
            assert_eq!(on_mac(other), None, "{other}");
        }
    }
}
