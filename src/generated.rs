//! The files of `completions/`, which are generated and large: `build.rs` packs them into the program.

use std::io::Read;

use crate::inflate::Inflated;

/// Pairs of a name and a text, each ended by a zero byte.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/completions"));

/// The text of that file.
///
/// # Panics
/// When `completions/` has no such file: the names are constants.
pub(crate) fn file(name: &str) -> String {
    let mut texts = String::new();
    let read = Inflated::new(PACKED).read_to_string(&mut texts);
    read.expect("the build packed text");
    let mut parts = texts.split('\0');
    while let (Some(found), Some(text)) = (parts.next(), parts.next()) {
        if found == name {
            return text.to_owned();
        }
    }
    panic!("no such generated file: {name}")
}

#[cfg(test)]
mod tests {
    use super::file;
    use crate::shell::Shell;
    use crate::shell::completion::program_completions;

    #[test]
    fn every_file_comes_back_as_it_is_in_the_repository() {
        let names = Shell::ALL.into_iter().filter_map(program_completions);
        for name in names.chain(["venvsh.1"]) {
            let path = [env!("CARGO_MANIFEST_DIR"), "/completions/", name].concat();
            assert_eq!(file(name), fs_err::read_to_string(path).unwrap(), "{name}");
        }
    }
}
