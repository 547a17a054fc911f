//! The search of `PyPy` (`pypy/module/sys/initpath.py`): upwards from the file behind all links, then from its library. Variables
//! are not asked.

use camino::{Utf8Path, Utf8PathBuf};

use super::image::Image;
use super::located::{Located, Variables, platlibdir};
use super::step::{Finding, Steps};
use crate::formats::PyvenvCfg;
use crate::fs::{is_dir, normalize, read_small_text};

/// Searches the prefix and the first entries of `sys.path`.
pub(super) fn locate(image: &Image, variables: &Variables) -> Located {
    let mut located = Located::with_site();
    if let Some(home) = &variables.home {
        let text = format!("PYTHONHOME={home}: PyPy does not read it");
        located.start.fact(text);
    }
    let steps = &mut located.prefix_steps;
    let library = image.library.as_ref();
    let found = upwards(image, &image.program, steps).or_else(|| {
        let library = crate::platform::real(library?).ok()?;
        steps.fact(format!("from the library: {library}"));
        upwards(image, &library, steps)
    });
    let found = found.unwrap_or_else(|| {
        steps.wrong("the standard library is not found");
        (Utf8PathBuf::new(), Vec::new())
    });
    let (prefix, libraries) = found;
    located.add_pythonpath(variables);
    let of_library = libraries.iter().cloned();
    located
        .path
        .extend(of_library.map(|library| (library, "standard library")));
    located.stdlib = libraries.last().cloned().unwrap_or_default();
    located.exec_prefix.clone_from(&prefix);
    let text = "the same as sys.prefix";
    located.exec_prefix_steps.add(Finding::Found, text);
    located.prefix = prefix;
    located
}

/// The first directory upwards, `/` included, with a standard library, and the entries of `sys.path` that are in it.
fn upwards(
    image: &Image,
    start: &Utf8Path,
    steps: &mut Steps,
) -> Option<(Utf8PathBuf, Vec<Utf8PathBuf>)> {
    let mut search = start.to_owned();
    for level in 0.. {
        let mut directory = directory_behind(&search, 40);
        if directory == search {
            break;
        }
        if level < 2
            && let Some(home) = home(&directory, steps)
        {
            directory = home;
        }
        if let Some(libraries) = libraries(image, &directory, steps) {
            return Some((directory, libraries));
        }
        search = directory;
    }
    None
}

/// The directory of the file or directory that the path leads to; links above it stay.
fn directory_behind(path: &Utf8Path, hops: u8) -> Utf8PathBuf {
    let path = normalize(path);
    let above = normalize(&path.join(".."));
    let target = crate::fs::read_link(&path).ok();
    let target = target.and_then(|target| Utf8PathBuf::from_path_buf(target).ok());
    match target {
        Some(target) if hops > 0 => directory_behind(&above.join(target), hops - 1),
        _ => above,
    }
}

fn home(directory: &Utf8Path, steps: &mut Steps) -> Option<Utf8PathBuf> {
    let text = read_small_text(&directory.join(PyvenvCfg::FILE)).ok()?;
    let home = Utf8PathBuf::from(PyvenvCfg::parse(&text).get("home")?);
    steps.fact(format!(
        "home = {home} in {}",
        directory.join(PyvenvCfg::FILE)
    ));
    Some(home)
}

/// `lib/pypy3.9` of an installation (3.8 and newer), `lib_pypy` and `lib-python/3` of older ones.
fn libraries(image: &Image, prefix: &Utf8Path, steps: &mut Steps) -> Option<Vec<Utf8PathBuf>> {
    let name = image.library_name();
    let library = prefix.join(platlibdir(image, &name)).join(&name);
    if steps.file(&library.join("site.py")) {
        return Some(vec![library]);
    }
    let series = if image.version.major == 2 { "2.7" } else { "3" };
    let both = [
        prefix.join("lib_pypy"),
        prefix.join("lib-python").join(series),
    ];
    let is_there = |library: &Utf8PathBuf| is_dir(library).unwrap_or(false);
    if !both.iter().all(is_there) {
        return None;
    }
    steps.directory(&both[1]);
    let extensions = both[0].join("__extensions__");
    Some([vec![extensions], both.to_vec()].concat())
}
