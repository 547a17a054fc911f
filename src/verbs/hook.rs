//! `venvsh hook SHELL`: prints, and does nothing else. It reads no configuration and no environment.

use camino::Utf8PathBuf;
use clap::Args;

use super::{Context, Outcome, Run, VERBS, compat};
use crate::config::{Config, vars};
use crate::error::Error;
use crate::shell::hook::{Command, Hook};
use crate::shell::startup::start_lines;
use crate::shell::{Ident, Shell, UnknownShell};
use crate::ui;

/// Arguments of `hook`.
#[derive(Args)]
#[command(after_help = start_lines())]
pub(super) struct HookArgs {
    /// The shell: bash, zsh, fish, tcsh, powershell
    shell: String,
    /// Put PREFIX before the name of every function
    #[arg(long, value_name = "PREFIX", conflicts_with = "no_cmd")]
    cmd: Option<String>,
    /// Define no function but `venvsh`
    #[arg(long)]
    no_cmd: bool,
    /// Leave completion out
    #[arg(long)]
    no_completion: bool,
}

impl Run for HookArgs {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let shell: Shell = self
            .shell
            .parse()
            .map_err(|err: UnknownShell| Error::Usage {
                message: format!("no such shell: {}", self.shell),
                hint: Some(err.to_string()),
            })?;
        let config = &context.config;
        let (program, emit_dir) = (program(config)?, emit_dir(config));
        let hook = Hook {
            program: program.as_str(),
            emit_dir: emit_dir.as_str(),
            commands: &self.commands()?,
            helpers: &if self.no_cmd {
                Vec::new()
            } else {
                compat::functions()
            },
            variables: &vars::HANDED_OVER
                .map(|name| Ident::new(name).expect("the names are constant")),
            completion: !self.no_completion,
            command_line: crate::cli::command,
        };
        let text = hook.render(shell)?.ok_or(Error::NoHook { shell })?;
        ui::out(&format!("{text}\n"));
        Ok(().into())
    }
}

impl HookArgs {
    fn commands(&self) -> Result<Vec<Command>, Error> {
        let prefix = self.cmd.as_deref().unwrap_or_default();
        let wrappers = VERBS
            .iter()
            .filter(|verb| verb.is_wrapper() && verb.name != "deactivate" && !self.no_cmd);
        wrappers
            .map(|verb| {
                let function =
                    Ident::new(&format!("{prefix}{}", verb.name)).ok_or_else(|| Error::Usage {
                        message: format!("not a prefix for names of functions: {prefix}"),
                        hint: Some("letters, digits and _".to_owned()),
                    })?;
                Ok(Command {
                    function,
                    verb: Ident::new(verb.name).expect("verbs have plain names"),
                })
            })
            .collect()
    }
}

/// The path under which the shell found this program, not the canonical one: package managers change what is behind it.
fn program(config: &Config) -> Result<Utf8PathBuf, Error> {
    let own = std::env::current_exe()
        .ok()
        .and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    let on_path = config
        .path_dirs()
        .into_iter()
        .map(|dir| dir.join("venvsh"))
        .find(|path| crate::fs::is_executable(path));
    match (on_path, own) {
        (Some(found), Some(own)) if crate::fs::is_same(&found, &own) => Ok(found),
        (_, Some(own)) => Ok(own),
        (Some(found), None) => Ok(found),
        (None, None) => Err(Error::NoProgram),
    }
}

/// A directory of the user's own for the plans of shells that read them from a file.
fn emit_dir(config: &Config) -> Utf8PathBuf {
    let runtime = config
        .var("XDG_RUNTIME_DIR")
        .map(Utf8PathBuf::from)
        .filter(|dir| dir.is_absolute());
    match runtime {
        Some(dir) => dir.join("venvsh"),
        None => config
            .cache_dir()
            .unwrap_or_else(|| Utf8PathBuf::from("/tmp/venvsh-no-home"))
            .join("plans"),
    }
}
