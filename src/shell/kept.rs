//! What the hooks of bash and zsh keep: most of a plan is always the same. The first plan of a shell defines it as functions
//! and names it by a number; the hook says the number, and later plans only call the functions.

use askama::filters::Safe;

use super::quote::{
    self, Ident, Piece, Posix, Quoted, Unquotable, quote, quote_pieces, quote_variables,
};

/// What the functions are made of that a shell keeps.
pub(crate) struct Kept {
    /// The number of their texts.
    pub(crate) number: Safe<u32>,
    /// The hook has them from an earlier plan.
    pub(crate) known: bool,
    /// Scripts that are sourced before and after an environment is left; below its directory for whichever is left.
    pub(crate) before: Vec<Quoted<Posix>>,
    pub(crate) after: Vec<Quoted<Posix>>,
    /// Variables that these scripts see, exported, where the shell does not have them then.
    pub(crate) variables: Vec<(Ident, Quoted<Posix>)>,
}

/// The scripts around leaving an environment, and the variables that they see.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The environment's directory.
    pub root: &'a str,
    pub before: &'a [String],
    pub after: &'a [String],
    pub variables: &'a [(Ident, String)],
}

impl Kept {
    /// `knows` is the number that the hook knows, `variant` what a text depends on besides these scripts.
    pub(super) fn new(
        knows: Option<u32>,
        variant: [bool; 3],
        around: &Around<'_>,
    ) -> Result<Self, Unquotable> {
        let number = number(variant, around);
        Ok(Self {
            number: quote::number(number),
            known: knows == Some(number),
            before: around.scripts(around.before)?,
            after: around.scripts(around.after)?,
            variables: quote_variables(around.variables)?,
        })
    }
}

impl Around<'_> {
    fn scripts(&self, scripts: &[String]) -> Result<Vec<Quoted<Posix>>, Unquotable> {
        let root = Ident::constant("venvsh_root");
        let script = |script: &String| match self.place(script) {
            (true, rest) => quote_pieces(&[Piece::Of(&root), Piece::Text(rest)]),
            (false, path) => quote(path),
        };
        scripts.iter().map(script).collect()
    }

    /// Whether the path is below the environment's directory, and the path or its rest.
    fn place<'a>(&self, path: &'a str) -> (bool, &'a str) {
        match path.strip_prefix(self.root) {
            Some(rest) if rest.starts_with('/') => (true, rest),
            _ => (false, path),
        }
    }
}

/// The number of the texts. Another version's texts have another number; `variant` and `around` are what a text depends on
/// besides. Never 0.
fn number(variant: [bool; 3], around: &Around<'_>) -> u32 {
    let mut texts = TEXTS;
    // No word has a zero byte.
    let mut add = |word: &str| texts = hash(hash(texts, word.as_bytes()), &[0]);
    for scripts in [around.before, around.after] {
        for script in scripts {
            let (inside, path) = around.place(script);
            add(if inside { "inside" } else { "outside" });
            add(path);
        }
        add("");
    }
    for (name, value) in around.variables {
        add(name.as_str());
        add(value);
    }
    let [a, b, c] = variant.map(u32::from);
    (texts & !7) | 8 | a << 2 | b << 1 | c
}

/// The hash of this version and of all that is kept, computed when the program is built.
const TEXTS: u32 = {
    let texts = hash(OFFSET, env!("CARGO_PKG_VERSION").as_bytes());
    let texts = hash(texts, include_bytes!("../../templates/activate.sh"));
    let texts = hash(texts, include_bytes!("../../templates/leave.sh"));
    let texts = hash(texts, include_bytes!("../../shells/leaving.bash"));
    hash(texts, include_bytes!("../../shells/source_around.bash"))
};

const OFFSET: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// FNV-1a (Fowler, Noll, Vo; 32 bits), which can be computed at compile time.
const fn hash(mut hash: u32, bytes: &[u8]) -> u32 {
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(PRIME);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(hash(OFFSET, b""), 0x811c_9dc5);
        assert_eq!(hash(OFFSET, b"foobar"), 0xbf9c_f968);
    }

    #[test]
    fn texts_that_differ_have_other_numbers() {
        let none = Around {
            root: "/e",
            before: &[],
            after: &[],
            variables: &[],
        };
        let mut numbers: Vec<_> = (0..8)
            .map(|bits| number([bits & 4 != 0, bits & 2 != 0, bits & 1 != 0], &none))
            .collect();
        let scripts = ["/e/a", "/a", "/ea", "/b"].map(|script| [script.to_owned()]);
        for script in &scripts {
            let before = script;
            numbers.push(number([false; 3], &Around { before, ..none }));
            let after = script;
            numbers.push(number([false; 3], &Around { after, ..none }));
        }
        let count = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), count);
        assert!(!numbers.contains(&0));
    }

    #[test]
    fn environments_with_their_scripts_in_the_same_places_have_one_number() {
        let of = |root: &str| {
            let before = [format!("{root}/bin/predeactivate"), "/hooks/x".to_owned()];
            let around = Around {
                root,
                before: &before,
                after: &[],
                variables: &[],
            };
            number([false; 3], &around)
        };
        assert_eq!(of("/one"), of("/two"));
        assert_ne!(of("/one"), of("/hooks"));
    }
}
