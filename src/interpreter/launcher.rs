//! The versions that the launcher of Windows, `py.exe`, starts without a version of its own (PEP 397): variables, then `py.ini`.

use std::io;

use camino::Utf8PathBuf;

use super::request::{Kind, Request};
use crate::config::{Config, vars};
use crate::formats::settings::ini_words;
use crate::fs::{is_absent, is_executable, read_small_text};
use crate::platform::Platform;

/// A version, and where the user has chosen it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) version: Request,
    /// For messages.
    pub(super) origin: String,
}

/// The Python that `py` starts. `None` without a choice, and where there is no launcher.
///
/// # Errors
/// When a file that is there cannot be read.
pub(super) fn default(config: &Config, platform: Platform) -> io::Result<Option<Chosen>> {
    if platform != Platform::Windows {
        return Ok(None);
    }
    let Some(chosen) = chosen(config, vars::PY_PYTHON, "python")? else {
        return Ok(None);
    };
    // `3` is whatever `py -3` starts.
    let better = of_major(&chosen.version, config, platform)?;
    Ok(Some(better.unwrap_or(chosen)))
}

/// The Python that `py -3` starts, for a request that names Python 3 and nothing more.
///
/// # Errors
/// As [`default`].
pub(super) fn of_major(
    request: &Request,
    config: &Config,
    platform: Platform,
) -> io::Result<Option<Chosen>> {
    let text = request.to_string();
    let (variable, key) = match text.strip_prefix("python").unwrap_or(&text) {
        "3" => (vars::PY_PYTHON3, "python3"),
        "2" => (vars::PY_PYTHON2, "python2"),
        _ => return Ok(None),
    };
    if platform != Platform::Windows {
        return Ok(None);
    }
    chosen(config, variable, key)
}

fn chosen(config: &Config, variable: &str, key: &str) -> io::Result<Option<Chosen>> {
    if let Some(text) = config.var(variable) {
        return Ok(version(text.trim(), variable));
    }
    for file in files(config) {
        let text = match read_small_text(&file) {
            Ok(text) => text,
            Err(err) if is_absent(&err) => continue,
            Err(err) => return Err(err),
        };
        if let Some(word) = ini_words(&text, &["defaults"], key).first() {
            return Ok(version(word, file.as_str()));
        }
    }
    Ok(None)
}

/// Another word than a version is no choice.
fn version(text: &str, origin: &str) -> Option<Chosen> {
    let version = text.parse::<Request>().ok()?;
    matches!(version.kind, Kind::Wanted(_)).then(|| Chosen {
        version,
        origin: origin.to_owned(),
    })
}

/// The user's file, then the one beside the launcher.
fn files(config: &Config) -> impl Iterator<Item = Utf8PathBuf> {
    let local = config.path_var(vars::LOCALAPPDATA);
    let mut dirs = config.path_dirs().into_iter();
    let beside = dirs.find(|dir| is_executable(&dir.join("py.exe")));
    let dirs = [local, beside].into_iter().flatten();
    dirs.map(|dir| dir.join("py.ini"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8Path;

    #[test]
    fn variables_come_before_files() {
        let keep = tempfile::tempdir().unwrap();
        let dir = Utf8Path::from_path(keep.path()).unwrap();
        let ini = |name: &str, text: &str| {
            let dir = dir.join(name);
            fs_err::create_dir_all(&dir).unwrap();
            fs_err::write(dir.join("py.ini"), text).unwrap();
        };
        ini("local", "[defaults]\r\npython=3.11\r\n; python3=3.7\r\n");
        ini(
            "beside",
            "[commands]\npython3=x\n[defaults]\npython3 = 3.12-64\n",
        );
        crate::fs::write_new(&dir.join("beside/py.exe"), "", 0o755).unwrap();
        let (local, beside) = (dir.join("local"), dir.join("beside"));
        let (user, all) = (local.join("py.ini"), beside.join("py.ini"));
        let base = [
            (vars::LOCALAPPDATA, local.as_str()),
            (vars::PATH, beside.as_str()),
        ];
        let with = |more: &[(&'static str, &'static str)]| {
            Config::given(dir, base.into_iter().chain(more.iter().copied()))
        };
        let shown = |chosen: Option<Chosen>| {
            chosen.map(|chosen| format!("{} {}", chosen.version, chosen.origin))
        };
        for (more, expect) in [
            (vec![], format!("3.11 {user}")),
            (vec![(vars::PY_PYTHON, "3.9")], "3.9 PY_PYTHON".to_owned()),
            (vec![(vars::PY_PYTHON, "3")], format!("3.12-64 {all}")),
            (
                vec![(vars::PY_PYTHON, "3"), (vars::PY_PYTHON3, "3.8")],
                "3.8 PY_PYTHON3".to_owned(),
            ),
        ] {
            let found = default(&with(&more), Platform::Windows).unwrap();
            assert_eq!(shown(found), Some(expect), "{more:?}");
        }
        assert_eq!(shown(default(&with(&[]), Platform::Linux).unwrap()), None);
        let of = |text: &str, platform| {
            let request = text.parse::<Request>().unwrap();
            shown(of_major(&request, &with(&[]), platform).unwrap())
        };
        for text in ["3", "python3"] {
            assert_eq!(of(text, Platform::Windows), Some(format!("3.12-64 {all}")));
            assert_eq!(of(text, Platform::MacOs), None);
        }
        for text in ["3.12", "pypy3", "2", ">=3"] {
            assert_eq!(of(text, Platform::Windows), None, "{text}");
        }
    }
}
