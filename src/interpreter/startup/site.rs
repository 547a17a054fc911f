//! What the module `site` does when Python starts: the environment's prefix, site-packages, the user's packages.

use camino::{Utf8Path, Utf8PathBuf};

use super::classic::Classic;
use super::image::Image;
use super::located::{Located, Variables, platlibdir};
use super::path::{Entry, SysPath};
use super::step::{Finding, Steps, directory_of};
use crate::formats::{Implementation, PyvenvCfg};
use crate::fs::{is_dir, is_file, read_list, read_small_text};

/// The prefixes and `sys.path` after `site`.
pub(super) struct Sited {
    pub(super) prefix: Utf8PathBuf,
    pub(super) exec_prefix: Utf8PathBuf,
    pub(super) base_prefix: Utf8PathBuf,
    pub(super) base_exec_prefix: Utf8PathBuf,
    pub(super) path: Vec<Entry>,
    /// How the prefix of an environment is found.
    pub(super) prefix_steps: Steps,
    /// What was decided about the user's and the base's packages.
    pub(super) path_steps: Steps,
}

/// The environment that Python runs in.
struct Inside {
    root: Utf8PathBuf,
    is_shared: bool,
}

/// What the base's `site.py` looks like: distributions patch it.
struct SiteModule {
    /// Debian: `dist-packages`.
    is_debians: bool,
    /// Whether `.pth` files with a dot at the start of their names are left out.
    skips_dotted: bool,
}

impl Inside {
    fn read(
        image: &Image,
        located: &Located,
        classic: Option<&Classic>,
        steps: &mut Steps,
    ) -> Option<Self> {
        let Some(classic) = classic else {
            let reads = located.has_site && image.series() >= (3, 3);
            return reads.then(|| environment(image, steps)).flatten();
        };
        let text = format!("{} names the base {}", classic.source, classic.base);
        steps.add(Finding::Found, text);
        Some(Self {
            root: located.prefix.clone(),
            is_shared: classic.is_shared,
        })
    }
}

impl Sited {
    fn new(located: &Located, classic: Option<&Classic>, inside: Option<&Inside>) -> Self {
        let (base_prefix, base_exec_prefix) = match classic {
            Some(classic) => (classic.base.clone(), classic.base_exec.clone()),
            None => (located.prefix.clone(), located.exec_prefix.clone()),
        };
        let root = inside.map(|inside| inside.root.clone());
        let exec_prefix = root.clone().filter(|_| classic.is_none());
        Self {
            prefix: root.unwrap_or_else(|| located.prefix.clone()),
            exec_prefix: exec_prefix.unwrap_or_else(|| located.exec_prefix.clone()),
            base_prefix,
            base_exec_prefix,
            path: Vec::new(),
            prefix_steps: Steps::default(),
            path_steps: Steps::default(),
        }
    }
}

/// Runs the rules of `site`.
pub(super) fn run(image: &Image, mut located: Located, variables: &Variables) -> Sited {
    let classic = Classic::read(image, &located);
    let mut steps = Steps::default();
    let inside = Inside::read(image, &located, classic.as_ref(), &mut steps);
    if let Some(classic) = &classic {
        classic.change(&mut located);
    }
    let module = SiteModule::read(image, &located.stdlib);
    let entries = std::mem::take(&mut located.path);
    let mut path =
        SysPath::new(entries, &variables.cwd).of_version(image.series(), module.skips_dotted);
    for more in classic.iter().flat_map(|classic| classic.more(image)) {
        path.extend(more, "standard library");
    }
    let mut sited = Sited::new(&located, classic.as_ref(), inside.as_ref());
    sited.prefix_steps = steps;
    if located.has_site {
        let is_isolated = located.is_isolated;
        fill(
            image,
            variables,
            &module,
            inside.as_ref(),
            is_isolated,
            &mut path,
            &mut sited,
        );
    } else {
        sited.path_steps.fact("site does not run");
    }
    sited.path = path.entries;
    check_library(&located.stdlib, &mut sited);
    customizations(&mut sited);
    sited
}

/// Adds site-packages in their order: the environment's, the user's, the base's.
fn fill(
    image: &Image,
    variables: &Variables,
    module: &SiteModule,
    inside: Option<&Inside>,
    is_isolated: bool,
    path: &mut SysPath,
    sited: &mut Sited,
) {
    let steps = &mut sited.path_steps;
    let is_environment = sited.base_prefix != sited.prefix;
    let packages = |prefix: &Utf8Path| module.site_packages(image, prefix, is_environment);
    if let Some(inside) = inside {
        for directory in packages(&inside.root) {
            path.add_site(&directory, "site-packages of the environment");
        }
    }
    let is_shared = inside.is_none_or(|inside| inside.is_shared);
    let off = if !is_shared {
        Some("the environment is isolated")
    } else if is_isolated {
        Some("the ._pth file isolates it")
    } else {
        variables.no_user_site.then_some("PYTHONNOUSERSITE is set")
    };
    add_user_site(image, variables, off, path, steps);
    if !is_shared {
        steps.fact("packages of the base: off, the environment is isolated");
        return;
    }
    let mut prefixes = vec![sited.base_prefix.clone(), sited.base_exec_prefix.clone()];
    prefixes.dedup();
    for directory in prefixes.iter().flat_map(|prefix| packages(prefix)) {
        if is_dir(&directory).unwrap_or(false) {
            path.add_site(&directory, "site-packages of the base");
        } else {
            steps.add(Finding::Absent, directory.as_str());
        }
    }
}

