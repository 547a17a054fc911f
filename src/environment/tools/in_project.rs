//! `.venv` of a project, and VS Code's `.venv-1`, `.venv-2`. The files beside it and in it tell which tool made it.

use camino::Utf8Path;

use super::search::{Entry, Labels, Search};
use super::tool::{Reach, Tool};
use super::{pdm, pipenv, poetry, rye, uv};

/// Those that no tool manages: venv, virtualenv and VS Code make them.
pub(super) static TOOL: Tool = Tool {
    name: "venv",
    reach: Reach::Project,
    mark: "pyvenv.cfg",
    remove: "rm -r {root}",
    rename: "",
    empty: "",
};

/// The files that show which tool manages `.venv`, in this order: relative to the project's directory.
static MANAGED: [(&str, &Tool); 5] = [
    (".venv/rye-venv.json", &rye::TOOL),
    ("uv.lock", &uv::PROJECT),
    ("poetry.lock", &poetry::TOOL),
    ("pdm.lock", &pdm::TOOL),
    ("Pipfile", &pipenv::TOOL),
];

pub(super) fn find(search: &mut Search<'_>) {
    for directory in search.above.clone() {
        let names = std::iter::once(".venv".to_owned())
            .chain((1..).map(|number| format!(".venv-{number}")));
        let mut entries = names
            .map_while(|name| Entry::at(directory.join(&name), &name))
            .collect::<Vec<_>>();
        for entry in entries.drain(..) {
            let labels = Labels {
                short: directory.file_name().unwrap_or(&entry.name).to_owned(),
                local: Some(entry.name.clone()),
                project: Some(directory.clone()),
            };
            let tool = if entry.name == ".venv" {
                tool(&directory)
            } else {
                &TOOL
            };
            search.add_within(tool, entry, labels, Reach::Project);
        }
    }
}

/// The tool that manages the project's `.venv`.
fn tool(project: &Utf8Path) -> &'static Tool {
    let is_there = |file: &str| crate::fs::exists(&project.join(file)).unwrap_or(false);
    let managed = MANAGED.iter().find(|(file, _)| is_there(file));
    managed.map_or(&TOOL, |(_, tool)| tool)
}
