//! Explains who provides a package: the entry of `sys.path` that comes first, what it hides, and which distribution installed it.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::python::Runtime;
use super::tree::{Explanation, Mark, Node};
use crate::environment::Installed;
use crate::error::Error;
use crate::formats::record;
use crate::formats::wheel_name::normalized;
use crate::fs::{children, is_dir, is_file, normalize, read_list, read_small_text};

/// An installed distribution, and the directory or file of its metadata.
pub(super) struct Distribution {
    installed: Installed,
    pub(super) metadata: Utf8PathBuf,
}

/// A module in one entry of `sys.path`.
struct Provider {
    /// The entry, and why it is in `sys.path`.
    entry: Utf8PathBuf,
    origin: String,
    /// The package's directory or the module's file.
    file: Utf8PathBuf,
    /// A directory without `__init__.py`: part of a namespace package, unless a later entry has a whole package.
    is_portion: bool,
    distribution: Option<Distribution>,
}

/// All places of one module, the one that is imported first.
struct Module {
    name: String,
    providers: Vec<Provider>,
}

pub(super) fn explain(python: &Runtime, word: &str) -> Result<Explanation, Error> {
    let distributions: Vec<_> = python
        .startup
        .path
        .iter()
        .flat_map(|entry| distributions(&entry.path))
        .filter(|it| it.installed.is(&normalized(word)))
        .collect();
    let mut names = BTreeSet::from([word.replace('-', "_")]);
    names.extend(distributions.iter().flat_map(Distribution::modules));
    let modules: Vec<_> = names
        .into_iter()
        .map(|name| Module::find(python, name))
        .filter(|module| !module.providers.is_empty())
        .collect();
    if modules.is_empty() && distributions.is_empty() {
        return Err(Error::NoModule {
            name: word.to_owned(),
            python: python.startup.image.program.clone(),
        });
    }
    let title = format!("{word} in {}: {}", python.startup.prefix, python.title());
    let mut tree = Node::title(title);
    for it in &distributions {
        let text = format!("distribution {}: {}", it.name(), it.metadata);
        tree.below
            .push(Node::plain(text).with(it.source().map(Node::plain)));
    }
    tree.below.extend(modules.iter().map(Module::node));
    let metadata = |it: &Distribution| json!({ "name": it.installed.name, "version": it.installed.version, "metadata": it.metadata.as_str() });
    let json = json!({
        "package": word,
        "prefix": python.startup.prefix.as_str(),
        "distributions": distributions.iter().map(metadata).collect::<Value>(),
        "modules": modules.iter().map(Module::json).collect::<Value>(),
    });
    Ok(Explanation { tree, json })
}

/// The distribution that installed that file, by the lists of installed files.
pub(super) fn distribution_of(python: &Runtime, file: &Utf8Path) -> Option<Distribution> {
    let entries = python.startup.path.iter();
    let mut all = entries.flat_map(|entry| distributions(&entry.path));
    all.find(|it| it.has(file))
}

fn distributions(directory: &Utf8Path) -> Vec<Distribution> {
    let mut all: Vec<_> = children(directory)
        .into_iter()
        .filter_map(|metadata| {
            let installed = Installed::from_metadata_name(metadata.file_name()?)?;
            Some(Distribution {
                installed,
                metadata,
            })
        })
        .collect();
    crate::sort::by(&mut all, |one, other| one.metadata.cmp(&other.metadata));
    all
}

impl Distribution {
    /// `pip 24.2`.
    pub(super) fn name(&self) -> String {
        match &self.installed.version {
            Some(version) => format!("{} {version}", self.installed.name),
            None => self.installed.name.clone(),
        }
    }

    /// The files that it installed, absolute.
    fn files(&self) -> Vec<Utf8PathBuf> {
        let site = self.metadata.parent().unwrap_or(&self.metadata);
        let text = |name: &str| read_list(&self.metadata.join(name)).ok().flatten();
        if let Some(text) = text("RECORD") {
            let entries = record::parse(&text).into_iter();
            return entries
                .map(|entry| normalize(&site.join(entry.path)))
                .collect();
        }
        // setuptools before wheels: paths relative to the metadata.
        let text = text("installed-files.txt").unwrap_or_default();
        text.lines()
            .map(|line| normalize(&self.metadata.join(line)))
            .collect()
    }

    fn has(&self, file: &Utf8Path) -> bool {
        self.files()
            .iter()
            .any(|it| it == file || it.starts_with(file))
    }

