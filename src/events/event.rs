//! The table of events: which script belongs to each, where scripts are looked for, in which order, and how they run.

use camino::Utf8Path;

use crate::environment::Environment;

/// An event of an environment or project, on which the user's own code can run (virtualenvwrapper, "Per-User Customization").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Initialize,
    PreMkvirtualenv,
    PostMkvirtualenv,
    PreCpvirtualenv,
    PostCpvirtualenv,
    PreRmvirtualenv,
    PostRmvirtualenv,
    PreActivate,
    PostActivate,
    PreDeactivate,
    PostDeactivate,
    GetEnvDetails,
    PreMkproject,
    PostMkproject,
}

/// How a hook script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// As a program.
    Run,
    /// As a program, with the environment active.
    RunInside,
    /// The shell sources it, in its own language.
    Sourced,
}

/// When the user's code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// While the command runs.
    Now,
    /// When the shell reaches this point of the plan.
    InTurn,
    /// When `deactivate` runs, which starts no program and only sources files.
    Leaving,
}

/// A place of the user's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The project that the environment is linked to. Only allowed scripts run.
    Project,
    /// Python functions of virtualenvwrapper's plugins.
    Plugins,
    /// `VIRTUALENVWRAPPER_HOOK_DIR`.
    Global,
    /// The `bin` of the environment, if it is in `WORKON_HOME`.
    Local,
}

/// The subject of an event.
#[derive(Clone, Default)]
pub(crate) struct Subject<'a> {
    /// The environment, if it exists at that time.
    pub(crate) environment: Option<&'a Environment>,
    /// The project that the environment is linked to.
    pub(crate) project: Option<&'a Utf8Path>,
    /// The arguments for programs and plugins.
    pub(crate) args: Vec<&'a str>,
    /// Whether it is entered without a command of the user's: nothing is said of scripts that do not run.
    pub(crate) automatic: bool,
}

impl<'a> Subject<'a> {
    /// An environment by its name: it may not exist yet, or no longer.
    pub(crate) fn name(name: &'a str) -> Self {
        Self {
            args: vec![name],
            ..Self::default()
        }
    }

    /// An existing environment.
    pub(crate) fn environment(environment: &'a Environment) -> Self {
        Self {
            environment: Some(environment),
            ..Self::name(environment.name())
        }
    }

    /// The same with that project.
    #[must_use]
    pub(crate) fn of_project(mut self, project: Option<&'a Utf8Path>) -> Self {
        self.project = project;
        self
    }

