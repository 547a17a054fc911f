//! How the shells of Git Bash, MSYS2 and Cygwin write the paths of Windows.

/// How a shell writes paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As the system does.
    #[default]
    Native,
    /// The drive `C:` is the directory `c` below this one, which ends in `/`, and lists are separated by `:`.
    Drives(String),
}

impl Spelling {
    /// That of a shell whose hook says this of itself: `msys`, where drives are below `/`, or the directory of the drives.
    #[must_use]
    pub fn from_hook(said: &str) -> Self {
        match said {
            "msys" => Self::Drives("/".to_owned()),
            _ if said.starts_with('/') => Self::Drives(format!("{}/", said.trim_end_matches('/'))),
            _ => Self::Native,
        }
    }

    /// The value as the shell writes it, if it is an absolute path of Windows; every other value as it is.
    #[must_use]
    pub fn path(&self, native: &str) -> String {
        let Self::Drives(drives) = self else {
            return native.to_owned();
        };
        if let Some((drive, rest)) = on_drive(native) {
            let rest = rest.replace('\\', "/");
            return format!("{drives}{}{rest}", drive.to_ascii_lowercase());
        }
        match native.strip_prefix(r"\\") {
            Some(share) if !share.starts_with(['?', '.']) => {
                format!("//{}", share.replace('\\', "/"))
            }
            _ => native.to_owned(),
        }
    }

    /// A list such as `PATH` as the shell writes it. Entries may stand in quotes there, and empty ones mean nothing.
    #[must_use]
    pub fn list(&self, native: &str) -> String {
        if *self == Self::Native {
            return native.to_owned();
        }
        let mut quoted = false;
        let entries = native.split(|c| {
            quoted ^= c == '"';
            c == ';' && !quoted
        });
        let entries = entries.map(|entry| self.path(&entry.replace('"', "")));
        let entries: Vec<_> = entries.filter(|entry| !entry.is_empty()).collect();
        entries.join(":")
    }

    /// The path of Windows that the shell writes so; `None` where it is not the path of a drive.
    #[must_use]
    pub fn native(&self, path: &str) -> Option<String> {
        let Self::Drives(drives) = self else {
            return None;
        };
        let below = path.strip_prefix(drives.as_str())?;
        let drive = below.chars().next().filter(char::is_ascii_alphabetic)?;
        let rest = &below[1..];
        let rest = if rest.is_empty() { "/" } else { rest };
        let is_directory = rest.starts_with('/');
        is_directory.then(|| format!("{}:{}", drive.to_ascii_uppercase(), rest.replace('/', r"\")))
    }
}

/// The letter of the drive, and the rest from its separator on.
fn on_drive(path: &str) -> Option<(char, &str)> {
    let path = path.strip_prefix(r"\\?\").unwrap_or(path);
    let drive = path.chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = path[1..].strip_prefix(':')?;
    rest.starts_with(['\\', '/']).then_some((drive, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_shell() {
        let (msys, cygwin) = ("msys", "/cygdrive");
        for (said, native, expect) in [
            (msys, r"C:\Users\x y\Envs\demo", "/c/Users/x y/Envs/demo"),
            (msys, "d:/a", "/d/a"),
            (msys, r"C:\", "/c/"),
            (msys, r"\\server\share\x", "//server/share/x"),
            (msys, r"\\?\C:\x", "/c/x"),
            (cygwin, r"C:\x", "/cygdrive/c/x"),
            (msys, "demo", "demo"),
            (msys, "C:x", "C:x"),
            (msys, r"\\.\pipe\x", r"\\.\pipe\x"),
            (msys, "é", "é"),
            ("", r"C:\x", r"C:\x"),
        ] {
            assert_eq!(Spelling::from_hook(said).path(native), expect, "{native}");
        }
    }

    #[test]
    fn lists_have_colons() {
        let list = r#"C:\a;"D:\b;c";;%X%\d;C:\e\"#;
        let msys = Spelling::from_hook("msys");
        assert_eq!(msys.list(list), r"/c/a:/d/b;c:%X%\d:/c/e/");
        assert_eq!(Spelling::Native.list(list), list);
    }

    #[test]
    fn a_path_of_the_shell_is_one_of_windows() {
        let cygwin = Spelling::from_hook("/cygdrive");
        for (path, expect) in [
            ("/cygdrive/c/Users/x", Some(r"C:\Users\x")),
            ("/cygdrive/c", Some(r"C:\")),
            ("/cygdrive/cd/x", None),
            ("/usr/bin", None),
            (r"C:\x", None),
        ] {
            assert_eq!(cygwin.native(path).as_deref(), expect, "{path}");
        }
        assert_eq!(Spelling::Native.native("/c/x"), None);
        let msys = Spelling::from_hook("msys");
        assert_eq!(msys.native("/c/x").as_deref(), Some(r"C:\x"));
        assert_eq!(msys.native("/etc/x"), None);
    }
}
