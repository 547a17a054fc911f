//! What `venvsh explain` computes, compared with what each Python of this machine says of itself.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::Config;
use venvsh::internals::environment::{
    CreateRequest, Linking, OnExisting, Seed, SystemSitePackages, create,
};
use venvsh::internals::interpreter::{Interpreter, startup};

use crate::support::made::{python2, pythons, request};
use crate::support::starting::while_none_starts;
use crate::support::{Sandbox, skip, which};

/// The prefixes, and `sys.path` without its first entry.
const SAYS: &str = r"
import sys
g = lambda *names: [getattr(sys, name) for name in names if hasattr(sys, name)][0]
lines = [sys.prefix, sys.exec_prefix, g('real_prefix', 'base_prefix', 'prefix')]
lines += [g('real_prefix', 'base_exec_prefix', 'exec_prefix')] + sys.path[1:]
text = '\n'.join(lines) + '\n'
getattr(sys.stdout, 'buffer', sys.stdout).write(text if bytes is str else text.encode('utf-8', 'surrogateescape'))
";

/// Cases that were compared, and what differs.
struct Cases<'s> {
    sandbox: &'s Sandbox,
    compared: usize,
    wrong: Vec<String>,
}

impl<'s> Cases<'s> {
    fn new(sandbox: &'s Sandbox) -> Self {
        Self {
            sandbox,
            compared: 0,
            wrong: Vec::new(),
        }
    }

    /// Compares one Python, started with these variables beside `HOME` and `PATH`.
    fn compare(&mut self, what: &str, program: &Utf8Path, variables: &[(&str, &str)]) {
        self.compare_as(what, program, variables, true);
    }

    /// `._pth` files leave the first entry of `sys.path` out.
    fn compare_as(
        &mut self,
        what: &str,
        program: &Utf8Path,
        variables: &[(&str, &str)],
        has_first: bool,
    ) {
        let home = self.sandbox.home();
        let mut all = BTreeMap::from([
            ("HOME", home.as_str()),
            ("PATH", "/usr/bin:/bin"),
            ("LC_ALL", "C.UTF-8"),
        ]);
        all.extend(variables.iter().copied());
        let says = if has_first {
            SAYS.to_owned()
        } else {
            SAYS.replace("sys.path[1:]", "sys.path")
        };
        let mut command = self.sandbox.command(program);
        command.env_clear().envs(&all).args(["-B", "-c", &says]);
        let output = self.sandbox.finish(&mut command);
        assert_eq!(output.status, 0, "{what}: {program}: {output:?}");
        let config = Config::given(&home, all.iter().map(|(name, value)| (*name, *value)));
        let Some(found) = startup(program, &config) else {
            return self.wrong.push(format!("{what}: {program}: no Python"));
        };
        assert_eq!(
            found.without_script.is_none(),
            has_first,
            "{what}: {program}"
        );
        let prefixes = [
            &found.prefix,
            &found.exec_prefix,
            &found.base_prefix,
            &found.base_exec_prefix,
        ];
        let computed: Vec<_> = prefixes
            .into_iter()
            .chain(found.path.iter().map(|entry| &entry.path))
            .map(|path| path.as_str())
            .collect();
        let real: Vec<_> = output.stdout.lines().collect();
        self.compared += 1;
        if real != computed {
            self.wrong.push(format!(
                "{what}: {program} {variables:?}\n  says     {real:?}\n  computed {computed:?}"
            ));
        }
    }

    #[track_caller]
    fn end(self, least: usize) {
        let count = self.wrong.len();
        assert!(count == 0, "{count} differ\n{}", self.wrong.join("\n"));
        assert!(self.compared >= least, "only {} cases", self.compared);
    }
}

/// All Pythons, 2.7 too.
fn all() -> Vec<Interpreter> {
    pythons().into_iter().chain(python2()).collect()
}

fn is_pypy(python: &Interpreter) -> bool {
    python.implementation.name() == "pypy"
}

