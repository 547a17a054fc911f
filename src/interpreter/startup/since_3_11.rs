//! The search of Python 3.11 and newer (`Modules/getpath.py` of `CPython`).

use camino::{Utf8Path, Utf8PathBuf};

use super::before_3_11::fall_back;
use super::image::Image;
use super::located::{Landmarks, Located, Variables};
use super::step::{Steps, directory_of, real_file};
use crate::formats::PyvenvCfg;
use crate::fs::{is_dir, normalize, read_small_text};

/// The places that the search starts from.
struct Start {
    /// The directory from which it goes upwards.
    bin: Utf8PathBuf,
    /// The file of the interpreter behind all links.
    real: Utf8PathBuf,
    /// `PYTHONHOME`, or the directory of a `._pth` file.
    home: Option<String>,
    /// The lines of a `._pth` file.
    lines: Option<Vec<String>>,
    /// The directory of a Python that was built and is not installed.
    build: Option<Utf8PathBuf>,
    /// Its directory of extension modules, if it names one.
    build_extensions: Option<Utf8PathBuf>,
}

/// Searches the prefixes and the first entries of `sys.path`.
pub(super) fn locate(image: &Image, variables: &Variables) -> Located {
    let landmarks = Landmarks::new(image, variables);
    let mut located = Located::with_site();
    let start = start(image, variables, &mut located.start);
    search(image, &landmarks, &start, &mut located);
    if start.lines.is_none() {
        located.add_pythonpath(variables);
    }
    let build = start.build.is_some().then(|| image.compiled_in.clone());
    let archive = match build {
        Some(compiled_in) => compiled_in.unwrap_or_default(),
        None => located.prefix.clone(),
    };
    let archive = archive.join(&landmarks.archive);
    let extensions = start
        .build_extensions
        .clone()
        .unwrap_or_else(|| located.exec_prefix.join(&landmarks.extensions));
    located.path.extend([
        (archive, "standard library, zipped"),
        (located.stdlib.clone(), "standard library"),
        (extensions, "extension modules"),
    ]);
    if start.build.is_some() {
        located.prefix = image.compiled_in.clone().unwrap_or_default();
        located.exec_prefix.clone_from(&located.prefix);
    }
    if let Some(lines) = &start.lines {
        read_path_file(
            lines,
            start.home.as_deref().unwrap_or_default(),
            &mut located,
        );
    }
    located
}

fn start(image: &Image, variables: &Variables, steps: &mut Steps) -> Start {
    // Relative links are simplified, links among the directories stay.
    let real = real_file(&image.program, |directory, target| {
        if target.is_absolute() {
            target
        } else {
            normalize(&directory.join(target))
        }
    });
    let mut start = Start {
        bin: directory_of(&real).to_owned(),
        real,
        home: variables.home.clone(),
        lines: None,
        build: None,
        build_extensions: None,
    };
    match &variables.home {
        Some(home) if image.series() < (3, 14) => {
            steps.wrong(format!("PYTHONHOME={home}: no pyvenv.cfg is read here"));
        }
        Some(home) => steps.wrong(format!("PYTHONHOME={home}")),
        None => {
            steps.fact("PYTHONHOME is not set");
            if let Some(home) = home_of_environment(&image.program, steps) {
                start.bin = home;
            }
        }
    }
    steps.fact(format!("the search starts in {}", start.bin));
    read_isolation(&image.program, &mut start, steps);
    read_build(&mut start, steps);
    start
}

/// `home` of the `pyvenv.cfg` in the directory above the program's, else in the program's.
fn home_of_environment(program: &Utf8Path, steps: &mut Steps) -> Option<Utf8PathBuf> {
    let bin = directory_of(program);
    let file = [directory_of(bin), bin]
        .map(|directory| directory.join(PyvenvCfg::FILE))
        .into_iter()
        .find(|file| steps.file(file))?;
    let text = match read_small_text(&file) {
        Ok(text) => text,
        Err(err) => {
            steps.wrong(err.to_string());
            return None;
        }
    };
    let config = PyvenvCfg::parse(&text);
    let Some(home) = config.get("home") else {
        steps.wrong("it has no home: the links of the program lead to the base");
        return None;
    };
    steps.fact(format!("home = {home}"));
    if !is_dir(Utf8Path::new(home)).unwrap_or(false) {
        steps.wrong(format!("the directory does not exist: {home}"));
    }
    Some(home.into())
}

