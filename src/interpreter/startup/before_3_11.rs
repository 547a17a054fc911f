//! The search of Python 2.7 and of 3.3 to 3.10 (`Modules/getpath.c` of `CPython`).

use camino::{Utf8Path, Utf8PathBuf};

use super::image::Image;
use super::located::{Landmarks, Located, Variables};
use super::step::{Finding, Steps, directory_of, real_file};
use crate::formats::PyvenvCfg;
use crate::fs::{is_file, read_small_text};

/// Searches the prefixes and the first entries of `sys.path`.
pub(super) fn locate(image: &Image, variables: &Variables) -> Located {
    let landmarks = Landmarks::new(image, variables);
    let mut located = Located::with_site();
    let bin = start(image, &mut located.start);
    let found = prefix(
        image,
        variables,
        &landmarks,
        &bin,
        &mut located.prefix_steps,
    );
    let extensions = exec_prefix(
        image,
        variables,
        &landmarks,
        &bin,
        &mut located.exec_prefix_steps,
    );
    let compiled_in = image.compiled_in.clone().unwrap_or_default();
    let (prefix, stdlib) = match found {
        Place::In(prefix) => (prefix.clone(), prefix.join(&landmarks.stdlib)),
        Place::Build(library) => (compiled_in.clone(), library),
    };
    let (exec_prefix, dynload) = match extensions {
        Place::In(prefix) => (prefix.clone(), prefix.join(&landmarks.extensions)),
        Place::Build(directory) => (compiled_in, directory),
    };
    located.add_pythonpath(variables);
    let archive = prefix.join(&landmarks.archive);
    located.path.push((archive, "standard library, zipped"));
    located.path.extend(libraries(image, &stdlib));
    located.path.push((dynload, "extension modules"));
    Located {
        prefix,
        exec_prefix,
        stdlib,
        ..located
    }
}

/// The standard library and the directories below it that Python 2 adds.
fn libraries(
    image: &Image,
    stdlib: &Utf8Path,
) -> impl Iterator<Item = (Utf8PathBuf, &'static str)> {
    let below = image.below_library.iter().map(|name| stdlib.join(name));
    let all = [stdlib.to_owned()].into_iter().chain(below);
    all.map(|library| (library, "standard library"))
}

/// A prefix, or a directory of a Python that was built and is not installed.
enum Place {
    In(Utf8PathBuf),
    Build(Utf8PathBuf),
}

/// The directory where the search starts: that of the file behind all links, or `home` of a `pyvenv.cfg` there.
fn start(image: &Image, steps: &mut Steps) -> Utf8PathBuf {
    // `..` of a relative link stays in the path, and so in `sys.prefix`.
    let real = real_file(&image.program, Utf8Path::join);
    let bin = directory_of(&real).to_owned();
    steps.fact(format!("the search starts in {bin}, behind all links"));
    if image.series() < (3, 3) {
        return bin;
    }
    for directory in [bin.as_path(), directory_of(&bin)] {
        let file = directory.join(PyvenvCfg::FILE);
        if !steps.file(&file) {
            continue;
        }
        let text = read_small_text(&file).unwrap_or_default();
        if let Some(home) = PyvenvCfg::parse(&text).get("home") {
            steps.fact(format!("home = {home}: the search starts there"));
            return home.into();
        }
        break;
    }
    bin
}

fn prefix(
    image: &Image,
    variables: &Variables,
    landmarks: &Landmarks,
    bin: &Utf8Path,
    steps: &mut Steps,
) -> Place {
    if let Some(home) = &variables.home {
        let prefix = home.split(':').next().unwrap_or_default();
        steps.wrong(format!("PYTHONHOME={home}: not checked"));
        return Place::In(prefix.trim_end_matches('/').into());
    }
    steps.fact("PYTHONHOME is not set");
    let marker = if image.series() < (3, 8) {
        "Modules/Setup"
    } else {
        "Modules/Setup.local"
    };
    if steps.file(&bin.join(marker)) && is_file(&bin.join("Lib/os.py")).unwrap_or(false) {
        steps.fact("a build directory: the prefix is the compiled-in one");
        return Place::Build(bin.join("Lib"));
    }
    let found = steps.upwards(bin, |steps, directory| {
        landmarks.has_stdlib(directory, steps)
    });
    Place::In(found.unwrap_or_else(|| fall_back(image, steps, "the standard library")))
}

fn exec_prefix(
    image: &Image,
    variables: &Variables,
    landmarks: &Landmarks,
    bin: &Utf8Path,
    steps: &mut Steps,
) -> Place {
    if let Some(home) = &variables.home {
        let prefix = home.split_once(':').map_or(home.as_str(), |(_, rest)| rest);
        steps.add(Finding::Found, format!("PYTHONHOME={home}: not checked"));
        return Place::In(prefix.trim_end_matches('/').into());
    }
    let file = bin.join("pybuilddir.txt");
    if steps.file(&file) {
        let text = read_small_text(&file).unwrap_or_default();
        steps.fact("a build directory: the prefix is the compiled-in one");
        return Place::Build(bin.join(text.trim_end()));
    }
    let found = steps.upwards(bin, |steps, directory| {
        steps.directory(&directory.join(&landmarks.extensions))
    });
    Place::In(found.unwrap_or_else(|| fall_back(image, steps, "the extension modules")))
}

/// The prefix that was compiled in, when nothing is found.
pub(super) fn fall_back(image: &Image, steps: &mut Steps, wanted: &str) -> Utf8PathBuf {
    if let Some(prefix) = &image.compiled_in {
        let text = format!("compiled into the interpreter: {prefix}");
        steps.add(Finding::Found, text);
        prefix.clone()
    } else {
        steps.wrong(format!(
            "not found: {wanted}; the compiled-in prefix holds none or cannot be read"
        ));
        Utf8PathBuf::new()
    }
}
