//! Console scripts: the programs of a distribution, and the text that starts them with the right Python.

use camino::Utf8Path;

use super::entry_points::{self, EntryPoint};
use super::launcher;
use super::version::Version;
use crate::platform::Platform;

/// The group of console scripts in `entry_points.txt`.
const GROUP: &str = "console_scripts";

/// One console script of a distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleScript {
    /// Its file in `bin`.
    pub name: String,
    /// The module to import.
    pub module: String,
    /// The callable in it: `main`, `App.run`.
    pub function: String,
}

impl ConsoleScript {
    /// The console scripts in the text of an `entry_points.txt`.
    #[must_use]
    pub fn parse(text: &str) -> Vec<Self> {
        entry_points::parse(text)
            .filter(|point| point.group == GROUP)
            .filter_map(Self::from_entry_point)
            .collect()
    }

    /// `name = module:function`, as [`Self::line`] writes it.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        Self::from_entry_point(EntryPoint::from_line(GROUP, line)?)
    }

    /// `None` unless it is three plain names, none of them the name of a file of the environment's own.
    fn from_entry_point(point: EntryPoint<'_>) -> Option<Self> {
        let is_plain = is_file_name(point.name)
            && is_dotted(point.module)
            && is_dotted(point.attribute)
            && !is_reserved(point.name);
        is_plain.then(|| Self {
            name: point.name.to_owned(),
            module: point.module.to_owned(),
            function: point.attribute.to_owned(),
        })
    }

    /// The line that [`Self::from_line`] reads.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} = {}:{}", self.name, self.module, self.function)
    }

    /// The names under which it is installed. A pip wheel built by another Python names that one (`pip3.7`); pip
    /// installs `pip`, `pip3` and `pip3.12` for the present Python instead, and the same for `easy_install`.
    #[must_use]
    pub fn installed(scripts: &[Self], python: &Version) -> Vec<Self> {
        let mut out: Vec<Self> = Vec::new();
        for script in scripts {
            let names = match versioned(&script.name) {
                Some("pip") => vec![
                    "pip".into(),
                    format!("pip{}", python.major),
                    format!("pip{}", python.short()),
                ],
                Some("easy_install") => vec![
                    "easy_install".into(),
                    format!("easy_install-{}", python.short()),
                ],
                _ => vec![script.name.clone()],
            };
            for name in names {
                if !out.iter().any(|known| known.name == name) {
                    out.push(Self {
                        name,
                        ..script.clone()
                    });
                }
            }
        }
        out
    }

    /// The script's text, after the first lines that start Python: [`shebang`] or [`shebang_beside`].
    #[must_use]
    pub fn text(&self, shebang: &str) -> String {
        shebang.to_owned() + &self.code("")
    }

    /// The same for Windows, which starts programs only: behind a launcher. The program's name loses its ending, as on other
    /// systems.
    #[must_use]
    pub fn program(&self, launcher: &[u8], python: &Utf8Path) -> Vec<u8> {
        let ending =
            "    if sys.argv[0].endswith(\".exe\"):\n        sys.argv[0] = sys.argv[0][:-4]\n";
        launcher::program(launcher, python, &self.code(ending))
    }

    /// Calls the function, after that statement.
    fn code(&self, before: &str) -> String {
        let Self {
            module, function, ..
        } = self;
        let first = function.split('.').next().unwrap_or(function);
        format!(
            "import sys\nfrom {module} import {first}\nif __name__ == \"__main__\":\n{before}    sys.exit({function}())\n"
        )
    }
}

/// `pip`, `pip3`, `pip3.7`, `pip-3.7`: the name without its version, if it is one of the two that carry one.
fn versioned(name: &str) -> Option<&'static str> {
    ["pip", "easy_install"].into_iter().find(|known| {
        name.strip_prefix(known).is_some_and(|rest| {
            rest.chars()
                .all(|c| c.is_ascii_digit() || c == '.' || c == '-')
        })
    })
}

fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['.', '-'])
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c))
}

/// Whether a file of that name in `bin` is the environment's own: an interpreter, an activation script, a hook script. No
/// distribution may write or remove it: `postactivate` would be sourced whenever the environment is entered.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    const INTERPRETERS: [&str; 3] = ["python", "pypy", "graalpy"];
    // With any suffix, as in `activate.fish` and `postactivate.ps1`.
    const SCRIPTS: [&str; 10] = [
        "activate",
        "activate_this",
        "deactivate",
        "pydoc",
        "pyvenv",
        "preactivate",
        "postactivate",
        "predeactivate",
        "postdeactivate",
        "get_env_details",
    ];
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    // `python3.13t`, `pythonw`; a program that has more in its name, as `python-argcomplete-tcsh`, is another's.
    let is_interpreter = INTERPRETERS
        .iter()
        .filter_map(|known| name.strip_prefix(known))
        .any(|rest| {
            rest.chars()
                .all(|c| c.is_ascii_digit() || ".tdmuw".contains(c))
        });
    is_interpreter || SCRIPTS.contains(&name.split('.').next().unwrap_or(name))
}

