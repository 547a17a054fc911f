//! `venvsh hook SHELL`: prints the hook. It reads no configuration and no environment.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::command::{Command, Commands, RunWithCommands};
use super::takes::Takes;
use crate::config::{Config, vars};
use crate::error::Error;
use crate::ops::batch_files;
use crate::platform::Platform;
use crate::session::program::own_program;
use crate::session::{Outcome, Session, plan_directory};
use crate::shell::hook::{self, Hook};
use crate::shell::startup::{hooked_shells, start_lines};
use crate::shell::{Ident, Shell, UnknownShell};
use crate::ui;

/// Arguments of `hook`.
#[derive(Args)]
pub(crate) struct HookArgs {
    /// bash, zsh, fish, tcsh, powershell, ksh, sh, nushell, xonsh, elvish, cmd
    #[arg(add = Takes::HOOKED_SHELL)]
    #[arg(required_unless_present_any = ["drop_in", "auto"])]
    shell: Option<String>,
    /// Prefix the names of the functions: `v_` defines `v_workon`
    #[arg(long, value_name = "PREFIX", conflicts_with = "no_cmd")]
    cmd: Option<String>,
    /// Define only the function `venvsh`
    #[arg(long)]
    no_cmd: bool,
    /// Do not set up TAB completion
    #[arg(long)]
    no_completion: bool,
    /// Do not draw the name of the active environment before the prompt
    #[arg(long)]
    no_prompt: bool,
    /// Enter and leave environments as the directory changes; `--auto` alone means `--auto pwd`
    #[arg(long, value_name = "off|pwd", num_args = 0..=1, default_missing_value = FOLLOWS)]
    auto: Option<String>,
    /// Print the code that takes the hook out of the running shell; give it the options that the hook was loaded with
    #[arg(long, conflicts_with_all = ["dir", "drop_in"])]
    unload: bool,
    /// For cmd: write a batch file for each command into DIR
    #[arg(long, value_hint = clap::ValueHint::DirPath)]
    dir: Option<Utf8PathBuf>,
    /// Print a file that takes the place of `virtualenvwrapper.sh`, for bash and zsh
    #[arg(long, exclusive = true)]
    drop_in: bool,
}

/// The value of `--auto` that follows the directory.
const FOLLOWS: &str = "pwd";

/// What start-up files source in the place of virtualenvwrapper's own file.
const DROP_IN: &str = include_str!("../../shells/virtualenvwrapper.sh");

impl RunWithCommands for HookArgs {
    fn more_help(_: &Session) -> String {
        start_lines()
    }

    fn run(self, session: &Session, commands: &Commands) -> Result<Outcome, Error> {
        if self.drop_in {
            ui::out(DROP_IN);
            return Ok(().into());
        }
        let (shell, follows) = self.shell_and_auto()?;
        let config = &session.config;
        let (program, emit_dir) = (own_program(config)?, plan_directory(shell, config));
        let hook = Hook {
            program: program.as_str(),
            emit_dir: emit_dir.as_str(),
            platform: Platform::HERE,
            commands: &self.functions(commands, shell)?,
            helpers: &if self.no_cmd {
                Vec::new()
            } else {
                helpers(commands)
            },
            printing: &printing(commands),
            variables: &handed_over(),
            completion: !self.no_completion,
            prompt: !self.no_prompt,
            follows,
        };
        self.print(&hook, shell, config)?;
        Ok(().into())
    }
}

/// The commands of cmd are files.
fn no_unloading() -> Error {
    Error::Usage {
        message: "a running cmd has no hook: its commands are batch files".to_owned(),
        hint: Some("venvsh uninstall --dir DIR deletes those in DIR".to_owned()),
    }
}

fn no_following(shell: Shell) -> Error {
    Error::Usage {
        message: format!("{shell} has no event for a change of directory: --auto"),
        hint: Some(format!("venvsh hook {shell}")),
    }
}

fn only_cmd(shell: Shell) -> Error {
    Error::Usage {
        message: format!("--dir is for cmd, not for {shell}"),
        hint: Some(format!("venvsh hook {shell}")),
    }
}

/// Writes the commands of cmd, which has no functions.
fn write_batch_files(
    dir: Option<&Utf8Path>,
    hook: &Hook<'_>,
    config: &Config,
) -> Result<(), Error> {
    let dir = dir.ok_or_else(|| Error::Usage {
        message: "cmd needs a directory for its batch files".to_owned(),
        hint: Some("venvsh hook cmd --dir DIR, a directory on PATH".to_owned()),
    })?;
    let dir = config.absolute(dir)?;
    let files = hook.batch_files()?;
    batch_files::write(&dir, &files)?;
    ui::out(&format!("wrote {} batch files to {dir}\n", files.len()));
    if !config.path_dirs().contains(&dir) {
        ui::note_with_hint(
            &format!("not on PATH: {dir}"),
            "add it to PATH, so that cmd finds the commands",
        );
    }
    Ok(())
}