    /// The same with these arguments.
    #[must_use]
    pub(crate) fn with_args(mut self, args: &[&'a str]) -> Self {
        self.args = args.to_vec();
        self
    }
}

/// The properties of one event.
pub(crate) struct Row {
    pub(crate) event: Event,
    /// Its name for plugins and for `virtualenvwrapper_run_hook`.
    pub(crate) name: &'static str,
    /// The name of its script; a sourced one has the shell's extension too.
    pub(crate) script: &'static str,
    pub(crate) how: How,
    pub(crate) when: When,
    /// The places of its code, in the order in which it runs.
    pub(crate) order: &'static [Source],
    /// The comment in a new global script; empty: none is made.
    pub(crate) about_global: &'static str,
    /// The comment in a new script of an environment; empty: none is made.
    pub(crate) about_local: &'static str,
    /// The mode of new scripts.
    pub(crate) mode: u32,
}

use Source::{Global, Local, Plugins, Project};

const OUTSIDE_IN: &[Source] = &[Plugins, Global];
const PROGRAM: u32 = 0o755;
const TEXT: u32 = 0o644;

/// A row with the usual values.
const fn row(event: Event, name: &'static str, script: &'static str, how: How, when: When) -> Row {
    Row {
        event,
        name,
        script,
        how,
        when,
        order: OUTSIDE_IN,
        about_global: "",
        about_local: "",
        mode: match how {
            How::Sourced => TEXT,
            How::Run | How::RunInside => PROGRAM,
        },
    }
}

/// Every event once. The order of scripts is virtualenvwrapper's: entering goes project, global, local; leaving goes project,
/// local, global.
pub(crate) const TABLE: &[Row] = &[
    Row {
        about_global: "This hook is sourced when the commands are loaded.",
        ..row(
            Event::Initialize,
            "initialize",
            "initialize",
            How::Sourced,
            When::Now,
        )
    },
    Row {
        about_global: "This hook is run after a new environment is made, before it is entered.\n# argument: its name",
        ..row(
            Event::PreMkvirtualenv,
            "pre_mkvirtualenv",
            "premkvirtualenv",
            How::Run,
            When::Now,
        )
    },
    Row {
        about_global: "This hook is sourced after a new environment is entered.",
        ..row(
            Event::PostMkvirtualenv,
            "post_mkvirtualenv",
            "postmkvirtualenv",
            How::Sourced,
            When::InTurn,
        )
    },
    row(
        Event::PreCpvirtualenv,
        "pre_cpvirtualenv",
        "precpvirtualenv",
        How::Run,
        When::Now,
    ),
    row(
        Event::PostCpvirtualenv,
        "post_cpvirtualenv",
        "postcpvirtualenv",
        How::Sourced,
        When::InTurn,
    ),
    Row {
        about_global: "This hook is run before an environment is removed.\n# argument: its name",
        ..row(
            Event::PreRmvirtualenv,
            "pre_rmvirtualenv",
            "prermvirtualenv",
            How::Run,
            When::Now,
        )
    },
    Row {
        about_global: "This hook is run after an environment is removed.\n# argument: its name",
        ..row(
            Event::PostRmvirtualenv,
            "post_rmvirtualenv",
            "postrmvirtualenv",
            How::Run,
            When::Now,
        )
    },
    Row {
        order: &[Project, Plugins, Local, Global],
        about_global: "This hook is sourced before every environment is left.",
        about_local: "This hook is sourced before this environment is left.",
        ..row(
            Event::PreDeactivate,
            "pre_deactivate",
            "predeactivate",
            How::Sourced,
            When::Leaving,
        )
    },
    Row {
        order: &[Plugins, Local, Global],
        about_global: "This hook is sourced after every environment is left.",
        about_local: "This hook is sourced after this environment is left.",
        ..row(
            Event::PostDeactivate,
            "post_deactivate",
            "postdeactivate",
            How::Sourced,
            When::Leaving,
        )
    },
    Row {
        order: &[Plugins, Global, Local],
        about_global: "This hook is run before every environment is entered.\n# argument: its name",
        about_local: "This hook is run before this environment is entered.\n# argument: its name",
        ..row(
            Event::PreActivate,
            "pre_activate",
            "preactivate",
            How::Run,
            When::InTurn,
        )
    },
    Row {
        order: &[Project, Plugins, Global, Local],
        about_global: "This hook is sourced after every environment is entered.",
        about_local: "This hook is sourced after this environment is entered.",
        ..row(
            Event::PostActivate,
            "post_activate",
            "postactivate",
            How::Sourced,
            When::InTurn,
        )
    },
    Row {
        order: &[Global, Local, Plugins],
        about_global: "This hook is run when the environments are listed.\n# argument: the name of one",
        about_local: "This hook is run when the environments are listed.\n# argument: its name",
        ..row(
            Event::GetEnvDetails,
            "get_env_details",
            "get_env_details",
            How::Run,
            When::Now,
        )
    },
    Row {
        about_global: "This hook is run before a project's directory is made.\n# argument: its name",
        ..row(
            Event::PreMkproject,
            "project.pre_mkproject",
            "premkproject",
            How::RunInside,
            When::Now,
        )
    },
    Row {
        about_global: "This hook is sourced after a project is made.",
        // virtualenvwrapper makes it executable, although it is sourced.
        mode: PROGRAM,
        ..row(
            Event::PostMkproject,
            "project.post_mkproject",
            "postmkproject",
            How::Sourced,
            When::InTurn,
        )
    },
];

impl Event {
    /// Its row.
    pub(crate) fn row(self) -> &'static Row {
        TABLE
            .iter()
            .find(|row| row.event == self)
            .expect("every event has a row")
    }

    /// The event of that name: `post_activate`, `project.post_mkproject`, `post_mkproject`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let row = TABLE
            .iter()
            .find(|row| row.name == name || row.short_name() == name);
        row.map(|row| row.event)
    }
}

impl Row {
    /// Its name without the plugin's part, as sourced scripts get it.
    pub(crate) fn short_name(&self) -> &'static str {
        self.name.strip_prefix("project.").unwrap_or(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_one_row_and_is_found_by_name() {
        for row in TABLE {
            assert_eq!(row.event.row().name, row.name);
            assert_eq!(Event::named(row.name), Some(row.event));
            assert_eq!(Event::named(row.short_name()), Some(row.event));
        }
        assert_eq!(Event::named("post_everything"), None);
    }

    #[test]
    fn what_deactivate_does_is_in_files() {
        for row in TABLE.iter().filter(|row| row.when == When::Leaving) {
            assert_eq!(row.how, How::Sourced, "{}", row.name);
        }
    }
}
