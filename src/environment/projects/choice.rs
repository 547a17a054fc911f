//! The environment that a tool itself takes in a directory: each has rules of its own, and most look at the active environment first.
//!
//! These answers only inform, and nothing is entered by them: what cannot be looked at counts as not there.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use super::hit::Asked;
use super::hit::Tried;
use super::inside::dot_venv;
use super::search::{Here, PYPROJECT, Search};
use crate::config::{Config, vars};
use crate::environment::opened::is_environment;
use crate::environment::tools::{Kept, of_name, of_project};
use crate::fs::{exists, is_dir, is_file, is_same, read_small_text};
use crate::platform::BIN;

/// The environment that a tool takes in a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The tool's name, as people write it.
    pub(crate) tool: &'static str,
    /// What it takes.
    pub(crate) takes: Takes,
    /// Why, or how to make it take the active one.
    pub(crate) because: String,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let because = &self.because;
        match &self.takes {
            Takes::Environment(path) | Takes::Python(path) => {
                write!(f, "{} takes {path}: {because}", self.tool)
            }
            Takes::New(path) => write!(f, "{} makes {path}: {because}", self.tool),
            Takes::NewIn(path) => write!(f, "{} makes one in {path}: {because}", self.tool),
        }
    }
}

/// What a tool takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// This environment.
    Environment(Utf8PathBuf),
    /// A new one, which it makes at this path.
    New(Utf8PathBuf),
    /// A new one, which it makes in this directory.
    NewIn(Utf8PathBuf),
    /// A Python that is no environment's.
    Python(Utf8PathBuf),
}

impl Choice {
    /// Whether it takes that environment.
    pub(crate) fn is(&self, environment: &Utf8Path) -> bool {
        match &self.takes {
            Takes::Environment(path) => path == environment || is_same(path, environment),
            Takes::New(_) | Takes::NewIn(_) | Takes::Python(_) => false,
        }
    }
}

/// The directory, and what the tools read besides it.
struct Around<'a> {
    search: Search<'a>,
    here: Here<'a>,
    /// The text of `pyproject.toml`.
    pyproject: Option<String>,
    /// The environment that the tools take for active.
    active: Option<Utf8PathBuf>,
}

/// The choice of each tool that the directory shows traces of. `directory` is the project's; `active` the environment that is or
/// will be active.
pub(crate) fn choices(
    config: &Config,
    directory: &Utf8Path,
    active: Option<&Utf8Path>,
) -> Vec<Choice> {
    let around = Around::of(config, directory, active);
    let tools = MANAGERS.iter().chain(&[vs_code, pyenv]);
    tools.filter_map(|tool| tool(&around)).collect()
}

/// The same of tools that manage projects.
pub(crate) fn managers(config: &Config, directory: &Utf8Path, active: &Utf8Path) -> Vec<Choice> {
    let around = Around::of(config, directory, Some(active));
    let tools = MANAGERS.iter();
    tools.filter_map(|tool| tool(&around)).collect()
}

