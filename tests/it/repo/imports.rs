//! Which file of `src/` imports which: read from `use` lines and from paths in the code, through re-exports to the file that
//! has the thing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::sources::{code, files};

static USE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?ms)^\s*(?P<public>pub(?:\([a-z: ]+\))? )?use (?P<tree>[^;]+);").unwrap()
});
static MOD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^(?:pub(?:\([a-z: ]+\))? )?mod (\w+);").unwrap());
static PATH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:\w+::)+\w+").unwrap());

/// A module's path below the crate: `["shell", "quote"]`.
type Module = Vec<String>;

/// One file.
struct File {
    name: String,
    /// What `use` brings: public or not, the path, the name here.
    uses: Vec<(bool, Vec<String>, String)>,
    /// The rest of the code.
    body: String,
    children: BTreeSet<String>,
}

/// The sources as a tree of modules.
pub(super) struct Sources {
    modules: BTreeMap<Module, File>,
}

impl Sources {
    pub(super) fn read() -> Self {
        let sources = Self::of(files(&["src"]));
        assert!(
            sources.modules.len() > 50,
            "reading that finds nothing proves nothing"
        );
        sources
    }

    fn of(files: BTreeMap<String, String>) -> Self {
        let rust = files
            .into_iter()
            .filter_map(|(name, text)| Some((module(&name)?, file(&name, &text))));
        Self {
            modules: rust.collect(),
        }
    }

    /// Each import, from file to file.
    pub(super) fn imports(&self) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        for (module, file) in &self.modules {
            for path in self.paths(module, file) {
                let Some(target) = self.resolve(module, &path, 8) else {
                    continue;
                };
                let to = &self.modules[&target].name;
                if *to != file.name {
                    found.insert((file.name.clone(), to.clone()));
                }
            }
        }
        found
    }

    /// The paths that a file names, as it writes them.
    fn paths(&self, module: &Module, file: &File) -> Vec<Vec<String>> {
        let mut paths: Vec<Vec<String>> = PATH
            .find_iter(&file.body)
            .map(|path| path.as_str().split("::").map(str::to_owned).collect())
            .collect();
        for (public, path, name) in &file.uses {
            let Some(target) = self.absolute(module, path) else {
                continue;
            };
            let is_face = *public && target.len() > module.len() && target.starts_with(module);
            // What is in a module is looked up by the paths that begin with its name.
            let is_spelled = paths.iter().any(|path| path[0] == *name);
            let is_found_below = self.modules.contains_key(&target) && is_spelled;
            if !is_face && !is_found_below {
                paths.push(path.clone());
            }
        }
        paths
    }

    /// The path from the crate's root, `None` for what is not of this crate.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let file = &self.modules[module];
        let (first, rest) = path.split_first()?;
        let mut begin = match first.as_str() {
            "crate" | "venvsh" => Vec::new(),
            "self" => module.clone(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            name if file.children.contains(name) => [module.clone(), vec![name.into()]].concat(),
            name => {
                let (_, path, _) = file.uses.iter().find(|(_, path, local)| {
                    local == name && path.first().is_some_and(|first| first != name)
                })?;
                self.absolute(module, path)?
            }
        };
        for name in rest {
            match name.as_str() {
                "super" => _ = begin.pop()?,
                name => begin.push(name.to_owned()),
            }
        }
        Some(begin)
    }

    /// The module whose file has what the path names.
    fn resolve(&self, module: &Module, path: &[String], depth: usize) -> Option<Module> {
        let absolute = self.absolute(module, path)?;
        let mut at = Vec::new();
        for name in &absolute {
            let next = [at.clone(), vec![name.clone()]].concat();
            if self.modules.contains_key(&next) {
                at = next;
                continue;
            }
            let exports = self.modules[&at].uses.iter();
            let export = exports
                .filter(|(public, _, local)| *public && local == name)
                .find_map(|(_, path, _)| self.resolve(&at, path, depth.checked_sub(1)?));
            return export.or(Some(at));
        }
        Some(at)
    }
}

/// The module that a file is.
fn module(name: &str) -> Option<Module> {
    let path = name.strip_prefix("src/")?.strip_suffix(".rs")?;
    let path = path.strip_suffix("/mod").unwrap_or(path);
    Some(match path {
        "lib" => Vec::new(),
        path => path.split('/').map(str::to_owned).collect(),
    })
}