fn series(python: &Interpreter) -> (u32, u32) {
    (python.version.major, python.version.minor)
}

/// The name of the directories of its libraries.
fn library(python: &Interpreter) -> String {
    let stem = if is_pypy(python) { "pypy" } else { "python" };
    format!("{stem}{}", python.version.short())
}

#[test]
fn bases_by_every_path_to_them() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    let deep = sandbox.path("deep/er");
    fs::create_dir_all(&deep).unwrap();
    for (number, python) in all().iter().enumerate() {
        let own = &python.executable;
        let real = own.canonicalize_utf8().unwrap();
        cases.compare("itself", own, &[]);
        cases.compare("its file", &real, &[]);
        let link = deep.join(format!("py{number}"));
        symlink(own, &link).unwrap();
        cases.compare("a link", &link, &[]);
        let twice = deep.join(format!("twice{number}"));
        symlink(format!("py{number}"), &twice).unwrap();
        cases.compare("a link to a link", &twice, &[]);
        let up = "../".repeat(deep.components().count());
        let relative = deep.join(format!("relative{number}"));
        symlink(
            format!("{up}{}", real.as_str().trim_start_matches('/')),
            &relative,
        )
        .unwrap();
        cases.compare("a relative link", &relative, &[]);
        let bin = sandbox.path(&format!("bin{number}"));
        symlink(own.parent().unwrap(), &bin).unwrap();
        let through = bin.join(own.file_name().unwrap());
        cases.compare("through a linked directory", &through, &[]);
        if !is_pypy(python) {
            let copy = deep.join(format!("copy{number}"));
            while_none_starts(|| fs::copy(&real, &copy)).unwrap();
            cases.compare("a copy, with the compiled-in prefix", &copy, &[]);
        }
    }
    for merged in ["/bin/python3", "/bin/pypy3"] {
        if Utf8Path::new(merged).exists() {
            cases.compare("through /bin", merged.into(), &[]);
        }
    }
    cases.end(all().len() * 6);
}

#[test]
fn variables_count_as_they_do_for_each_python() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    let base = sandbox.path("base");
    for python in &all() {
        let own = &python.executable;
        let prefix = python.base_prefix.as_str();
        for path in ["relative:/y/../x:/x:", &format!("::/a/./b//c:{prefix}/lib")] {
            cases.compare("PYTHONPATH", own, &[("PYTHONPATH", path)]);
        }
        cases.compare("empty", own, &[("PYTHONPATH", "")]);
        for home in [prefix.to_owned(), format!("{prefix}/./:/usr/lib/..")] {
            cases.compare("PYTHONHOME", own, &[("PYTHONHOME", &home)]);
        }
        let name = library(python);
        for user in [sandbox.home().join(".local"), base.clone()] {
            let site = user.join("lib").join(&name).join("site-packages");
            fs::create_dir_all(&site).unwrap();
            fs::write(site.join("mine.pth"), "/usr/lib\nimport sys\n").unwrap();
        }
        cases.compare("user site", own, &[]);
        cases.compare("another one", own, &[("PYTHONUSERBASE", base.as_str())]);
        cases.compare("turned off", own, &[("PYTHONNOUSERSITE", "1")]);
        let is_safe = !is_pypy(python) && series(python) >= (3, 11);
        cases.compare_as("safe", own, &[("PYTHONSAFEPATH", "1")], !is_safe);
    }
    cases.end(all().len() * 9);
}