fn is_dotted(name: &str) -> bool {
    name.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'))
}

/// The longest first line that is read whole.
const LONGEST_SHEBANG: usize = Platform::HERE.longest_shebang();

/// The first lines of a script that this Python runs.
///
/// The kernel splits `#!` lines at blanks and cuts long ones. Such a path is started by `sh`, in a line that is a
/// string for Python. It stays the exception: dash drops variables whose names are not identifiers.
#[must_use]
pub fn shebang(python: &Utf8Path, version: &Version) -> String {
    let path = python.as_str();
    // Python 2 needs a declaration of characters beyond ASCII, even in a comment, in the first two lines.
    let is_foreign = version.major == 2 && !path.is_ascii();
    if path.len() + 3 <= LONGEST_SHEBANG && !path.contains(char::is_whitespace) {
        let coding = if is_foreign {
            "# -*- coding: utf-8 -*-\n"
        } else {
            ""
        };
        return format!("#!{path}\n{coding}");
    }
    // Neither language's quoting may see a quote or a backslash: then the script looks beside itself.
    if path.contains(['\'', '\\']) || is_foreign {
        shebang_beside(python.file_name().unwrap_or("python"))
    } else {
        format!("#!/bin/sh\n'''exec' '{path}' \"$0\" \"$@\"\n' '''\n")
    }
}

/// The command with which [`shebang_beside`] names its own directory.
pub(super) const OWN_DIRECTORY: &str = "\"$(dirname -- \"$(realpath -- \"$0\")\")\"";

/// The first lines of a script that is run by the program of that name beside it, wherever both are.
#[must_use]
pub fn shebang_beside(name: &str) -> String {
    format!("#!/bin/sh\n'''exec' {OWN_DIRECTORY}/{name} \"$0\" \"$@\"\n' '''\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn pip_is_named_after_the_python_at_hand() {
        let text = "[console_scripts]\npip = pip._internal:main\npip3 = pip._internal:main\npip3.7 = pip._internal:main\n\
                    wheel = wheel.cli:App.run [extra]\npython = evil:main\n../x = evil:main\n\n[other]\na = b:c\n";
        let scripts = ConsoleScript::installed(&ConsoleScript::parse(text), &version("3.12.1"));
        let names: Vec<_> = scripts.iter().map(|script| script.name.as_str()).collect();
        assert_eq!(names, ["pip", "pip3", "pip3.12", "wheel"]);
        assert_eq!(scripts[3].line(), "wheel = wheel.cli:App.run");
        assert!(
            scripts[3]
                .text("#!/e/bin/python\n")
                .contains("import App\n")
        );
    }

    #[test]
    fn the_environments_own_files_are_reserved() {
        for name in [
            "python",
            "python3",
            "python3.13t",
            "pythonw.exe",
            "pypy3.10",
            "graalpy",
            "activate",
            "Activate.ps1",
            "activate_this.py",
            "deactivate.bat",
            "pydoc.bat",
            "postactivate",
            "postactivate.fish",
            "get_env_details",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in [
            "pip",
            "python-argcomplete-tcsh",
            "pypyr",
            "activate-global-python-argcomplete",
            "sudo",
        ] {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn a_shebang_is_plain_where_the_kernel_reads_it() {
        let python3 = version("3.12.1");
        assert_eq!(
            shebang("/e/bin/python".into(), &python3),
            "#!/e/bin/python\n"
        );
        for path in [
            "/a b/bin/python".to_owned(),
            format!("/{}/bin/python", "x".repeat(120)),
        ] {
            assert!(
                shebang(path.as_str().into(), &python3).contains(&format!("'''exec' '{path}'"))
            );
        }
        assert!(shebang_beside("python").contains("realpath"));
        assert!(shebang("/it's here/bin/python".into(), &python3).contains("realpath"));
        assert!(shebang("/é/bin/python".into(), &version("2.7.18")).contains("coding: utf-8"));
        let exact = format!("/{}/bin/python", "x".repeat(127 - 3 - 12));
        assert!(shebang(exact.as_str().into(), &python3).starts_with("#!/x"));
    }
}
