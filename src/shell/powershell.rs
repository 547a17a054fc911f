//! The text of `venvsh hook powershell`: a module whose functions pass their words to the program in one variable and run
//! its plan in the caller's scope.
//!
//! Only an advanced function can fail (`$?`, `&&`), and an advanced function takes `-p`, `-v` and others for abbreviations of
//! PowerShell's common parameters, unless it declares them itself. So each option of a command becomes a parameter here.

use std::collections::HashSet;

use askama::Template;

use super::quote::{Ident, PowerShell, PowerShellAscii, Quoted, Unquotable, quote};

/// Names that an advanced function has already, with their aliases (`about_CommonParameters`, and the two of `ShouldProcess`).
const COMMON: &[&str] = &[
    "verbose",
    "vb",
    "debug",
    "db",
    "erroraction",
    "ea",
    "warningaction",
    "wa",
    "informationaction",
    "infa",
    "progressaction",
    "proga",
    "errorvariable",
    "ev",
    "warningvariable",
    "wv",
    "informationvariable",
    "iv",
    "outvariable",
    "ov",
    "outbuffer",
    "ob",
    "pipelinevariable",
    "pv",
    "whatif",
    "wi",
    "confirm",
    "cf",
];

/// Variables that PowerShell fills or protects (`about_Automatic_Variables`, `about_Preference_Variables`), and those that the
/// hook's own functions use: scopes are dynamic, so the functions that it calls would see a parameter of such a name.
const VARIABLES: &[&str] = &[
    "args",
    "consolefilename",
    "error",
    "event",
    "eventargs",
    "eventsubscriber",
    "executioncontext",
    "false",
    "foreach",
    "home",
    "host",
    "input",
    "lastexitcode",
    "matches",
    "myinvocation",
    "nestedpromptlevel",
    "null",
    "ofs",
    "pid",
    "profile",
    "psboundparameters",
    "pscmdlet",
    "psculture",
    "pshome",
    "psitem",
    "psscriptroot",
    "pwd",
    "sender",
    "shellid",
    "stacktrace",
    "switch",
    "this",
    "true",
    "caller",
    "code",
    "emit",
    "first",
    "full",
    "one",
    "program",
    "rest",
    "status",
    "value",
    "verb",
    "word",
    "words",
];

/// The values in the hook's text. Its `Display` is the text: printable ASCII and line feeds only.
#[derive(Template)]
#[template(path = "hook.ps1")]
pub struct PowerShellHook {
    /// The value of `VENVSH_HOOK`.
    channel: Quoted<PowerShellAscii>,
    program: Quoted<PowerShellAscii>,
    emit_dir: Quoted<PowerShellAscii>,
    program_options: Vec<PsOption>,
    verbs: Vec<PsVerb>,
    completion: bool,
}

/// A command that becomes a function.
pub struct PsVerb {
    /// Its name in the shell, with the user's prefix.
    pub function: Ident,
    /// Its own name.
    pub verb: Ident,
    /// Its options.
    pub options: Vec<PsOption>,
}

/// An option as a parameter of a function.
pub struct PsOption {
    /// `SystemSitePackages` for `--system-site-packages`.
    pub parameter: Ident,
    /// The letter of its short form, if no other option of the function has it: PowerShell does not tell `-c` from `-C`.
    pub short: Option<Ident>,
    /// The option as the program takes it: `--system-site-packages`, or `-b` when it has no long form.
    pub word: Quoted<PowerShell>,
    /// Whether a value follows.
    pub takes_value: bool,
}

impl PowerShellHook {
    /// The hook for these commands. `channel` is the value of `VENVSH_HOOK`. `program_options` are those of the program as a whole ([`program_options`]).
    ///
    /// # Errors
    /// [`Unquotable`] when a path holds NUL.
    pub fn new(
        channel: &str,
        program: &str,
        emit_dir: &str,
        program_options: Vec<PsOption>,
        mut verbs: Vec<PsVerb>,
        completion: bool,
    ) -> Result<Self, Unquotable> {
        // It exists only while an environment is active: the activation script brings it, or the text itself where one was inherited.
        verbs.retain(|verb| verb.function.as_str() != "deactivate");
        Ok(Self {
            channel: quote(channel)?,
            program: quote(program)?,
            emit_dir: quote(emit_dir)?,
            program_options,
            verbs,
            completion,
        })
    }
}

/// An option as a command line declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its name behind two dashes.
    pub long: Option<String>,
    /// Its letter behind one dash.
    pub short: Option<char>,
    /// Whether a value follows.
    pub takes_value: bool,
    /// Help does not show it.
    pub is_hidden: bool,
}

/// The options of a command as parameters, `--help` among them. Hidden ones are left out: they still work with two dashes.
///
/// # Errors
/// [`Unquotable`] never, for names of options; the type says so without a panic.
pub fn ps_options(options: &[Declared]) -> Result<Vec<PsOption>, Unquotable> {
    declare(options.iter())
}

