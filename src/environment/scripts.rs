//! Console scripts: `entry_points.txt`, and the text that starts them with the right Python.

use camino::Utf8Path;

use crate::interpreter::Version;

/// One console script of a distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Its file in `bin`.
    pub name: String,
    /// The module to import.
    pub module: String,
    /// What to call in it: `main`, `App.run`.
    pub function: String,
}

impl Script {
    /// The `[console_scripts]` of an `entry_points.txt`: `name = module:function [extras]`.
    #[must_use]
    pub fn of_entry_points(text: &str) -> Vec<Self> {
        let mut scripts = Vec::new();
        let mut section = "";
        for line in text.lines().map(str::trim) {
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                section = name.trim();
            } else if section == "console_scripts" {
                scripts.extend(Self::of_line(line));
            }
        }
        scripts
    }

    /// One line; also how the cache's manifest keeps it. `None` for what is not three plain names.
    #[must_use]
    pub fn of_line(line: &str) -> Option<Self> {
        let (name, target) = line.split_once('=')?;
        let target = target.split('[').next().unwrap_or(target).trim();
        let (module, function) = target.split_once(':')?;
        let script = Self {
            name: name.trim().to_owned(),
            module: module.trim().to_owned(),
            function: function.trim().to_owned(),
        };
        (is_file_name(&script.name) && is_dotted(&script.module) && is_dotted(&script.function))
            .then_some(script)
    }

    /// The line that [`Self::of_line`] reads.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} = {}:{}", self.name, self.module, self.function)
    }

    /// The names under which it is installed. A pip wheel made on another Python names that one (`pip3.7`): pip's
    /// own rule is `pip`, `pip3` and `pip3.12` of the Python at hand; the same for `easy_install`.
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

    /// The script's text. Python is named by its final path.
    #[must_use]
    pub fn text(&self, python: &Utf8Path, version: &Version) -> String {
        let Self {
            module, function, ..
        } = self;
        let first = function.split('.').next().unwrap_or(function);
        let shebang = shebang(python, version);
        format!(
            "{shebang}import sys\nfrom {module} import {first}\nif __name__ == \"__main__\":\n    sys.exit({function}())\n"
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
    // What activates an environment or starts Python is not a wheel's to write.
    let reserved = ["python", "pypy", "activate", "deactivate", "pyvenv"];
    !name.is_empty()
        && !name.starts_with(['.', '-'])
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c))
        && !reserved
            .iter()
            .any(|word| name.to_ascii_lowercase().starts_with(word))
}

fn is_dotted(name: &str) -> bool {
    name.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'))
}

/// The longest first line that every Linux reads whole (`BINPRM_BUF_SIZE` was 128), and macOS.
const LONGEST_SHEBANG: usize = if cfg!(target_os = "macos") { 512 } else { 127 };

/// The first lines of a script that this Python shall run.
///
/// The kernel splits `#!` lines at blanks and cuts long ones. Such a path is started by `sh`, in a line that is a
/// string for Python. It stays the exception: dash drops variables whose names are not identifiers.
#[must_use]
pub fn shebang(python: &Utf8Path, version: &Version) -> String {
    let path = python.as_str();
    // Python 2 wants to be told about characters beyond ASCII, even in a comment, in the first two lines.
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
        let name = python.file_name().unwrap_or("python");
        format!(
            "#!/bin/sh\n'''exec' \"$(dirname -- \"$(realpath -- \"$0\")\")\"/{name} \"$0\" \"$@\"\n' '''\n"
        )
    } else {
        format!("#!/bin/sh\n'''exec' '{path}' \"$0\" \"$@\"\n' '''\n")
    }
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
        let scripts = Script::installed(&Script::of_entry_points(text), &version("3.12.1"));
        let names: Vec<_> = scripts.iter().map(|script| script.name.as_str()).collect();
        assert_eq!(names, ["pip", "pip3", "pip3.12", "wheel"]);
        assert_eq!(scripts[3].line(), "wheel = wheel.cli:App.run");
        assert!(
            scripts[3]
                .text("/e/bin/python".into(), &version("3.12.1"))
                .contains("import App\n")
        );
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
        assert!(shebang("/it's here/bin/python".into(), &python3).contains("realpath"));
        assert!(shebang("/é/bin/python".into(), &version("2.7.18")).contains("coding: utf-8"));
        let exact = format!("/{}/bin/python", "x".repeat(127 - 3 - 12));
        assert!(shebang(exact.as_str().into(), &python3).starts_with("#!/x"));
    }
}
