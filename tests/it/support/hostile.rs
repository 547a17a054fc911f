//! Values that break what is not quoted.

/// One of each kind that some language gives a meaning to.
#[rustfmt::skip]
pub const HOSTILE: &[&str] = &[
    "", " ", "\t", "\n", "\r", "a b", "a\tb", "a\nb", "a\r\nb", "trailing\n", "\n\nleading", "'", "''", "\"", "it's", "'\"'\"'", "\\", "\\\\", "end\\", "end\\\n",
    "\\'", "two\\\\back", "\\n\\t", "$HOME", "$(id)", "${x}", "$x", "$", "$$", "`id`", "`", "!", "!!", "!a", "a!b", "^a^b", "*", "?", "[a]", "*?[a]", "~", "~root",
    "=ls", "{a,b}", "x{1..3}", "}", "{", "#c", "#", "'#", "'##'", "a'#'##b", "r#'a'#", "%PATH%", "%", "%n", "-n", "-", "--", "--help", "@x", "@(1)", ";", "&", "|", "<", ">",
    ";&|<>()", "a=b", "\u{1b}[31m", "\u{7f}", "\u{1}", "\u{85}", "é", "漢", "\u{2018}", "\u{2019}", "\u{201a}\u{201b}", "\u{2028}", "\u{feff}x", "😀", "{{ x }}", "{% x %}",
    "A__VIRTUAL_NAME__B", "x';touch PWNED;'", "x\"$(touch PWNED)\"", "');touch PWNED#", "\\';touch PWNED;\\'", "it's $(a) `b` \"c\" \\ ! {d,e} *\n#f %g% =h ~i\u{2019}",
];

/// What random values are made of.
const ALPHABET: &[char] = &[
    '\'', '"', '\\', '!', '$', '`', '#', '%', '\n', ' ', '(', ')', ';', '&', '|', '*', '?', '[',
    ']', '{', '}', '~', '^', '=', '\t', '@', ',', '<', '>', '-', ':', 'a', 'n', '0', '\r',
    '\u{1b}', 'é', '漢', '\u{2019}', '\u{2028}', '😀',
];

/// The hostile values and 400 random ones, the same in every run.
pub fn values() -> Vec<String> {
    let mut values: Vec<String> = HOSTILE.iter().map(|value| (*value).to_owned()).collect();
    let mut state = 20_261_121_u64;
    let mut random = move |below: usize| {
        // Marsaglia's xorshift: any spread of values will do, but a failure must come again.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..400 {
        let length = 1 + random(12);
        values.push(
            (0..length)
                .map(|_| ALPHABET[random(ALPHABET.len())])
                .collect(),
        );
    }
    values
}
