//! What the hooks of bash and zsh keep: most of a plan is always the same. The first plan of a shell defines it as functions
//! and names it by a number; the hook says the number, and later plans only call the functions.

/// The number of the texts that a shell may keep. Another version's texts have another number, and `variant` is what a
/// text depends on besides. Never 0.
pub(super) fn number(variant: [bool; 3]) -> u32 {
    let [a, b, c] = variant.map(u32::from);
    (TEXTS & !7) | a << 2 | b << 1 | c
}

/// The hash of this version and of all that is kept, computed when the program is built.
const TEXTS: u32 = hash(
    hash(
        hash(
            hash(OFFSET, env!("CARGO_PKG_VERSION").as_bytes()),
            include_bytes!("../../templates/activate.sh"),
        ),
        include_bytes!("../../templates/leave.sh"),
    ),
    include_bytes!("../../shells/source_around.bash"),
) | 8;

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
        let mut numbers: Vec<_> = (0..8)
            .map(|bits| number([bits & 4 != 0, bits & 2 != 0, bits & 1 != 0]))
            .collect();
        numbers.dedup();
        assert_eq!(numbers.len(), 8);
        assert!(!numbers.contains(&0));
    }
}
