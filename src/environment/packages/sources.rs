//! The directories of this machine that may offer wheels.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::formats::settings::ini_words;
use crate::fs::{children, is_dir, read_small_text};
use crate::interpreter::{Interpreter, site_directories};

/// virtualenv's own wheels, below a site-packages.
const EMBEDDED: &str = "virtualenv/seed/wheels/embed";

/// The directory that the user named for this.
pub(super) fn explicit(config: &Config) -> Option<Utf8PathBuf> {
    let value = config.var(vars::WHEEL_DIR)?;
    config.absolute(&config.expanded(&value)).ok()
}

/// The usual directories of the interpreter's own wheels.
pub(super) fn own(interpreter: &Interpreter) -> [Utf8PathBuf; 2] {
    let bundled = interpreter.stdlib.join("ensurepip/_bundled");
    // Debian and Fedora move the wheels of ensurepip here.
    let packaged = interpreter.base_prefix.join("share/python-wheels");
    [bundled, packaged]
}

/// `WHEEL_PKG_DIR`: where a distribution has put the wheels of ensurepip, if not into a usual directory (Gentoo).
pub(super) fn configured(interpreter: &Interpreter) -> Option<Utf8PathBuf> {
    let mut files = children(&interpreter.stdlib);
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default();
        name.starts_with("_sysconfigdata") && file.extension() == Some("py")
    });
    files.iter().find_map(|file| {
        let text = read_small_text(file).ok()?;
        let (_, rest) = text.split_once("'WHEEL_PKG_DIR':")?;
        let directory = rest.trim_start().strip_prefix('\'')?.split('\'').next()?;
        Some(Utf8PathBuf::from(directory)).filter(|directory| directory.is_absolute())
    })
}

/// The directories in which pip itself looks, by `PIP_FIND_LINKS` and by `find-links` in its configuration files. Addresses and
/// relative paths are none.
pub(super) fn find_links(config: &Config) -> Vec<Utf8PathBuf> {
    let given = config.var(vars::PIP_FIND_LINKS).unwrap_or_default();
    let given = given.split_whitespace().map(str::to_owned);
    let written = configurations(config).into_iter().flat_map(|file| {
        let text = read_small_text(&file).unwrap_or_default();
        ini_words(&text, &["global", "install", "download"], "find-links")
    });
    let paths = given
        .chain(written)
        .map(|word| config.with_home(word.strip_prefix("file://").unwrap_or(&word)));
    paths
        .filter(|path| path.is_absolute() && is_dir(path).unwrap_or(false))
        .collect()
}

/// pip's configuration files: one that is named, those of the user, that of the machine.
fn configurations(config: &Config) -> Vec<Utf8PathBuf> {
    let home = |below: &str| config.home().map(|home| home.join(below));
    let roaming = config.var(vars::APPDATA).map(Utf8PathBuf::from);
    let all = [
        config.path_var(vars::PIP_CONFIG_FILE),
        config.config_dir().map(|dir| dir.join("pip/pip.conf")),
        home("Library/Application Support/pip/pip.conf"),
        home(".pip/pip.conf"),
        roaming.map(|dir| dir.join("pip/pip.ini")),
        Some("/etc/pip.conf".into()),
    ];
    all.into_iter().flatten().collect()
}

/// The directories of others: `bundled` are those of other interpreters; then those of virtualenv.
pub(super) fn foreign(
    bundled: Vec<Utf8PathBuf>,
    interpreter: &Interpreter,
    config: &Config,
) -> Vec<Utf8PathBuf> {
    let site_packages = |bundled: &Utf8PathBuf| {
        let stdlib = bundled.parent().and_then(Utf8Path::parent)?;
        Some(stdlib.join("site-packages"))
    };
    let of_others: Vec<_> = bundled.iter().filter_map(site_packages).collect();
    let sites = site_directories(&interpreter.executable, config);
    let embedded = sites
        .into_iter()
        .chain(of_others)
        .map(|site| site.join(EMBEDDED));
    let mut all = bundled;
    all.push("/usr/share/python-wheels".into());
    // Where it keeps what it has downloaded: for data before virtualenv 21, for caches since.
    let home = |below: &str| config.home().map(|home| home.join(below));
    let local = config.var(vars::LOCALAPPDATA).map(Utf8PathBuf::from);
    let houses = [
        config.data_dir().map(|dir| dir.join("virtualenv")),
        config.caches().map(|dir| dir.join("virtualenv")),
        home("Library/Application Support/virtualenv"),
        home("Library/Caches/virtualenv"),
        local.as_ref().map(|dir| dir.join("pypa/virtualenv")),
        local.as_ref().map(|dir| dir.join("pypa/virtualenv/Cache")),
    ];
    let houses = houses.into_iter().flatten();
    all.extend(houses.map(|house| house.join("wheel/house")));
    all.extend(embedded);
    all
}
