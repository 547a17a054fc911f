//! The start-up files of the user's shells: adds the line that loads the hook to one, and removes it from all.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::error::Error;
use crate::fs;
use crate::platform::{self, Platform};
use crate::shell::Shell;
use crate::shell::startup::{by_program, other_files, start_line};
use crate::shell::startup_file::{self, Edited, Found};

/// A start-up file.
pub(crate) struct StartupFile {
    /// Its path, as the user knows it.
    pub(crate) path: Utf8PathBuf,
    /// Its bytes. `None`: it does not exist.
    text: Option<Vec<u8>>,
}

/// The start-up file of the shell whose program has this name, and the line for it.
///
/// # Errors
/// When the shell has no hook, or the path of its start-up file is unknown.
pub(crate) fn place(
    shell: Shell,
    program: &str,
    config: &Config,
) -> Result<(Utf8PathBuf, &'static str), Error> {
    let (file, line) = start_line(shell).ok_or(Error::NoHook { shell })?;
    let paths = match by_program(shell, program) {
        Some(files) => vec![by_env(program, files, config)?],
        None => paths(shell, file, config)?,
    };
    // tcsh reads `.cshrc` only if there is no `.tcshrc`: a new one would hide it.
    for path in &paths {
        if fs::is_file(path)? {
            return Ok((path.clone(), line));
        }
    }
    if !shell.has_functions() {
        return Err(Error::Usage {
            message: "cmd has no start-up file".to_owned(),
            hint: Some(format!("{line}, a directory on PATH")),
        });
    }
    let path = paths.into_iter().next().ok_or_else(|| Error::Usage {
        message: format!("only {shell} itself knows where its start-up file is: {file}"),
        hint: Some(by_hand(line, Platform::HERE)),
    })?;
    Ok((path, line))
}

/// The file that the program reads: the one that `ENV` names if it looks there, or else its own.
fn by_env(
    program: &str,
    (reads_env, own): (bool, Option<&str>),
    config: &Config,
) -> Result<Utf8PathBuf, Error> {
    let named = config
        .var(vars::ENV)
        .filter(|file| reads_env && !file.is_empty());
    match (named, own) {
        (Some(file), _) => config.absolute(&config.expanded(&file)),
        (None, Some(name)) => Ok(home(Shell::Ksh, config)?.join(name)),
        (None, None) => Err(Error::Usage {
            message: format!("{program} reads the file that ENV names, and ENV is not set"),
            hint: Some(
                "put `export ENV=\"$HOME/.shrc\"` into ~/.profile, and log in again".to_owned(),
            ),
        }),
    }
}

/// What the user does where only PowerShell knows its file: each has another one, which may be in a synchronised directory.
fn by_hand(line: &str, platform: Platform) -> String {
    let policy = match platform {
        Platform::Windows => {
            ", and if it may run no scripts: Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
        }
        _ => "",
    };
    format!(
        "run there: if (!(Test-Path $PROFILE)) {{ New-Item -Force $PROFILE }}; Add-Content $PROFILE \"`n{line}\"{policy}"
    )
}

/// The directory that the shell calls `~`: those from Unix keep to `HOME` on Windows, too.
fn home(shell: Shell, config: &Config) -> Result<Utf8PathBuf, Error> {
    let own = config.var(vars::HOME).map(Utf8PathBuf::from);
    let own = own.filter(|home| shell.is_from_unix() && home.is_absolute());
    own.or_else(|| config.home()).ok_or(Error::NoHomeDirectory)
}

/// The possible paths of that file, most likely first. Empty where only the shell knows.
fn paths(shell: Shell, file: &str, config: &Config) -> Result<Vec<Utf8PathBuf>, Error> {
    let home = home(shell, config)?;
    if let Some(below) = file.strip_prefix("~/.config/") {
        return Ok(vec![config.config_dir_below(&home).join(below)]);
    }
    let Some(name) = file.strip_prefix("~/") else {
        return Ok(Vec::new());
    };
    let own = config
        .path_var(vars::ZDOTDIR)
        .filter(|_| shell == Shell::Zsh);
    let first = own.unwrap_or_else(|| home.clone()).join(name);
    let others = other_files(shell).iter().map(|other| home.join(other));
    Ok(std::iter::once(first).chain(others).collect())
}