/// An environment of each maker: its name and its directory.
fn made(sandbox: &Sandbox, python: &Interpreter, shared: bool) -> Vec<(&'static str, Utf8PathBuf)> {
    let directory = |maker: &str| sandbox.path(&format!("{maker}-{}-{shared}", python.version));
    let own = directory("venvsh");
    let packages = if shared {
        SystemSitePackages::Include
    } else {
        SystemSitePackages::Exclude
    };
    let new = CreateRequest {
        system_site_packages: packages,
        ..request(&own, python, Seed::None)
    };
    create(&new, &sandbox.config()).unwrap();
    let mut all = vec![("venvsh", own)];
    let exe = python.executable.as_str();
    let option = if shared {
        &["--system-site-packages"][..]
    } else {
        &[]
    };
    let mut make = |maker, program: Option<Utf8PathBuf>, words: &[&str]| {
        let Some(program) = program else {
            return skip(maker, &format!("{maker} not installed"));
        };
        let root = directory(maker);
        let mut command = sandbox.command(&program);
        let output = sandbox.finish(command.args(words).args(option).arg(&root));
        assert_eq!(output.status, 0, "{maker}: {output:?}");
        all.push((maker, root));
    };
    if series(python) >= (3, 3) {
        let program = Some(python.executable.clone());
        make("venv", program.clone(), &["-m", "venv", "--without-pip"]);
        if !is_pypy(python) {
            let words = ["-m", "venv", "--without-pip", "--copies"];
            make("venv-copies", program, &words);
        }
    }
    if series(python) >= (3, 9) {
        let words = ["--no-pip", "--no-periodic-update", "-p", exe];
        make("virtualenv", which("virtualenv"), &words);
        make("uv", which("uv"), &["venv", "-q", "--offline", "-p", exe]);
    }
    all
}

#[test]
fn environments_of_every_maker() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    for python in &all() {
        let site = sandbox
            .home()
            .join(".local/lib")
            .join(library(python))
            .join("site-packages");
        fs::create_dir_all(&site).unwrap();
        for shared in [false, true] {
            for (maker, root) in made(&sandbox, python, shared) {
                let exe = root.join("bin/python");
                cases.compare(maker, &exe, &[("PYTHONPATH", "a:b")]);
                if shared {
                    continue;
                }
                if series(python) >= (3, 3) && maker != "venv-copies" {
                    let home = python.base_prefix.as_str();
                    cases.compare(maker, &exe, &[("PYTHONHOME", home)]);
                }
                let link = root.with_file_name(format!("link-{}", root.file_name().unwrap()));
                symlink(&root, &link).unwrap();
                cases.compare(maker, &link.join("bin/python"), &[]);
            }
        }
    }
    cases.end(all().len() * 8);
}

#[test]
fn environments_from_environments_and_damaged_ones() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    for python in pythons() {
        let name = library(&python);
        let outer = sandbox.path(&format!("outer-{name}-{}", python.version));
        create(&request(&outer, &python, Seed::None), &sandbox.config()).unwrap();
        let inner = sandbox.path(&format!("inner-{name}-{}", python.version));
        let words = ["-m", "venv", "--without-pip", inner.as_str()];
        sandbox.exec(outer.join("bin/python"), &words).ok();
        let exe = inner.join("bin/python");
        cases.compare("from an environment", &exe, &[]);
        // A link to the environment's Python from elsewhere is the base.
        let link = sandbox.path(&format!("link-{name}-{}", python.version));
        symlink(&exe, &link).unwrap();
        cases.compare("a link to an environment's Python", &link, &[]);
        let config = outer.join("pyvenv.cfg");
        let good = fs::read_to_string(&config).unwrap();
        let home = python.executable.parent().unwrap();
        let exe = outer.join("bin/python");
        for (what, text) in [
            ("empty", String::new()),
            ("only home", format!("home = {home}\n")),
            (
                "no home",
                "include-system-site-packages = false\n".to_owned(),
            ),
            ("home of another Python", "home = /usr/bin\n".to_owned()),
            ("home that is gone", "home = /nowhere/bin\n".to_owned()),
            (
                "twice",
                format!(
                    "HOME={home}\nhome = /x\ninclude-system-site-packages = false\ninclude-system-site-packages = TRUE\n"
                ),
            ),
        ] {
            fs::write(&config, text).unwrap();
            cases.compare(what, &exe, &[]);
        }
        fs::write(&config, &good).unwrap();
        fs::rename(&config, outer.join("bin/pyvenv.cfg")).unwrap();
        cases.compare("pyvenv.cfg in bin", &exe, &[]);
    }
    cases.end(pythons().len() * 9);
}

