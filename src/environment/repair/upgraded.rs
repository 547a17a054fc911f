//! Finds that the base was upgraded to another patch release: the environment runs, and its files have the old one.

use std::io;

use camino::Utf8Path;

use super::diagnosis::{Diagnosis, python_names};
use super::series::Series;
use crate::environment::opened::Environment;
use crate::formats::Version;
use crate::fs::{is_same, is_script, look, look_at_link};
use crate::interpreter::Interpreter;
use crate::platform::{BIN, Platform};

impl Diagnosis {
    /// Compares the environment with its base: the version in `pyvenv.cfg`, which tools such as pre-commit compare too, and copies of
    /// the interpreter, which do not fit another release of the standard library.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn compare(&mut self, environment: &Environment, base: &Interpreter) -> io::Result<()> {
        if self.needs_python || Series::of(environment)? != Some(Series::of_interpreter(base)) {
            return Ok(());
        }
        self.compare_version(environment, &base.version);
        // Elsewhere a program that starts Python may stand for a copy.
        if !matches!(Platform::HERE, Platform::Linux | Platform::OtherUnix)
            || is_script(&base.executable)
        {
            return Ok(());
        }
        let executable = &base.executable;
        for name in python_names(environment.root())? {
            let path = environment.root().join(BIN).join(&name);
            let is_copy = look_at_link(&path)?.is_some_and(|meta| meta.is_file())
                && !is_script(&path)
                && !is_same(&path, executable);
            if is_copy && !are_equal(&path, executable)? {
                self.add(format!(
                    "{BIN}/{name} is a copy, and differs from {executable}"
                ));
                self.needs_python = true;
            }
        }
        Ok(())
    }

    fn compare_version(&mut self, environment: &Environment, base: &Version) {
        let now = release(base);
        let keys = ["version", "version_info"];
        let written = keys.into_iter().filter_map(|key| environment.key(key));
        // uv writes a minor version for some.
        let whole = written.filter(|text| text.split('.').count() > 2);
        let mut written = whole.filter_map(Version::from_cfg).map(|it| release(&it));
        if let Some(old) = written.find(|old| *old != now) {
            self.add(format!("its Python is {now} now, and pyvenv.cfg has {old}"));
            self.needs_python = true;
        }
    }
}

/// `3.12.1`; tools differ in what follows it.
fn release(version: &Version) -> String {
    format!("{}.{}", version.short(), version.patch)
}

fn are_equal(one: &Utf8Path, other: &Utf8Path) -> io::Result<bool> {
    let length = |path| Ok::<_, io::Error>(look(path)?.map(|meta| meta.len()));
    Ok(length(one)? == length(other)? && crate::fs::read(one)? == crate::fs::read(other)?)
}