/// A `._pth` file beside the program or the file behind its links replaces the whole search.
fn read_isolation(program: &Utf8Path, start: &mut Start, steps: &mut Steps) {
    let mut files = vec![format!("{program}._pth"), format!("{}._pth", start.real)];
    files.dedup();
    for file in files {
        let file = Utf8PathBuf::from(file);
        if !steps.file(&file) {
            continue;
        }
        steps.fact("it replaces the search: no variables, and no site unless it has `import site`");
        let text = read_small_text(&file).unwrap_or_default();
        start.lines = Some(text.lines().map(str::to_owned).collect());
        start.home = Some(directory_of(&file).to_string());
        return;
    }
}

fn read_build(start: &mut Start, steps: &mut Steps) {
    let directory = start.bin.clone();
    let file = directory.join("pybuilddir.txt");
    if steps.file(&file) {
        let text = read_small_text(&file).unwrap_or_default();
        let extensions = text.lines().next().unwrap_or_default();
        start.build_extensions = Some(directory.join(extensions));
        start.build = Some(directory);
    } else if steps.file(&directory.join("Modules/Setup.local")) {
        start.build = Some(directory);
    }
}

fn search(image: &Image, landmarks: &Landmarks, start: &Start, located: &mut Located) {
    let steps = &mut located.prefix_steps;
    let source = match &start.build {
        Some(build) if start.home.is_none() => {
            let source = steps.upwards(build, |steps, directory| {
                steps.file(&directory.join("Lib/os.py"))
            });
            Some(source.unwrap_or_else(|| build.clone()))
        }
        _ => None,
    };
    let stdlib = source.as_ref().map(|source| source.join("Lib"));
    let given = start.home.as_ref().map(|home| {
        let (prefix, exec_prefix) = home.split_once(':').unwrap_or((home, home));
        steps.fact(format!("{prefix}: not checked"));
        let text = format!("{exec_prefix}: not checked");
        located.exec_prefix_steps.fact(text);
        (prefix.into(), exec_prefix.into())
    });
    let build = || Some((source?, start.build.clone()?));
    let (prefix, exec_prefix) = given.or_else(build).unzip();
    located.prefix = prefix.unwrap_or_else(|| prefix_of(image, landmarks, &start.bin, steps));
    let steps = &mut located.exec_prefix_steps;
    located.exec_prefix = exec_prefix.unwrap_or_else(|| {
        let found = steps.upwards(&start.bin, |steps, directory| {
            steps.directory(&directory.join(&landmarks.extensions))
        });
        found.unwrap_or_else(|| fall_back(image, steps, "the extension modules"))
    });
    located.stdlib = stdlib.unwrap_or_else(|| located.prefix.join(&landmarks.stdlib));
}

/// The first directory upwards with the zipped standard library, else with the standard library, else the compiled-in prefix.
fn prefix_of(
    image: &Image,
    landmarks: &Landmarks,
    bin: &Utf8Path,
    steps: &mut Steps,
) -> Utf8PathBuf {
    let archive = steps.upwards(bin, |steps, directory| {
        steps.file(&directory.join(&landmarks.archive))
    });
    let found = archive.or_else(|| {
        steps.upwards(bin, |steps, directory| {
            landmarks.has_stdlib(directory, steps)
        })
    });
    found.unwrap_or_else(|| fall_back(image, steps, "the standard library"))
}

/// The lines of a `._pth` file are the whole `sys.path`, relative to its directory.
fn read_path_file(lines: &[String], directory: &str, located: &mut Located) {
    located.is_isolated = true;
    located.has_site = false;
    located.path.clear();
    for line in lines {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line == "import site" {
            located.has_site = true;
        } else if line.starts_with("import ") {
            located.start.wrong(format!("not executed: {line}"));
        } else if !line.is_empty() {
            let path = Utf8Path::new(directory).join(line);
            located.path.push((path, "._pth file"));
        }
    }
}
