//! Single values from other tools' configuration files. Their formats (TOML, YAML) are read only as far as these tools write them.

/// The text of a key in a table of a TOML file: `[table]` and `key = "text"`, or `table.key = "text"` at the top.
#[must_use]
pub(crate) fn toml_text(toml: &str, table: &str, key: &str) -> Option<String> {
    toml_string(&toml_value(toml, table, key)?)
}

/// The value as it is written, to the end of its line.
#[must_use]
pub(crate) fn toml_value(toml: &str, table: &str, key: &str) -> Option<String> {
    let mut current = "";
    toml.lines().find_map(|line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            current = name.split(']').next().unwrap_or_default().trim();
            return None;
        }
        let (name, value) = line.split_once('=')?;
        let name = [current, name.trim()].join(".");
        let is_it = name.trim_start_matches('.') == [table, key].join(".");
        is_it.then(|| value.trim().to_owned())
    })
}

/// A TOML string of one line. Of the escapes only the backslash and the quote are known.
fn toml_string(value: &str) -> Option<String> {
    if let Some(rest) = value.strip_prefix('\'') {
        return rest.split_once('\'').map(|(text, _)| text.to_owned());
    }
    let mut text = String::new();
    let mut chars = value.strip_prefix('"')?.chars();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => text.push(chars.next().filter(|c| "\\\"".contains(*c))?),
            c => text.push(c),
        }
    }
}

/// The texts of a list at the top of a YAML file: `key: [a, b]`, also in several lines, or `- a` in lines of their own.
#[must_use]
pub(crate) fn yaml_list(yaml: &str, key: &str) -> Vec<String> {
    let mut lines = yaml.lines();
    let start = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (!line.starts_with([' ', '#']) && unquoted(name) == key).then_some(value)
    });
    let Some(start) = start.map(without_comment) else {
        return Vec::new();
    };
    if let Some(inside) = start.strip_prefix('[') {
        let rest = lines.map(without_comment).collect::<Vec<_>>().concat();
        let inside = [inside, &rest].concat();
        return inside
            .split(']')
            .next()
            .unwrap_or_default()
            .split(',')
            .map(unquoted)
            .filter(|text| !text.is_empty())
            .collect();
    }
    let lines = lines.map(without_comment).filter(|line| !line.is_empty());
    let items = lines.map_while(|line| line.strip_prefix("- "));
    items.map(unquoted).collect()
}

/// The text of a key at the top of a YAML file: `key: text`.
#[must_use]
pub(crate) fn yaml_text(yaml: &str, key: &str) -> Option<String> {
    let mut lines = yaml.lines();
    let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    let text = unquoted(without_comment(value));
    (!text.is_empty()).then_some(text)
}

fn without_comment(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    line.split(" #").next().unwrap_or(line).trim_end()
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inside = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('"')
        .or_else(|| inside('\''))
        .unwrap_or(text)
        .to_owned()
}

/// The words of a key in one of these sections of an INI file as pip has it: `key = a b`, also in indented lines below.
#[must_use]
pub(crate) fn ini_words(ini: &str, sections: &[&str], key: &str) -> Vec<String> {
    let (mut is_in, mut is_value) = (false, false);
    let mut words = Vec::new();
    for line in ini.lines() {
        let text = line.trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            continue;
        }
        let value = if line.starts_with([' ', '\t']) {
            is_value.then_some(text)
        } else if let Some(section) = text.strip_prefix('[') {
            is_in = sections.contains(&section.trim_end_matches(']').trim());
            is_value = false;
            None
        } else {
            let (name, value) = text.split_once(['=', ':']).unwrap_or((text, ""));
            let name = name.trim().to_ascii_lowercase().replace('_', "-");
            is_value = is_in && name == key;
            is_value.then_some(value)
        };
        words.extend(
            value
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned),
        );
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_their_tables() {
        let toml = "data = 'top'\n[dirs]\n# data = 'no'\ndata = \"/a \\\"b\\\\\" # c\nproject = []\n[dirs.env]\nvirtual = '.hatch'\n";
        assert_eq!(toml_text(toml, "dirs", "data").unwrap(), "/a \"b\\");
        assert_eq!(toml_text(toml, "dirs.env", "virtual").unwrap(), ".hatch");
        assert_eq!(toml_text(toml, "dirs", "virtual"), None);
        assert_eq!(toml_text("a.b = 'c'", "a", "b").unwrap(), "c");
        assert_eq!(toml_text("a.b = \"c", "a", "b"), None);
        assert_eq!(toml_text("a.b = true", "a", "b"), None);
    }

    #[test]
    fn lists_have_two_forms() {
        let lines =
            "channels:\n  - x\nenvs_dirs:\n  # mine\n  - ~/envs\n  - \"/a b\" # c\nauto: false\n";
        assert_eq!(yaml_list(lines, "envs_dirs"), ["~/envs", "/a b"]);
        assert_eq!(
            yaml_list("envs_dirs: [/a, '/b']\n", "envs_dirs"),
            ["/a", "/b"]
        );
        for several in [
            "envs_dirs:\n- /a\n-   /b\n",
            "envs_dirs: [\n  /a, # c\n  '/b',\n]\nother: [/c]\n",
            "\"envs_dirs\" : [ /a ,\"/b\" ] # c\nother: x\n",
            "# envs_dirs: [/c]\nx:\n  envs_dirs: [/c]\nenvs_dirs: [/a, /b]\n",
        ] {
            assert_eq!(yaml_list(several, "envs_dirs"), ["/a", "/b"], "{several}");
        }
        assert!(yaml_list("pkgs_dirs: [/a]\n", "envs_dirs").is_empty());
    }

    #[test]
    fn words_of_an_ini_file_may_take_several_lines() {
        let ini = "[global]\n# find-links = no\nFind_Links = /a\n  /b c\n\n  ; no\n\t/d\nindex = x\n  /no\n[list]\nfind-links = /no\n[install]\nfind-links: /e\n";
        assert_eq!(
            ini_words(ini, &["global", "install"], "find-links"),
            ["/a", "/b", "c", "/d", "/e"]
        );
        assert!(ini_words("find-links = /a\n", &["global"], "find-links").is_empty());
    }
}
