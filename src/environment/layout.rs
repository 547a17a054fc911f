//! The paths inside an environment, as data for each platform: `CPython` (free-threaded and debug builds too), `PyPy`, `GraalPy`.

use camino::{Utf8Path, Utf8PathBuf};

use crate::formats::Implementation;
use crate::interpreter::Interpreter;
use crate::platform::Platform;

/// The paths of an environment relative to its root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// `lib/python3.12/site-packages` (purelib, and platlib by way of `lib64`).
    pub site_packages: Utf8PathBuf,
    /// The way from `lib64` to the libraries, if the interpreter uses it.
    pub platform_libraries: PlatformLibraries,
    /// Other names for `bin/python`.
    pub python_names: Vec<String>,
    /// The platform of the environments.
    pub platform: Platform,
}

/// The entry beside `lib` (`venv` of `CPython`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlatformLibraries {
    /// None.
    Same,
    /// `lib64` is a link to `lib`: 64-bit, not macOS, up to 3.14.
    Link,
    /// From 3.15 a real directory, where the interpreter's `sys.platlibdir` is another.
    Directory(Utf8PathBuf),
}

impl Layout {
    /// The layout of environments of this interpreter.
    #[must_use]
    pub fn of(interpreter: &Interpreter) -> Self {
        Self::on(Platform::HERE, interpreter)
    }

    /// The layout of environments of this interpreter on that platform.
    #[must_use]
    pub fn on(platform: Platform, interpreter: &Interpreter) -> Self {
        let library = interpreter.library_name();
        let site_packages = if platform == Platform::Windows {
            Utf8PathBuf::from("Lib/site-packages")
        } else if interpreter.implementation == Implementation::PyPy && is_before(interpreter, 8) {
            // PyPy put its packages at the top until 3.8.
            Utf8PathBuf::from("site-packages")
        } else {
            Utf8Path::new("lib").join(library).join("site-packages")
        };
        Self {
            site_packages,
            platform_libraries: platform_libraries(platform, interpreter),
            python_names: python_names(platform, interpreter),
            platform,
        }
    }

    /// The site directories.
    #[must_use]
    pub fn site_directories(&self) -> Vec<Utf8PathBuf> {
        let mut directories = vec![self.site_packages.clone()];
        if let PlatformLibraries::Directory(path) = &self.platform_libraries {
            directories.push(path.clone());
        }
        directories
    }

    /// The site directories relative to `bin`: what `activate_this.py` adds to `sys.path`.
    #[must_use]
    pub fn site_directories_from_bin(&self) -> Vec<String> {
        let directories = self.site_directories().into_iter();
        directories.map(|path| format!("../{path}")).collect()
    }

    /// `bin` relative to site-packages, as `RECORD` names it.
    #[must_use]
    pub fn bin_from_site_packages(&self) -> String {
        let up = self.site_packages.components().count();
        format!("{}{}", "../".repeat(up), self.platform.bin())
    }
}

/// Whether it is older than that minor version of Python 3.
fn is_before(interpreter: &Interpreter, minor: u32) -> bool {
    (interpreter.version.major, interpreter.version.minor) < (3, minor)
}

fn platform_libraries(platform: Platform, interpreter: &Interpreter) -> PlatformLibraries {
    let is_posix = platform != Platform::Windows;
    if !is_before(interpreter, 15) {
        let directory = &interpreter.platlibdir;
        if !is_posix || directory == "lib" {
            return PlatformLibraries::Same;
        }
        let directory = Utf8Path::new(directory).join(interpreter.library_name());
        return PlatformLibraries::Directory(directory.join("site-packages"));
    }
    if is_posix && interpreter.is_64bit && platform != Platform::MacOs {
        PlatformLibraries::Link
    } else {
        PlatformLibraries::Same
    }
}

fn python_names(platform: Platform, interpreter: &Interpreter) -> Vec<String> {
    if platform == Platform::Windows {
        return python_names_of_windows(interpreter);
    }
    let version = &interpreter.version;
    // `t` free-threaded, `d` debug: those builds are called `python3.13t`. `m` and `u` of 3.7 and older never counted.
    let flags = interpreter.abiflags.replace(['m', 'u'], "");
    let flagged = (version.major > 2 && !flags.is_empty())
        .then(|| format!("python{}{flags}", version.short()));
    let mut names = vec![
        format!("python{}", version.major),
        format!("python{}", version.short()),
    ];
    names.extend(flagged);
    if interpreter.implementation != Implementation::CPython {
        let own = interpreter.implementation.stem();
        names.extend([
            own.to_owned(),
            format!("{own}{}", version.major),
            format!("{own}{}", version.short()),
        ]);
    }
    names
}