/// The start-up files that exist, of all shells.
pub(crate) fn all(config: &Config) -> Result<Vec<StartupFile>, Error> {
    let mut files = Vec::new();
    for shell in Shell::ALL {
        let Some((file, _)) = start_line(shell) else {
            continue;
        };
        let mut paths = paths(shell, file, config)?;
        let files_of_program = by_program(shell, shell.name());
        paths.extend(files_of_program.and_then(|files| by_env(shell.name(), files, config).ok()));
        for path in paths {
            let is_known = files.iter().any(|file: &StartupFile| file.path == path);
            if !is_known && fs::is_file(&path)? {
                files.push(StartupFile::read(path)?);
            }
        }
    }
    Ok(files)
}

impl StartupFile {
    /// Reads it.
    ///
    /// # Errors
    /// When it cannot be read, or is not a text file.
    pub(crate) fn read(path: Utf8PathBuf) -> Result<Self, Error> {
        if !fs::exists(&path)? {
            return Ok(Self { path, text: None });
        }
        // Nothing is read from a pipe, and not so much from a device.
        let text = fs::is_file(&path)?.then(|| fs::read(&path));
        match text.transpose()? {
            Some(text) if !text.contains(&0) => Ok(Self {
                path,
                text: Some(text),
            }),
            _ => Err(Error::NotText { path }),
        }
    }

    /// The lines that concern venvsh.
    pub(crate) fn look(&self) -> Found {
        startup_file::look(self.text.as_deref().unwrap_or_default())
    }

    /// Lines behind the one that loads the hook that define one of the commands' names: number and name.
    pub(crate) fn redefined(&self, names: &[&str]) -> Vec<(usize, String)> {
        startup_file::redefined(self.text.as_deref().unwrap_or_default(), names)
    }

    /// One of its lines.
    pub(crate) fn line(&self, number: usize) -> String {
        let text = String::from_utf8_lossy(self.text.as_deref().unwrap_or_default());
        let line = text.lines().nth(number - 1).unwrap_or_default();
        line.trim().to_owned()
    }

    /// The file with the line that loads the hook.
    pub(crate) fn with_hook(&self, line: &str, without_virtualenvwrapper: bool) -> Edited {
        startup_file::with_block(self.text.as_deref(), line, without_virtualenvwrapper)
    }

    /// The file without the changes of [`StartupFile::with_hook`]. `None`: it has none.
    pub(crate) fn without_hook(&self) -> Option<Edited> {
        startup_file::without_block(self.text.as_deref()?)
    }

    /// Checks that it can be written: it, and the directory that it is replaced in.
    ///
    /// # Errors
    /// When it is read-only.
    pub(crate) fn check_writable(&self) -> Result<(), Error> {
        let is_writable = if self.text.is_some() {
            let target = crate::platform::real(&self.path)?;
            !fs::metadata(&target)?.permissions().readonly()
                && target.parent().is_some_and(platform::is_writable)
        } else {
            let mut above = self.path.ancestors().skip(1);
            let directory = above.find(|path| fs::exists(path).unwrap_or(false));
            directory.is_some_and(platform::is_writable)
        };
        if is_writable {
            return Ok(());
        }
        Err(Error::ReadOnly {
            path: self.path.clone(),
        })
    }