/// The short options of all commands of a program, for the function that serves them all. Options with only a long form need no
/// parameter: words with two dashes pass through. An option that takes a value in one command and none in another is left out.
///
/// # Errors
/// As [`ps_options`].
pub fn program_options(all: &[Declared]) -> Result<Vec<PsOption>, Unquotable> {
    let mut seen = HashSet::new();
    let torn = |option: &Declared| {
        all.iter()
            .any(|other| other.short == option.short && other.takes_value != option.takes_value)
    };
    let one_each = all
        .iter()
        .filter(|option| option.short.is_some() && seen.insert(option.short) && !torn(option));
    let mut options = declare(one_each)?;
    for option in &mut options {
        // Its long form may be another in another command; the letter is what the user typed.
        if let Some(short) = &option.short {
            option.word = quote(&format!("-{}", short.as_str()))?;
        }
    }
    Ok(options)
}

fn declare<'a>(declared: impl Iterator<Item = &'a Declared>) -> Result<Vec<PsOption>, Unquotable> {
    let mut options = Vec::new();
    let mut taken: HashSet<String> = COMMON.iter().map(|name| (*name).to_owned()).collect();
    for option in declared.filter(|option| !option.is_hidden) {
        let (long, short) = (option.long.as_deref(), option.short.map(String::from));
        let (Some(name), Some(word)) = (
            long.or(short.as_deref()).and_then(parameter),
            long.map(|long| format!("--{long}"))
                .or_else(|| Some(format!("-{}", short.as_deref()?))),
        ) else {
            continue;
        };
        if !taken.insert(name.as_str().to_ascii_lowercase()) {
            continue;
        }
        let alias = short
            .as_deref()
            .and_then(Ident::new)
            .filter(|short| taken.insert(short.as_str().to_ascii_lowercase()));
        options.push(PsOption {
            parameter: name,
            short: alias,
            word: quote(&word)?,
            takes_value: option.takes_value,
        });
    }
    Ok(options)
}

/// `system-site-packages` as `SystemSitePackages`; with `Option` behind it where PowerShell has that name. An abbreviation of a
/// parameter is enough in PowerShell, so `-Home` still means `-HomeOption`.
fn parameter(long: &str) -> Option<Ident> {
    let mut name = String::new();
    for part in long.split(['-', '_']) {
        let mut chars = part.chars();
        name.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        name.push_str(chars.as_str());
    }
    let lower = name.to_ascii_lowercase();
    if COMMON.contains(&lower.as_str())
        || VARIABLES.contains(&lower.as_str())
        || lower.ends_with("preference")
    {
        name.push_str("Option");
    }
    Ident::new(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(long: &str, short: Option<char>, takes_value: bool) -> Declared {
        Declared {
            long: Some(long.to_owned()).filter(|long| !long.is_empty()),
            short,
            takes_value,
            is_hidden: false,
        }
    }

    fn flag(long: &str, short: Option<char>) -> Declared {
        option(long, short, false)
    }

    fn shown(options: &[PsOption]) -> Vec<String> {
        let show = |option: &PsOption| {
            let short = option.short.as_ref().map_or("", Ident::as_str);
            format!(
                "{} {short} {} {}",
                option.parameter.as_str(),
                option.word.0,
                option.takes_value
            )
        };
        options.iter().map(show).collect()
    }

    #[test]
    fn options_become_parameters() {
        let options = [
            option("python", Some('p'), true),
            flag("system-site-packages", None),
            flag("", Some('b')),
            Declared {
                is_hidden: true,
                ..flag("secret", None)
            },
        ];
        assert_eq!(
            shown(&ps_options(&options).unwrap()),
            [
                "Python p '--python' true",
                "SystemSitePackages  '--system-site-packages' false",
                "B  '-b' false",
            ]
        );
    }

    #[test]
    fn no_parameter_takes_a_name_of_powershells() {
        for name in COMMON.iter().chain(VARIABLES).copied() {
            let options = [
                option(name, None, true),
                flag("change", Some('c')),
                flag("clear", Some('C')),
            ];
            for option in ps_options(&options).unwrap() {
                for declared in [Some(&option.parameter), option.short.as_ref()]
                    .into_iter()
                    .flatten()
                {
                    let declared = declared.as_str().to_ascii_lowercase();
                    assert!(
                        !COMMON.contains(&declared.as_str())
                            && !VARIABLES.contains(&declared.as_str()),
                        "{declared}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_name_is_declared_twice() {
        let options = [
            flag("verbose", Some('v')),
            flag("version-number", Some('V')),
            flag("", Some('c')),
            flag("copies", Some('C')),
            flag("debug", Some('d')),
        ];
        assert_eq!(
            shown(&ps_options(&options).unwrap()),
            [
                "VerboseOption v '--verbose' false",
                "VersionNumber  '--version-number' false",
                "C  '-c' false",
                "Copies  '--copies' false",
                "DebugOption d '--debug' false",
            ]
        );
    }

    #[test]
    fn the_program_takes_each_letter_that_means_one_thing() {
        let all = [
            flag("help", Some('h')),
            option("python", Some('p'), true),
            flag("force", Some('f')),
            flag("help", Some('h')),
            option("pattern", Some('p'), true),
            option("file", Some('f'), true),
            flag("long", None),
        ];
        assert_eq!(
            shown(&program_options(&all).unwrap()),
            ["Help h '-h' false", "Python p '-p' true"]
        );
    }
}
