//! The project of an environment whose tool keeps it elsewhere: the directory that is installed in it as editable, if the hash in the
//! environment's name is that of the directory.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::tool::Found;
use super::{hatch, pdm, poetry};
use crate::environment::opened::Environment;
use crate::fs::{children, read_small_text};

/// The project that the environment's packages tell. This lists its site-packages.
pub(crate) fn project(found: &Found, environment: &Environment) -> Option<Utf8PathBuf> {
    let is_of = match found.tool.name {
        "poetry" => poetry::is_of,
        "hatch" => hatch::is_of,
        "pdm" => pdm::is_of,
        _ => return None,
    };
    let entries = children(&environment.site_packages()?);
    let metadata = entries
        .iter()
        .filter(|path| path.extension() == Some("dist-info"));
    let directories = metadata.filter_map(|path| editable(path));
    let mut projects = directories.filter(|directory| is_of(&found.root, directory));
    projects.next()
}

/// The directory that was installed as editable (PEP 610).
fn editable(metadata: &Utf8Path) -> Option<Utf8PathBuf> {
    let text = read_small_text(&metadata.join("direct_url.json")).ok()?;
    let origin: Value = serde_json::from_str(&text).ok()?;
    let is_editable = origin.pointer("/dir_info/editable") == Some(&Value::Bool(true));
    let path = origin.get("url")?.as_str()?.strip_prefix("file://")?;
    is_editable.then(|| percent_decoded(path).map(Into::into))?
}

/// The text with `%20` and its like replaced. `None`: it is no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let digits = after.get(..2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &after[2..];
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn paths_of_addresses_are_decoded() {
        for (text, expect) in [
            ("/a/b", Some("/a/b")),
            ("/a%20b/%C3%A9%25", Some("/a b/\u{e9}%")),
            ("/a%2", None),
            ("/a%zz", None),
            ("/%ff", None),
        ] {
            assert_eq!(percent_decoded(text).as_deref(), expect, "{text}");
        }
    }
}