fn file(name: &str, text: &str) -> File {
    let lines: Vec<_> = code(text).map(|(_, line)| line).collect();
    let text = lines.join("\n");
    let uses = USE.captures_iter(&text).flat_map(|found| {
        let public = found.name("public").is_some();
        let leaves = leaves(&found["tree"]);
        leaves.into_iter().map(move |path| {
            let (path, name) = path.split_once(" as ").unwrap_or((&path, ""));
            let mut path: Vec<_> = path.split("::").map(str::to_owned).collect();
            path.retain(|part| part != "*");
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let last = path.last().cloned().unwrap_or_default();
            let name = if name.is_empty() {
                last
            } else {
                name.to_owned()
            };
            (public, path, name)
        })
    });
    File {
        name: name.to_owned(),
        uses: uses.collect(),
        children: MOD
            .captures_iter(&text)
            .map(|found| found[1].to_owned())
            .collect(),
        body: USE.replace_all(&text, "").into_owned(),
    }
}

/// The paths of a tree as `use` has it: `a::{b, c::{d, e}}`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((front, inside)) = tree.split_once('{') else {
        return vec![tree.split_whitespace().collect::<Vec<_>>().join(" ")];
    };
    let inside = inside.trim_end().trim_end_matches('}');
    // A nested list loses its own last brace above when it is the last part; it is split at commas of this level.
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for letter in inside.chars() {
        match letter {
            ',' if depth == 0 => parts.push(String::new()),
            _ => {
                depth += i32::from(letter == '{') - i32::from(letter == '}');
                parts.last_mut().expect("it has one").push(letter);
            }
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts
        .flat_map(|part| leaves(part))
        .map(|leaf| format!("{}{leaf}", front.trim()))
        .collect()
}

/// The imports that are part of a circle.
pub(super) fn circles(imports: &BTreeSet<(String, String)>) -> Vec<String> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in imports {
        next.entry(from).or_default().push(to);
    }
    let reaches = |from: &str, to: &str| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            if seen.insert(at) {
                open.extend(next.get(at).into_iter().flatten());
            }
        }
        false
    };
    imports
        .iter()
        .filter(|(from, to)| reaches(to, from))
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect()
}

#[test]
fn trees_of_use_are_read() {
    let tree = "crate::{\n    a,\n    b::{self, C as D, e::{F, G}},\n}";
    assert_eq!(
        leaves(tree),
        [
            "crate::a",
            "crate::b::self",
            "crate::b::C as D",
            "crate::b::e::F",
            "crate::b::e::G"
        ]
    );
}

#[test]
fn circles_are_found() {
    let import = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let imports = [
        import("a", "b"),
        import("b", "c"),
        import("c", "a"),
        import("c", "d"),
    ];
    assert_eq!(circles(&imports.into()), ["a -> b", "b -> c", "c -> a"]);
}

#[test]
fn imports_are_found_through_faces_and_in_code() {
    let texts = [
        (
            "src/lib.rs",
            "mod a;\nmod b;\npub use a::Thing;\npub const N: u8 = 1;\n",
        ),
        ("src/a/mod.rs", "mod inside;\npub use inside::Thing;\n"),
        (
            "src/a/inside.rs",
            "pub struct Thing;\n#[cfg(test)]\nmod tests {\n    use crate::b;\n}\n",
        ),
        (
            "src/b.rs",
            "//! Not crate::c::d.\nuse crate::a;\nuse std::fmt;\nfn f(_: a::Thing) {}\n",
        ),
        (
            "src/c.rs",
            "fn f() -> u8 {\n    g(crate::N)\n}\nuse crate::Thing as Other;\n",
        ),
        ("src/main.rs", "fn main() {\n    venvsh::b::run();\n}\n"),
    ];
    let texts = texts.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let found = Sources::of(texts.into()).imports();
    let found: Vec<_> = found
        .iter()
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect();
    assert_eq!(
        found,
        [
            "src/b.rs -> src/a/inside.rs",
            "src/c.rs -> src/a/inside.rs",
            "src/c.rs -> src/lib.rs",
            "src/main.rs -> src/b.rs",
        ]
    );
}