#[test]
fn path_files_are_expanded_in_order() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    for name in ["one", "two", "three", "a b", "naïve"] {
        fs::create_dir(sandbox.path(name)).unwrap();
    }
    let root = sandbox.root();
    for python in &all() {
        let env = sandbox.path(&format!("env-{}-{}", library(python), python.version));
        create(&request(&env, python, Seed::None), &sandbox.config()).unwrap();
        let site = env.join("lib").join(library(python)).join("site-packages");
        fs::create_dir(site.join("inside")).unwrap();
        for (name, text) in [
            (
                "b.pth",
                format!("{root}/one\n{root}/two  \n# {root}/three\n{root}/gone\n"),
            ),
            (
                "a.pth",
                format!("import sys\nimport\tos\n\n{root}/two\ninside\n../../..\n"),
            ),
            ("B.pth", format!("{root}/a b\n{root}/one/\n")),
            (".hidden.pth", format!("{root}/three\n")),
            ("c.pth.bak", format!("{root}/three\n")),
            ("z.pth", "import os; os\r\ninside\r\n".to_owned()),
        ] {
            fs::write(site.join(name), text).unwrap();
        }
        let exe = env.join("bin/python");
        cases.compare("path files", &exe, &[]);
        let more = sandbox.path("more");
        fs::create_dir_all(&more).unwrap();
        fs::write(more.join("m.pth"), format!("{root}/naïve\n{root}/one\n")).unwrap();
        let line = format!("import site; site.addsitedir('{more}')\n");
        fs::write(site.join("y.pth"), line).unwrap();
        cases.compare("another site-packages", &exe, &[]);
        let words = ["run", env.as_str(), "--", "venvsh", "add2virtualenv"];
        let first = root.join("three");
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
        sandbox.finish(command.args(words).arg(&first)).ok();
        let old = "import sys; sys.__plen = len(sys.path)\nNEW\nimport sys; new=sys.path[sys.__plen:]; del sys.path[sys.__plen:]; p=getattr(sys,'__egginsert',0); sys.path[p:p]=new; sys.__egginsert = p+len(new)\n";
        let old = old.replace("NEW", &format!("{root}/naïve/../one\n{root}/gone"));
        fs::write(site.join("easy-install.pth"), old).unwrap();
        cases.compare("paths that move to the front", &exe, &[("PYTHONPATH", "x")]);
    }
    cases.end(all().len() * 3);
}

/// `._pth` beside the program replaces the search in 3.11 and newer.
#[test]
fn isolating_files_replace_the_search() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    let newer = |python: &Interpreter| !is_pypy(python) && series(python) >= (3, 11);
    let pythons: Vec<_> = pythons().into_iter().filter(newer).collect();
    for (number, python) in pythons.iter().enumerate() {
        let bin = sandbox.path(&format!("pth{number}"));
        fs::create_dir(&bin).unwrap();
        let exe = bin.join("python");
        symlink(&python.executable, &exe).unwrap();
        let stdlib = &python.stdlib;
        for rest in ["", "import site\n"] {
            let text = format!("# all\n{stdlib}\n{stdlib}/lib-dynload # C\nown/../lib\n{rest}");
            fs::write(bin.join("python._pth"), text).unwrap();
            cases.compare_as(
                "._pth",
                &exe,
                &[("PYTHONPATH", "/x"), ("PYTHONHOME", "/y")],
                false,
            );
        }
    }
    cases.end(pythons.len() * 2);
}