/// With a window instead of a console, and the builds that are called otherwise: `python3.13t.exe`, `python_d.exe` (`venv` of
/// `CPython`).
fn python_names_of_windows(interpreter: &Interpreter) -> Vec<String> {
    let of_threads = format!("{}t", interpreter.version.short());
    let mut ends = vec![String::new()];
    if interpreter.abiflags.contains('t') {
        ends.push(of_threads);
    }
    if interpreter.abiflags.contains('d') {
        let debug: Vec<_> = ends.iter().map(|end| format!("{end}_d")).collect();
        ends.extend(debug);
    }
    let names = ends
        .iter()
        .flat_map(|end| ["python", "pythonw"].map(|stem| format!("{stem}{end}.exe")));
    names.skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An interpreter as its executable and its version say it; `platlibdir` is `lib`.
    fn interpreter(library: &str, version: &str, flags: &str) -> Interpreter {
        let (implementation, _) = Implementation::of_file_name(library).unwrap();
        Interpreter {
            executable: format!("/base/bin/{library}").into(),
            version: version.parse().unwrap(),
            implementation,
            base_prefix: "/base".into(),
            base_exec_prefix: "/base".into(),
            stdlib: format!("/base/lib/{library}").into(),
            cache_tag: String::new(),
            abiflags: flags.to_owned(),
            platlibdir: "lib".to_owned(),
            is_64bit: true,
            tcl_library: None,
            tk_library: None,
        }
    }

    /// Site-packages, what is beside `lib`, the names beside `python`, and the way from site-packages to the programs.
    fn shown(platform: Platform, interpreter: &Interpreter) -> String {
        let layout = Layout::on(platform, interpreter);
        let beside = match &layout.platform_libraries {
            PlatformLibraries::Same => "-".to_owned(),
            PlatformLibraries::Link => "lib64 -> lib".to_owned(),
            PlatformLibraries::Directory(path) => path.to_string(),
        };
        [
            layout.site_packages.as_str(),
            &beside,
            &layout.python_names.join(" "),
            &layout.bin_from_site_packages(),
        ]
        .join(", ")
        // Of the system that the test runs on.
        .replace('\\', "/")
    }

    #[test]
    fn each_platform_has_its_layout() {
        use Platform::{Linux, MacOs, OtherUnix, Windows};
        let posix = "lib/python3.12/site-packages";
        let names = "python3 python3.12, ../../../bin";
        let python = interpreter("python3.12", "3.12.1", "");
        for platform in [Linux, OtherUnix] {
            assert_eq!(
                shown(platform, &python),
                format!("{posix}, lib64 -> lib, {names}")
            );
        }
        assert_eq!(shown(MacOs, &python), format!("{posix}, -, {names}"));
        assert_eq!(
            shown(Windows, &python),
            "Lib/site-packages, -, pythonw.exe, ../../Scripts"
        );
        let narrow = Interpreter {
            is_64bit: false,
            ..python
        };
        assert_eq!(shown(Linux, &narrow), format!("{posix}, -, {names}"));
    }

    #[test]
    fn each_build_has_its_names() {
        for (library, version, flags, expect) in [
            (
                "python3.13t",
                "3.13.0",
                "t",
                "lib/python3.13t/site-packages, lib64 -> lib, python3 python3.13 python3.13t, ../../../bin",
            ),
            (
                "python3.12",
                "3.12.1",
                "d",
                "lib/python3.12/site-packages, lib64 -> lib, python3 python3.12 python3.12d, ../../../bin",
            ),
            (
                "python3.7",
                "3.7.16",
                "m",
                "lib/python3.7/site-packages, lib64 -> lib, python3 python3.7, ../../../bin",
            ),
            (
                "pypy3.9",
                "3.9.16",
                "",
                "lib/pypy3.9/site-packages, lib64 -> lib, python3 python3.9 pypy pypy3 pypy3.9, ../../../bin",
            ),
            (
                "pypy3",
                "3.7.13",
                "",
                "site-packages, lib64 -> lib, python3 python3.7 pypy pypy3 pypy3.7, ../bin",
            ),
        ] {
            let python = interpreter(library, version, flags);
            assert_eq!(shown(Platform::Linux, &python), expect);
        }
        for (flags, names) in [
            ("t", "pythonw.exe python3.13t.exe pythonw3.13t.exe"),
            ("d", "pythonw.exe python_d.exe pythonw_d.exe"),
            (
                "td",
                "pythonw.exe python3.13t.exe pythonw3.13t.exe python_d.exe pythonw_d.exe python3.13t_d.exe pythonw3.13t_d.exe",
            ),
        ] {
            assert_eq!(
                shown(
                    Platform::Windows,
                    &interpreter("python3.13", "3.13.0", flags)
                ),
                format!("Lib/site-packages, -, {names}, ../../Scripts")
            );
        }
    }

    /// Up to 3.14 `lib64` is a link wherever the platform has 64 bits; since then it is a directory where packages go there.
    #[test]
    fn libraries_of_the_platform_have_their_own_directory_since_3_15() {
        let fedora = |version: &str| Interpreter {
            platlibdir: "lib64".to_owned(),
            ..interpreter(&format!("python{}", &version[..4]), version, "")
        };
        let beside =
            |interpreter: &Interpreter| Layout::on(Platform::Linux, interpreter).platform_libraries;
        assert_eq!(beside(&fedora("3.14.0")), PlatformLibraries::Link);
        let directory = Utf8PathBuf::from("lib64/python3.15/site-packages");
        let modern = fedora("3.15.0");
        assert_eq!(beside(&modern), PlatformLibraries::Directory(directory));
        assert_eq!(
            Layout::on(Platform::Linux, &modern)
                .site_directories_from_bin()
                .join(" ")
                .replace('\\', "/"),
            "../lib/python3.15/site-packages ../lib64/python3.15/site-packages"
        );
        let debian = interpreter("python3.15", "3.15.0", "");
        assert_eq!(beside(&debian), PlatformLibraries::Same);
    }
}