static MANAGERS: [fn(&Around<'_>) -> Option<Choice>; 5] = [uv, poetry, pdm, pipenv, hatch];

/// The active environment, as these tools see it: conda's base is none.
pub(crate) fn active(config: &Config) -> Option<Utf8PathBuf> {
    let conda = || {
        let is_base = config.var(vars::CONDA_DEFAULT_ENV).as_deref() == Some("base");
        config.var(vars::CONDA_PREFIX).filter(|_| !is_base)
    };
    Some(config.var(vars::VIRTUAL_ENV).or_else(conda)?.into())
}

impl<'a> Around<'a> {
    fn of(config: &'a Config, directory: &'a Utf8Path, active: Option<&Utf8Path>) -> Self {
        Self {
            search: Search::of(config, Asked::ByHand),
            here: Here::at(directory),
            pyproject: read_small_text(&directory.join(PYPROJECT)).ok(),
            active: active.map(Utf8Path::to_owned),
        }
    }

    /// The active one, if it is none of conda's, which uv and pipenv do not look at.
    fn active_venv(&self) -> Option<&Utf8Path> {
        let active = self.active.as_deref();
        active.filter(|path| !is_dir(&path.join("conda-meta")).unwrap_or(false))
    }

    fn path(&self, name: &str) -> Utf8PathBuf {
        self.here.path.join(name)
    }

    fn has(&self, name: &str) -> bool {
        exists(&self.path(name)).unwrap_or(false)
    }

    /// Whether `pyproject.toml` has one of these texts: a table of the tool's, or its build backend.
    fn mentions(&self, texts: &[&str]) -> bool {
        let pyproject = self.pyproject.as_deref().unwrap_or_default();
        texts.iter().any(|text| pyproject.contains(text))
    }

    fn is_set(&self, variable: &str) -> bool {
        let value = self.search.config.var(variable).unwrap_or_default();
        ["1", "true", "yes", "on"].contains(&value.to_lowercase().as_str())
    }

    /// The environment in one of these directories of the project.
    fn inside(&self, names: &[&str]) -> Option<Utf8PathBuf> {
        let paths = names.iter().map(|name| self.path(name));
        let mut found = paths.filter(|path| is_environment(path).unwrap_or(false));
        found.next()
    }

    fn active(&self, tool: &'static str, leave: &str) -> Option<Choice> {
        let active = self.active.clone()?;
        let because = format!("it is active{leave}");
        Some(choice(tool, Takes::Environment(active), because))
    }
}

fn choice(tool: &'static str, takes: Takes, because: impl Into<String>) -> Choice {
    Choice {
        tool,
        takes,
        because: because.into(),
    }
}

/// The only environment that a tool keeps; of several the first.
fn kept(kept: &Kept) -> Option<Utf8PathBuf> {
    let mut all = kept.environments.iter();
    all.find(|path| is_environment(path).unwrap_or(false))
        .cloned()
}

/// The first store, where a tool makes its environments.
fn store(kept: Kept) -> Utf8PathBuf {
    kept.places.into_iter().next().unwrap_or_default()
}

/// `UV_PROJECT_ENVIRONMENT`, else `.venv` of the workspace: whatever is active.
fn uv(around: &Around<'_>) -> Option<Choice> {
    around.pyproject.as_ref()?;
    let root = workspace(around);
    let has_lock = |root: &Utf8Path| exists(&root.join("uv.lock")).unwrap_or(false);
    let has_traces = root != around.here.path
        || has_lock(&root)
        || around.mentions(&["[tool.uv", "\"uv_build", "'uv_build"]);
    if !has_traces {
        return None;
    }
    let variable = around.search.config.var("UV_PROJECT_ENVIRONMENT");
    let path = root.join(variable.as_deref().unwrap_or(".venv"));
    let because = match around.active_venv() {
        Some(active) if !is_same(active, &path) => {
            "it warns of the active one; `uv sync --active` and `uv run --active` take that"
        }
        _ if variable.is_some() => "UV_PROJECT_ENVIRONMENT names it",
        _ => "it is the project's",
    };
    let takes = if is_dir(&path).unwrap_or(false) {
        Takes::Environment(path)
    } else {
        Takes::New(path)
    };
    Some(choice("uv", takes, because))
}

/// The directory of the workspace that the project is a member of, else the project's.
fn workspace(around: &Around<'_>) -> Utf8PathBuf {
    const TABLE: &str = "[tool.uv.workspace]";
    let is_root = |directory: &&Utf8Path| {
        let text = read_small_text(&directory.join(PYPROJECT));
        text.is_ok_and(|text| text.contains(TABLE))
    };
    let mut above = around.here.path.ancestors();
    above.find(is_root).unwrap_or(around.here.path).to_owned()
}

/// `.venv`, else the active one, unless `poetry env use` has chosen another, else the one in the store.
fn poetry(around: &Around<'_>) -> Option<Choice> {
    const TOOL: &str = "poetry";
    let stores = &around.search.stores;
    let kept_ones = of_project::poetry(stores, around.here.path);
    let has_traces = around.has("poetry.lock")
        || around.mentions(&["[tool.poetry", "poetry.core", "poetry-core"])
        || !kept_ones.environments.is_empty();
    if around.pyproject.is_none() || !has_traces {
        return None;
    }
    let in_project = of_project::poetry_in_project(stores, around.here.path);
    let is_chosen = of_project::poetry_has_chosen(stores, around.here.path);
    if let Some(active) = around.active(TOOL, "").filter(|_| !is_chosen) {
        return Some(active);
    }
    let dot_venv = around.path(".venv");
    if in_project != Some(false) && is_dir(&dot_venv).unwrap_or(false) {
        return Some(choice(
            TOOL,
            Takes::Environment(dot_venv),
            "it is the project's",
        ));
    }
    let because = if is_chosen {
        "`poetry env use` has chosen it, whatever is active"
    } else {
        "it is the project's in poetry's store"
    };
    let takes = match kept(&kept_ones) {
        Some(path) => Takes::Environment(path),
        None if in_project == Some(true) => Takes::New(dot_venv),
        None => Takes::NewIn(store(kept_ones)),
    };
    Some(choice(TOOL, takes, because))
}

/// The Python that it has kept, else the active one, else `.venv`, `venv`, `env`, else the one in its store.
fn pdm(around: &Around<'_>) -> Option<Choice> {
    const TOOL: &str = "pdm";
    let kept_ones = of_project::pdm(&around.search.stores, around.here.path);
    let has_traces = around.has("pdm.lock")
        || around.has(".pdm-python")
        || around.mentions(&["[tool.pdm", "\"pdm.backend\"", "\"pdm-backend"])
        || !kept_ones.environments.is_empty();
    if around.pyproject.is_none() || !has_traces {
        return None;
    }
    let file = read_small_text(&around.path(".pdm-python")).ok();
    let named = around.search.config.var("PDM_PYTHON").or(file);
    let python = named.map(|text| Utf8PathBuf::from(text.trim()));
    if let Some(python) = python.filter(|path| exists(path).unwrap_or(false)) {
        let bin = python.parent().filter(|bin| bin.file_name() == Some(BIN));
        let prefix = bin.and_then(Utf8Path::parent);
        let takes =
            match prefix.filter(|prefix| is_file(&prefix.join("pyvenv.cfg")).unwrap_or(false)) {
                Some(prefix) => Takes::Environment(prefix.to_owned()),
                None => Takes::Python(python),
            };
        let because = "`pdm use` has chosen it, whatever is active";
        return Some(choice(TOOL, takes, because));
    }
    let leave = ", and PDM_IGNORE_ACTIVE_VENV is not set";
    let active = around.active(TOOL, leave);
    if let Some(active) = active.filter(|_| !around.is_set("PDM_IGNORE_ACTIVE_VENV")) {
        return Some(active);
    }
    let takes = match around
        .inside(&[".venv", "venv", "env"])
        .or_else(|| kept(&kept_ones))
    {
        Some(path) => Takes::Environment(path),
        None => Takes::New(around.path(".venv")),
    };
    Some(choice(TOOL, takes, "it is the project's"))
}

/// The active one, else what a file `.venv` says, else the one in its store, else `.venv`.
fn pipenv(around: &Around<'_>) -> Option<Choice> {
    const TOOL: &str = "pipenv";
    if !around.has("Pipfile") {
        return None;
    }
    let config = around.search.config;
    let ignores =
        around.is_set("PIPENV_IGNORE_VIRTUALENVS") || config.var("PIPENV_ACTIVE").is_some();
    let leave = ", and PIPENV_IGNORE_VIRTUALENVS is not set";
    let active = around.active_venv().and(around.active(TOOL, leave));
    if let Some(active) = active.filter(|_| !ignores) {
        return Some(active);
    }
    let kept_ones = of_project::pipenv(&around.search.stores, around.here.path);
    let in_dot_venv = || match dot_venv(&around.search, &around.here) {
        Ok(Tried::Hits(hits)) => Some(hits.into_iter().next()?.environment),
        Ok(Tried::Nothing(..) | Tried::Unknown(_)) | Err(_) => None,
    };
    let takes = match kept(&kept_ones).or_else(in_dot_venv) {
        Some(path) => Takes::Environment(path),
        None if of_project::pipenv_in_project(config, around.here.path) => {
            Takes::New(around.path(".venv"))
        }
        None => Takes::NewIn(store(kept_ones)),
    };
    Some(choice(TOOL, takes, "it is the project's"))
}

/// Its own place only, whatever is active.
fn hatch(around: &Around<'_>) -> Option<Choice> {
    let kept_ones = of_project::hatch(&around.search.stores, around.here.path);
    let own = kept(&kept_ones);
    let has_traces =
        around.has("hatch.toml") || around.mentions(&["[tool.hatch.envs"]) || own.is_some();
    if !has_traces {
        return None;
    }
    let takes = own.map_or_else(|| Takes::NewIn(store(kept_ones)), Takes::Environment);
    Some(choice("hatch", takes, "it looks in its own place only"))
}

/// What the settings of the workspace name, else `.venv`.
fn vs_code(around: &Around<'_>) -> Option<Choice> {
    const KEY: &str = "\"python.defaultInterpreterPath\"";
    const TOOL: &str = "VS Code";
    if !around.has(".vscode") {
        return None;
    }
    let text = read_small_text(&around.path(".vscode/settings.json")).unwrap_or_default();
    let value = text
        .split_once(KEY)
        .and_then(|(_, rest)| rest.split('"').nth(1));
    if let Some(value) = value {
        let path = value.replace("${workspaceFolder}", around.here.path.as_str());
        let path = crate::fs::normalize(&around.here.path.join(path));
        let bin = path.parent().filter(|bin| bin.file_name() == Some(BIN));
        let prefix = bin.and_then(Utf8Path::parent);
        let takes = match prefix {
            Some(prefix) if is_environment(prefix).unwrap_or(false) => {
                Takes::Environment(prefix.to_owned())
            }
            _ if is_environment(&path).unwrap_or(false) => Takes::Environment(path),
            _ => Takes::Python(path),
        };
        return Some(choice(TOOL, takes, ".vscode/settings.json names it"));
    }
    let path = around.inside(&[".venv"])?;
    Some(choice(
        TOOL,
        Takes::Environment(path),
        "it is the project's",
    ))
}

/// `PYENV_VERSION`, else the nearest `.python-version`, if the first word is the name of an environment.
fn pyenv(around: &Around<'_>) -> Option<Choice> {
    let variable = around.search.config.var(vars::PYENV_VERSION);
    let variable = variable.map(|text| (text, vars::PYENV_VERSION.to_owned()));
    let file = || {
        let mut above = around.here.path.ancestors();
        above.find_map(|directory| {
            let file = directory.join(".python-version");
            Some((read_small_text(&file).ok()?, file.into_string()))
        })
    };
    let (text, by) = variable.or_else(file)?;
    let word = text
        .split([':', '\n', ' ', '\t'])
        .find(|word| !word.is_empty())?;
    let path = of_name::pyenv(&around.search.stores, word)?;
    let is_one = is_file(&path.join("pyvenv.cfg")).unwrap_or(false);
    is_one.then(|| {
        let because = format!("{by} names it");
        choice("pyenv-virtualenv", Takes::Environment(path), because)
    })
}