    /// The modules at the top of its files.
    fn modules(&self) -> BTreeSet<String> {
        let site = self.metadata.parent().unwrap_or(&self.metadata);
        let mut modules: BTreeSet<_> = self
            .files()
            .iter()
            .filter_map(|file| {
                let rest = file.strip_prefix(site).ok()?;
                let first = rest.components().next()?.as_str();
                let is_file = first == rest.as_str();
                let name = first.split('.').next()?;
                let is_code = file.extension().is_some_and(|it| it == "py" || it == "so");
                let is_module = is_code && (is_file || !first.contains('.'));
                (is_module && name != "__pycache__").then(|| name.to_owned())
            })
            .collect();
        if modules.is_empty() {
            let text = read_small_text(&self.metadata.join("top_level.txt"));
            let text = text.unwrap_or_default();
            modules.extend(text.lines().map(|line| line.trim().to_owned()));
            modules.retain(|name| !name.is_empty());
        }
        modules
    }

    /// Where it was installed from, if that is a directory or an address (PEP 610).
    fn source(&self) -> Option<String> {
        let text = read_small_text(&self.metadata.join("direct_url.json")).ok()?;
        let value: Value = serde_json::from_str(&text).ok()?;
        let url = value.get("url")?.as_str()?;
        let is_editable = value.pointer("/dir_info/editable") == Some(&Value::Bool(true));
        let how = if is_editable {
            "editable, from"
        } else {
            "from"
        };
        Some(format!("{how} {url}"))
    }
}

impl Module {
    fn find(python: &Runtime, name: String) -> Self {
        let mut providers: Vec<Provider> = Vec::new();
        for entry in &python.startup.path {
            let Some((file, is_portion)) = module_in(&entry.path, &name) else {
                continue;
            };
            let mut owners = distributions(&entry.path).into_iter();
            let distribution = owners.find(|it| it.has(&file));
            providers.push(Provider {
                entry: entry.path.clone(),
                origin: entry.origin.clone(),
                file,
                is_portion,
                distribution,
            });
        }
        // A whole package wins over portions of a namespace before it.
        if let Some(at) = providers.iter().position(|provider| !provider.is_portion) {
            let whole = providers.remove(at);
            providers.insert(0, whole);
        }
        Self { name, providers }
    }

    /// Whether the parts of all entries form one package.
    fn is_namespace(&self) -> bool {
        self.providers.iter().all(|provider| provider.is_portion)
    }

    fn node(&self) -> Node {
        let mut node = Node::title(format!("import {}", self.name));
        for (place, provider) in self.providers.iter().enumerate() {
            let (mark, what) = match place {
                _ if self.is_namespace() => (Mark::Found, "part of a namespace package"),
                0 => (Mark::Found, "is imported"),
                _ => (Mark::Absent, "hidden by the first"),
            };
            let mut line = Node::new(mark, format!("{} ({what})", provider.file));
            let by = provider.distribution.as_ref();
            if let Some(by) = by {
                line.below
                    .push(Node::plain(format!("installed by {}", by.name())));
            }
            let text = format!("in {} ({})", provider.entry, provider.origin);
            line.below.push(Node::plain(text));
            node.below.push(line);
        }
        node
    }

    fn json(&self) -> Value {
        let provider = |(place, provider): (usize, &Provider)| {
            json!({
                "file": provider.file.as_str(),
                "entry": provider.entry.as_str(),
                "origin": provider.origin,
                "imported": place == 0 || self.is_namespace(),
                "distribution": provider.distribution.as_ref().map(Distribution::name),
            })
        };
        let providers = self.providers.iter().enumerate();
        json!({
            "name": self.name,
            "namespace": self.is_namespace(),
            "providers": providers.map(provider).collect::<Value>(),
        })
    }
}

/// The module in that directory, in the order of Python: a package, an extension module, a source file, a directory without
/// `__init__.py`.
fn module_in(directory: &Utf8Path, name: &str) -> Option<(Utf8PathBuf, bool)> {
    let package = directory.join(name);
    let is_there = |file: &Utf8Path| is_file(file).unwrap_or(false);
    if is_there(&package.join("__init__.py")) {
        return Some((package, false));
    }
    let start = format!("{name}.");
    let extension = children(directory)
        .into_iter()
        .filter(|file| {
            let file = file.file_name().unwrap_or_default();
            let ending = file.rsplit_once('.');
            file.starts_with(&start) && ending.is_some_and(|(_, ending)| ending == "so")
        })
        .min();
    if let Some(extension) = extension {
        return Some((extension, false));
    }
    let source = directory.join(format!("{name}.py"));
    if is_there(&source) {
        return Some((source, false));
    }
    is_dir(&package).unwrap_or(false).then_some((package, true))
}