/// Adds the user's packages, unless there is a reason why they are turned off.
fn add_user_site(
    image: &Image,
    variables: &Variables,
    off: Option<&str>,
    path: &mut SysPath,
    steps: &mut Steps,
) {
    match (off, user_site(image, variables)) {
        (Some(reason), _) => steps.fact(format!("user site: off, {reason}")),
        (None, Some(directory)) if is_dir(&directory).unwrap_or(false) => {
            path.add_site(&directory, "user site");
        }
        (None, Some(directory)) => steps.add(Finding::Absent, format!("user site: {directory}")),
        (None, None) => steps.fact("user site: off, there is no home directory"),
    }
}

/// The environment by its `pyvenv.cfg`, beside the program or one directory above. An empty one is enough.
fn environment(image: &Image, steps: &mut Steps) -> Option<Inside> {
    let bin = directory_of(&image.program);
    let root = directory_of(bin);
    let mut places = [bin, root];
    if image.series() >= (3, 14) {
        places.reverse();
    }
    let mut files = places.iter().map(|place| place.join(PyvenvCfg::FILE));
    let file = files.find(|file| steps.file(file))?;
    let text = read_small_text(&file).unwrap_or_default();
    let config = PyvenvCfg::parse(&text);
    let key = "include-system-site-packages";
    let value = last(&text, key);
    match value {
        Some(value) => steps.fact(format!("{key} = {value}")),
        None => steps.wrong(format!("it has no {key}, which means true")),
    }
    let is_shared = value.is_none_or(|value| value.eq_ignore_ascii_case("true"));
    match config.get("home").map(Utf8Path::new) {
        None if image.implementation == Implementation::CPython => steps.wrong("it has no home"),
        Some(home) => {
            let mut above = [home, directory_of(home)].into_iter();
            let outer = above.find(|path| is_file(&path.join(PyvenvCfg::FILE)).unwrap_or(false));
            if let Some(outer) = outer {
                let text = format!("home is in another environment, which it needs: {outer}");
                steps.wrong(text);
            }
        }
        None => {}
    }
    Some(Inside {
        root: root.to_owned(),
        is_shared,
    })
}

/// The value of the last line with that key: `site` reads all lines.
fn last<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut lines = text.lines().rev().filter_map(|line| line.split_once('='));
    lines
        .find(|(name, _)| name.trim().eq_ignore_ascii_case(key))
        .map(|(_, value)| value.trim())
}

fn user_site(image: &Image, variables: &Variables) -> Option<Utf8PathBuf> {
    let base = variables.user_base.as_ref()?;
    Some(
        base.join("lib")
            .join(image.library_name())
            .join("site-packages"),
    )
}

impl SiteModule {
    fn read(image: &Image, stdlib: &Utf8Path) -> Self {
        let text = read_list(&stdlib.join("site.py")).ok().flatten();
        let text = text.unwrap_or_default();
        Self {
            is_debians: image
                .is_debians
                .unwrap_or_else(|| text.contains("dist-packages\"")),
            skips_dotted: text.contains("not name.startswith(\".\")"),
        }
    }

    /// The directories of packages below that prefix.
    fn site_packages(
        &self,
        image: &Image,
        prefix: &Utf8Path,
        is_environment: bool,
    ) -> Vec<Utf8PathBuf> {
        let name = image.library_name();
        let own = platlibdir(image, &name);
        let mut libraries = vec![own];
        libraries.extend(Some("lib").filter(|lib| *lib != own));
        let all = |directory: &str| {
            let below = |lib: &&str| prefix.join(lib).join(&name).join(directory);
            libraries.iter().map(below).collect::<Vec<_>>()
        };
        let is_2 = image.series() < (3, 3);
        if !self.is_debians {
            let more = is_2.then(|| prefix.join("lib/site-python"));
            return all("site-packages").into_iter().chain(more).collect();
        }
        let mut found = Vec::new();
        if is_environment {
            found.push(prefix.join("lib").join(&name).join("site-packages"));
        }
        found.push(prefix.join("local/lib").join(&name).join("dist-packages"));
        if !is_2 {
            found.push(prefix.join("lib/python3/dist-packages"));
        }
        if image.implementation == Implementation::CPython {
            found.extend(all("dist-packages"));
        }
        found
    }
}

/// Says it when there is no standard library: Python does not start then.
fn check_library(stdlib: &Utf8Path, sited: &mut Sited) {
    let names = ["os.py", "os.pyc"].map(|name| stdlib.join(name));
    let zipped = sited.path.iter().any(|entry| {
        let is_archive = entry.path.extension() == Some("zip");
        is_archive && entry.exists
    });
    if !zipped && !names.iter().any(|file| is_file(file).unwrap_or(false)) {
        let text = format!("no standard library in {stdlib}: Python does not start");
        sited.path_steps.wrong(text);
    }
}

/// Names the modules that `site` imports at the end, if they exist.
fn customizations(sited: &mut Sited) {
    for name in ["sitecustomize", "usercustomize"] {
        let found = sited.path.iter().find_map(|entry| {
            let file = entry.path.join(format!("{name}.py"));
            let package = entry.path.join(name).join("__init__.py");
            [file, package]
                .into_iter()
                .find(|file| is_file(file).unwrap_or(false))
        });
        if let Some(file) = found {
            sited.path_steps.fact(format!("{name} runs: {file}"));
        }
    }
}