impl HookArgs {
    fn print(&self, hook: &Hook<'_>, shell: Shell, config: &Config) -> Result<(), Error> {
        if self.unload {
            let text = hook.unload(shell)?.ok_or_else(no_unloading)?;
            ui::out(&format!("{text}\n"));
            return Ok(());
        }
        match hook.render(shell)? {
            Some(_) if self.dir.is_some() => return Err(only_cmd(shell)),
            Some(text) => ui::out(&format!("{text}\n")),
            None => write_batch_files(self.dir.as_deref(), hook, config)?,
        }
        Ok(())
    }

    /// The shell, and whether its hook follows the directory.
    fn shell_and_auto(&self) -> Result<(Shell, bool), Error> {
        let (name, follows) = self.name_and_auto()?;
        let unknown = |_: UnknownShell| Error::NoShell {
            name: name.to_owned(),
            known: hooked_shells(),
        };
        let shell: Shell = name.parse().map_err(unknown)?;
        if follows && !shell.can_follow() {
            return Err(no_following(shell));
        }
        Ok((shell, follows))
    }

    /// The shell's name instead of the shell. `--auto` before the name takes it for its value.
    fn name_and_auto(&self) -> Result<(&str, bool), Error> {
        let wrong = |message: String| Error::Usage {
            message,
            hint: Some("venvsh hook SHELL --auto".to_owned()),
        };
        match (self.shell.as_deref(), self.auto.as_deref()) {
            (Some(shell), None | Some("off")) => Ok((shell, false)),
            (Some(shell), Some(FOLLOWS)) => Ok((shell, true)),
            (Some(_), Some(auto)) => Err(wrong(format!("not a value for --auto: {auto}"))),
            (None, Some(shell)) if !["off", FOLLOWS].contains(&shell) => Ok((shell, true)),
            (None, _) => Err(wrong("missing argument: <SHELL>".to_owned())),
        }
    }

    fn functions(&self, commands: &Commands, shell: Shell) -> Result<Vec<hook::Command>, Error> {
        let prefix = self.cmd.as_deref().unwrap_or_default();
        let wrappers = commands
            .wrappers()
            // The plain name is that of the activation scripts.
            .filter(|command| {
                let is_taken = command.name == "deactivate" && prefix.is_empty();
                !self.no_cmd && (!is_taken || !shell.has_functions())
            });
        wrappers
            .map(|verb| {
                let function =
                    Ident::new(&format!("{prefix}{}", verb.name)).ok_or_else(|| Error::Usage {
                        message: format!("not a prefix for names of functions: {prefix}"),
                        hint: Some("letters, digits and _".to_owned()),
                    })?;
                Ok(hook::Command {
                    function,
                    verb: Ident::constant(verb.name),
                })
            })
            .collect()
    }
}

/// The names, short ones too, of the commands that never have a plan.
fn printing(commands: &Commands) -> Vec<Ident> {
    let commands = commands.iter().filter(|command| command.only_prints());
    commands
        .flat_map(|command| [Some(command.name), command.short])
        .flatten()
        .map(Ident::constant)
        .collect()
}

/// The variables whose values the functions pass on.
fn handed_over() -> Vec<Ident> {
    let names = vars::HANDED_OVER.iter();
    names.map(|name| Ident::constant(name)).collect()
}

/// The names of virtualenvwrapper's helper functions, which `compat` implements.
fn helpers(commands: &Commands) -> Vec<Ident> {
    let compat = commands.find("compat").map(Command::command_line);
    let names = compat.iter().flat_map(clap::Command::get_positionals);
    names
        .flat_map(clap::Arg::get_possible_values)
        .filter_map(|name| Ident::new(name.get_name()))
        .collect()
}

/// The directory for plans, in shells that read them from a file. Without one, the commands that need none still work.
fn plan_directory(shell: Shell, config: &Config) -> Utf8PathBuf {
    if !shell.reads_plans_from_files(Platform::HERE) {
        return Utf8PathBuf::from(plan_directory::NONE);
    }
    plan_directory::prepare(config).unwrap_or_else(|err| {
        ui::error(&err);
        Utf8PathBuf::from(plan_directory::NONE)
    })
}