/// virtualenv before 20 wrote a `site.py` and `orig-prefix.txt`; 20 wrote `pyvenv.cfg` for 2.7 too. The second reads it as ours does.
#[test]
fn classic_environments() {
    let sandbox = Sandbox::new();
    let Some(python) = python2() else { return };
    let mut cases = Cases::new(&sandbox);
    for shared in [SystemSitePackages::Exclude, SystemSitePackages::Include] {
        let root = sandbox.path(&format!("classic-{shared:?}"));
        let new = CreateRequest {
            system_site_packages: shared,
            linking: Linking::Copy,
            on_existing: OnExisting::Fail,
            ..request(&root, &python, Seed::None)
        };
        create(&new, &sandbox.config()).unwrap();
        let user = sandbox.home().join(".local/lib/python2.7/site-packages");
        fs::create_dir_all(user).unwrap();
        for name in ["python", "python2.7"] {
            let exe = root.join("bin").join(name);
            cases.compare("classic", &exe, &[]);
            cases.compare("classic", &exe, &[("PYTHONPATH", "a::/b")]);
            cases.compare("classic", &exe, &[("PYTHONNOUSERSITE", "1")]);
        }
    }
    cases.end(12);
}

/// Those that `--classic` makes have no `home` in their `pyvenv.cfg`, and a `site.py` of their own.
#[test]
fn classic_environments_of_python_3() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    let can_be = |python: &Interpreter| !is_pypy(python) && series(python) < (3, 11);
    let pythons: Vec<_> = pythons().into_iter().filter(can_be).collect();
    for python in &pythons {
        let name = library(python);
        let user = sandbox.home().join(".local/lib").join(&name);
        fs::create_dir_all(user.join("site-packages")).unwrap();
        for shared in [SystemSitePackages::Exclude, SystemSitePackages::Include] {
            let root = sandbox.path(&format!("{name}-{shared:?}"));
            let new = CreateRequest {
                system_site_packages: shared,
                classic: true,
                ..request(&root, python, Seed::None)
            };
            create(&new, &sandbox.config()).unwrap();
            let link = sandbox.path(&format!("link-{name}-{shared:?}"));
            symlink(root.join("bin/python"), &link).unwrap();
            for exe in [root.join("bin/python"), root.join("bin").join(&name), link] {
                cases.compare("classic", &exe, &[]);
                cases.compare("classic", &exe, &[("PYTHONPATH", "a::/b")]);
                cases.compare("classic", &exe, &[("PYTHONNOUSERSITE", "1")]);
            }
        }
    }
    cases.end(pythons.len() * 18);
}

/// Parents add their site-packages by a `.pth` file, with the `.pth` files in these.
#[test]
fn layered_environments() {
    let sandbox = Sandbox::new();
    let mut cases = Cases::new(&sandbox);
    let project = sandbox.path("a project");
    fs::create_dir(&project).unwrap();
    for python in &all() {
        let name = library(python);
        let user = sandbox.home().join(".local/lib").join(&name);
        fs::create_dir_all(user.join("site-packages")).unwrap();
        for shared in [false, true] {
            let root =
                |stage: &str| sandbox.path(&format!("{name}-{}-{stage}-{shared}", python.version));
            let make = |stage: &str, options: &[&str]| {
                let root = root(stage);
                let words = [&["create", "--no-pip"], options, &[root.as_str()]].concat();
                sandbox.venvsh(&words).expect_silent("create");
                let site = root.join("lib").join(&name).join("site-packages");
                fs::write(site.join("project.pth"), format!("{project}\ninside\n")).unwrap();
                fs::create_dir(site.join("inside")).unwrap();
                root.join("bin/python")
            };
            let exe = python.executable.as_str();
            let options = ["-p", exe, "--system-site-packages"];
            let top = make("it's ü", &options[..if shared { 3 } else { 2 }]);
            let parent = |python: &Utf8Path| python.parent().unwrap().parent().unwrap().to_string();
            let middle = make("middle", &["--parent", &parent(&top)]);
            let child = make("child", &["--parent", &parent(&middle)]);
            for python in [&middle, &child] {
                cases.compare("layered", python, &[]);
                cases.compare("layered", python, &[("PYTHONPATH", "a:b")]);
            }
            fs::rename(root("it's ü"), root("moved")).unwrap();
            cases.compare("layered on nothing", &child, &[]);
        }
    }
    cases.end(all().len() * 10);
}