    /// Writes the edited file. A link stays a link, and the permissions stay.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write(&self, edited: &Edited) -> Result<(), Error> {
        if self.text.is_none() {
            if let Some(directory) = self.path.parent() {
                fs::make_directories(directory)?;
            }
            let text = edited.text.as_deref().unwrap_or_default();
            return Ok(fs::write_atomic(&self.path, text)?);
        }
        let target = crate::platform::real(&self.path)?;
        match &edited.text {
            Some(text) => fs::replace(&target, |new| {
                fs::copy(&target, new)?;
                fs::write(new, text)
            })?,
            None => platform::remove_file(&self.path)?,
        }
        Ok(())
    }

    /// Copies the file under a free name beside it. `None`: the file does not exist yet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn copy(&self) -> Result<Option<Utf8PathBuf>, Error> {
        let Some(text) = &self.text else {
            return Ok(None);
        };
        let first = format!("{}{COPY}", self.path);
        let names = (2..100).map(|number| format!("{first}-{number}"));
        for path in std::iter::once(first.clone()).chain(names) {
            let path = Utf8PathBuf::from(path);
            if !fs::exists(&path)? {
                fs::copy(&self.path, &path)?;
                return Ok(Some(path));
            }
            if fs::read(&path)? == *text {
                return Ok(Some(path));
            }
        }
        Err(Error::Exists {
            path: Utf8PathBuf::from(first),
        })
    }

    /// Deletes the copies that equal the edited file.
    ///
    /// # Errors
    /// When one cannot be read or deleted.
    pub(crate) fn delete_copies_of(&self, edited: &Edited) -> Result<(), Error> {
        let Some(text) = &edited.text else {
            return Ok(());
        };
        for copy in self.copies() {
            if fs::read(&copy)? == *text {
                platform::remove_file(&copy)?;
            }
        }
        Ok(())
    }

    /// The copies that [`StartupFile::copy`] has made.
    pub(crate) fn copies(&self) -> Vec<Utf8PathBuf> {
        let start = format!("{}{COPY}", self.path);
        let all = fs::children(self.path.parent().unwrap_or(Utf8Path::new("/")));
        let mut copies: Vec<_> = all
            .into_iter()
            .filter(|path| path.as_str().starts_with(&start))
            .collect();
        copies.sort_unstable();
        copies
    }
}

/// Suffix of a copy's name.
const COPY: &str = ".before-venvsh";

/// Whether the path exists.
pub(crate) fn exists(path: &Utf8Path) -> Result<bool, Error> {
    Ok(fs::exists(path)?)
}

/// Deletes a directory with all that is in it.
pub(crate) fn delete(directory: &Utf8Path) -> Result<(), Error> {
    Ok(crate::platform::remove_tree(directory)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powershell_is_told_what_to_run() {
        let (_, line) = start_line(Shell::PowerShell).unwrap();
        let add = "run there: if (!(Test-Path $PROFILE)) { New-Item -Force $PROFILE }; Add-Content $PROFILE \"`nvenvsh hook powershell | Out-String | Invoke-Expression\"";
        assert_eq!(by_hand(line, Platform::Linux), add);
        assert_eq!(
            by_hand(line, Platform::Windows),
            format!(
                "{add}, and if it may run no scripts: Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
            )
        );
    }

    #[test]
    fn shells_from_unix_keep_to_home() {
        let (home, profile) = if cfg!(windows) {
            ("C:/msys64/home/me", "C:/Users/me")
        } else {
            ("/home/me", "/Users/me")
        };
        let config = Config::given("/", [(vars::HOME, home), (vars::USERPROFILE, profile)]);
        let file = |shell: Shell| place(shell, shell.name(), &config).unwrap().0;
        for (shell, below) in [
            (Shell::Bash, ".bashrc"),
            (Shell::Ksh, ".kshrc"),
            (Shell::Fish, ".config/fish/config.fish"),
        ] {
            assert_eq!(file(shell), Utf8Path::new(home).join(below), "{shell}");
        }
        let other = if cfg!(windows) { profile } else { home };
        assert_eq!(file(Shell::Xonsh), Utf8Path::new(other).join(".xonshrc"));
    }
}
