//! The package that pip could not install, and the reason, from what pip prints.

/// The reason in one line, which names the package. `names` are normalized.
pub(super) fn reason(stderr: &str, stdout: &str, names: &[&str]) -> Option<String> {
    let errors: Vec<&str> = stderr
        .lines()
        .map(str::trim)
        .filter_map(|line| {
            line.strip_prefix("ERROR: ")
                .or_else(|| line.strip_prefix("error: "))
        })
        .collect();
    let is_named = |line: &&&str| names.iter().any(|name| names_it(line, name));
    if let Some(line) = errors.iter().rev().find(is_named) {
        return Some((*line).to_owned());
    }
    // pip works on one package after the other; the last one that it began is the one that failed.
    let steps = [
        "Collecting ",
        "Processing ",
        "Obtaining ",
        "Building wheel for ",
    ];
    let last = stdout.lines().map(str::trim).rev().find_map(|line| {
        let rest = steps.iter().find_map(|step| line.strip_prefix(step))?;
        rest.split([' ', ';']).next()
    });
    let checked = || {
        stdout
            .lines()
            .map(str::trim)
            .rev()
            .find(|line| !line.is_empty())
    };
    let error = errors.last().map(|line| (*line).to_owned());
    match (last, error) {
        (Some(package), Some(error)) => Some(format!("{package}: {error}")),
        (Some(package), None) => Some(format!("pip failed at {package}")),
        (None, Some(error)) => Some(error),
        // `pip check` prints its findings to standard output.
        (None, None) => checked().map(str::to_owned),
    }
}

/// Whether the line has that normalized name as a word.
fn names_it(line: &str, name: &str) -> bool {
    let spelled = line.to_lowercase().replace(['_', '.'], "-");
    let joins = |c: char| c.is_alphanumeric();
    spelled.match_indices(name).any(|(at, _)| {
        let (before, after) = (&spelled[..at], &spelled[at + name.len()..]);
        let ends = !after.starts_with(joins)
            && !after
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        !before.ends_with(joins) && !before.ends_with('-') && ends
    })
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_package_is_named() {
        for (stderr, stdout, expect) in [
            (
                "ERROR: Could not find a version that satisfies the requirement Foo_Bar==1.0 (from versions: none)\nERROR: No matching distribution found for Foo_Bar==1.0\n",
                "Looking in links: /x\n",
                Some("No matching distribution found for Foo_Bar==1.0"),
            ),
            (
                "  error: subprocess-exited-with-error\n  × python setup.py egg_info did not run successfully.\nerror: metadata-generation-failed\n",
                "Collecting other==1\nCollecting broken==2 (from -r /tmp/x (line 1))\n  Preparing metadata: finished with status 'error'\n",
                Some("broken==2: metadata-generation-failed"),
            ),
            (
                "ERROR: Failed to build installable wheels for some pyproject.toml based projects (foo-bar)\n",
                "",
                Some(
                    "Failed to build installable wheels for some pyproject.toml based projects (foo-bar)",
                ),
            ),
            (
                "",
                "a 1.0 requires b, which is not installed.\n",
                Some("a 1.0 requires b, which is not installed."),
            ),
            ("", "", None),
        ] {
            let found = reason(stderr, stdout, &["foo-bar", "foo"]);
            assert_eq!(found.as_deref(), expect, "{stderr}");
        }
    }
}
