//! Pythons in the registry of Windows (PEP 514), from what `reg query KEY /s` prints.

use std::process::{Command, Stdio};

use camino::Utf8PathBuf;

use crate::platform::Platform;

/// The keys, in the order of PEP 514: the user's, then those of all users, 64 bits before 32.
const QUERIES: [&[&str]; 3] = [
    &["query", r"HKCU\Software\Python", "/s"],
    &["query", r"HKLM\Software\Python", "/s", "/reg:64"],
    &["query", r"HKLM\Software\Python", "/s", "/reg:32"],
];

/// The key that holds companies, and these their tags; in lower case.
const ROOT: &str = r"\software\python\";

/// The executables of the registered Pythons; none where there is no registry.
pub(super) fn executables() -> Vec<Utf8PathBuf> {
    if Platform::HERE != Platform::Windows {
        return Vec::new();
    }
    QUERIES
        .iter()
        .flat_map(|query| parse(&said(query)))
        .collect()
}

fn said(query: &[&str]) -> String {
    let mut command = Command::new("reg.exe");
    command
        .args(query)
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    let output = command.output().map(|output| output.stdout);
    String::from_utf8_lossy(&output.unwrap_or_default()).into_owned()
}

/// One `Company\Tag`.
#[derive(Default)]
struct Registered {
    key: String,
    directory: Option<String>,
    executable: Option<String>,
    /// Whether it needs arguments to be a Python.
    has_arguments: bool,
}

/// The executables in the text of a query.
fn parse(text: &str) -> Vec<Utf8PathBuf> {
    let mut all: Vec<Registered> = Vec::new();
    for line in text.lines() {
        if line.starts_with("HKEY_") {
            let key = line.trim_end();
            if let Some(key) = strip_last(key, r"\InstallPath") {
                all.push(Registered {
                    key: key.to_owned(),
                    ..Registered::default()
                });
            } else {
                // The values of the tag itself, and of other keys below it, say nothing about where it is.
                all.push(Registered::default());
            }
        } else if let (Some((name, value)), Some(last)) = (value(line), all.last_mut()) {
            last.take(name, value);
        }
    }
    all.iter().filter_map(Registered::executable).collect()
}

/// The text without that end, in upper or lower case: keys have none.
fn strip_last<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(end.len())?;
    let (start, rest) = text.split_at_checked(at)?;
    rest.eq_ignore_ascii_case(end).then_some(start)
}

/// Name and text of a line `    NAME    REG_SZ    TEXT`. Names may have blanks.
fn value(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line
        .split_once("    REG_SZ    ")
        .or_else(|| line.split_once("    REG_EXPAND_SZ    "))?;
    Some((name.trim(), text.trim()))
}

impl Registered {
    fn take(&mut self, name: &str, text: &str) {
        match name {
            "ExecutablePath" => self.executable = Some(text.to_owned()),
            "ExecutableArguments" => self.has_arguments = !text.is_empty(),
            // `(Default)`, in the language of the system.
            _ if name.starts_with('(') && name.ends_with(')') => {
                self.directory = Some(text.to_owned());
            }
            _ => {}
        }
    }

    /// PEP 514: `PyLauncher` is no company but the launcher, and without `ExecutablePath` it is `python.exe` in the directory.
    fn executable(&self) -> Option<Utf8PathBuf> {
        let root = self.key.to_ascii_lowercase().find(ROOT)? + ROOT.len();
        let (company, tag) = self.key.get(root..)?.split_once('\\')?;
        if tag.contains('\\') {
            return None;
        }
        if company.eq_ignore_ascii_case("PyLauncher") || self.has_arguments {
            return None;
        }
        let directory = self.directory.as_ref();
        let in_directory = || Some(format!("{}\\python.exe", directory?.trim_end_matches('\\')));
        self.executable
            .clone()
            .or_else(in_directory)
            .map(Utf8PathBuf::from)
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    /// As `reg query` prints it: an English and a German system, with the keys of several companies.
    const SAID: &str = r"
HKEY_CURRENT_USER\Software\Python\PythonCore
    DisplayName    REG_SZ    Python Software Foundation

HKEY_CURRENT_USER\Software\Python\PythonCore\3.12
    DisplayName    REG_SZ    Python 3.12 (64-bit)
    Version    REG_SZ    3.12.1
    SysVersion    REG_SZ    3.12
    SysArchitecture    REG_SZ    64bit

HKEY_CURRENT_USER\Software\Python\PythonCore\3.12\Help\Main Python Documentation
    (Default)    REG_SZ    C:\Python312\Doc\html\index.html

HKEY_CURRENT_USER\Software\Python\PythonCore\3.12\InstallPath
    (Default)    REG_SZ    C:\Users\me\AppData\Local\Programs\Python\Python312\
    ExecutablePath    REG_SZ    C:\Users\me\AppData\Local\Programs\Python\Python312\python.exe
    WindowedExecutablePath    REG_SZ    C:\Users\me\AppData\Local\Programs\Python\Python312\pythonw.exe

HKEY_CURRENT_USER\Software\Python\PythonCore\2.7\InstallPath
    (Standard)    REG_SZ    C:\Python 27\

HKEY_CURRENT_USER\Software\Python\PyLauncher\InstallPath
    (Default)    REG_SZ    C:\Windows\

HKEY_CURRENT_USER\Software\Python\PyLauncher\1\InstallPath
    (Default)    REG_SZ    C:\Windows\

HKEY_CURRENT_USER\Software\Python\Vendor\1.0\InstallPath
    ExecutablePath    REG_SZ    C:\vendor\host.exe
    ExecutableArguments    REG_SZ    --python

HKEY_CURRENT_USER\Software\Python\ContinuumAnalytics\Anaconda39-64\InstallPath
    ExecutablePath    REG_EXPAND_SZ    C:\anaconda3\python.exe

HKEY_CURRENT_USER\Software\Python\Broken\1\InstallPath
";

    #[test]
    fn registered_pythons_are_those_of_pep_514() {
        let found = parse(&SAID.replace('\n', "\r\n"));
        let expect = [
            r"C:\Users\me\AppData\Local\Programs\Python\Python312\python.exe",
            r"C:\Python 27\python.exe",
            r"C:\anaconda3\python.exe",
        ];
        assert_eq!(found, expect);
    }

    #[test]
    fn other_text_is_no_python() {
        for text in [
            "",
            "ERROR: The system was unable to find the key.\r\n",
            "    (Default)    REG_SZ    C:\\x\r\n",
            "HKEY_\r\n    ExecutablePath    REG_SZ    C:\\x.exe\r\n",
        ] {
            assert!(parse(text).is_empty(), "{text}");
        }
    }
}
