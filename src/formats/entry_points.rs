//! The text of `entry_points.txt` (packaging.python.org, "Entry points specification").

/// One object that a distribution offers to others under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryPoint<'t> {
    /// The section: `console_scripts`.
    pub group: &'t str,
    /// Its name in that group.
    pub name: &'t str,
    /// The module to import.
    pub module: &'t str,
    /// The attribute of the module, with dots: `main`, `App.run`. Empty: the module itself.
    pub attribute: &'t str,
}

impl<'t> EntryPoint<'t> {
    /// `name = module:attribute [extras]` in that group. The extras mean nothing to a caller. `None` for other text.
    #[must_use]
    pub fn from_line(group: &'t str, line: &'t str) -> Option<Self> {
        let (name, value) = line.split_once('=')?;
        let value = value.split('[').next().unwrap_or(value);
        let (module, attribute) = value.split_once(':').unwrap_or((value, ""));
        Some(Self {
            group,
            name: name.trim(),
            module: module.trim(),
            attribute: attribute.trim(),
        })
    }
}

/// The entry points in the order of the file. Comments and lines of no group are left out.
pub fn parse(text: &str) -> impl Iterator<Item = EntryPoint<'_>> {
    let mut group = None;
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if line.starts_with(['#', ';']) {
            return None;
        }
        let section = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'));
        if section.is_some() {
            group = section.map(str::trim);
            return None;
        }
        EntryPoint::from_line(group?, line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_names_and_values_are_read() {
        let text = "lost = a:b\n[one]\nx = y:z\n# [no]\n; c = d:e\n\n[ two.three ]\na.b=pkg.mod:App.run [extra]\nmod = only\nno value\n";
        let point = |group, name, module, attribute| EntryPoint {
            group,
            name,
            module,
            attribute,
        };
        assert_eq!(
            parse(text).collect::<Vec<_>>(),
            [
                point("one", "x", "y", "z"),
                point("two.three", "a.b", "pkg.mod", "App.run"),
                point("two.three", "mod", "only", ""),
            ]
        );
    }
}
