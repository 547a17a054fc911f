//! How a command continues when the shell calls the program again. A plan can have steps that only the shell can take, and the
//! command continues after them.

use camino::Utf8PathBuf;
use serde_json::{Value, json};

use crate::shell::Effect;

/// The rest of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Continuation {
    /// Report an event to plugins.
    Plugins {
        /// Its name.
        event: String,
        /// The arguments for the plugins.
        args: Vec<String>,
    },
    /// The user's variable names no program and no function.
    NoMaker {
        /// The variable.
        variable: String,
        /// Its value.
        word: String,
    },
    /// The user's function has made an environment.
    Made(Unfinished),
    /// pip has ended in a new environment.
    Installed {
        /// What else is left to do.
        then: Unfinished,
        /// Code of plugins that the shell runs before it enters the environment.
        before: Vec<String>,
    },
    /// The user's function has copied an environment.
    Copied {
        /// The directory of the environment that was copied.
        source: String,
        /// The name of the copy.
        name: String,
    },
    /// The shell knows what a word is that is to be explained.
    Explain(Asked),
    /// The environment of a new project is entered; its directory is missing.
    Entered {
        /// The name of both.
        name: String,
        /// What fills the directory.
        templates: Vec<String>,
    },
}

/// What `explain` is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// A Python, an environment or a command; without it, the active Python.
    pub(crate) subject: Option<String>,
    /// A package or module there.
    pub(crate) package: Option<String>,
    /// Whether JSON is printed.
    pub(crate) json: bool,
}

/// The rest of a command that has made an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfinished {
    /// Its name.
    pub(crate) name: String,
    /// The directory of the project to link it to.
    pub(crate) project: Option<Utf8PathBuf>,
    /// Packages for pip to install.
    pub(crate) install: Vec<String>,
    /// A file with more requirements.
    pub(crate) requirements: Option<Utf8PathBuf>,
    /// Whether pip upgrades itself first.
    pub(crate) upgrade_deps: bool,
    /// The purpose of the environment.
    pub(crate) purpose: Purpose,
}

/// The purpose of a new environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A named environment.
    Named,
    /// A temporary one, which `deactivate` deletes.
    Temporary {
        /// Whether the shell changes to its directory.
        cd: bool,
    },
    /// The environment of a new project of the same name.
    Project {
        /// What fills the project's directory.
        templates: Vec<String>,
    },
}

impl Continuation {
    /// The effect: the shell calls the program again.
    pub(crate) fn effect(&self) -> Effect {
        Effect::Resume(self.encode())
    }

    /// One word for the command line of `resume`.
    pub(crate) fn encode(&self) -> String {
        let value = match self {
            Self::Plugins { event, args } => json!(["plugins", event, args]),
            Self::NoMaker { variable, word } => json!(["no maker", variable, word]),
            Self::Made(left) => json!(["made", left.encode()]),
            Self::Installed { then, before } => json!(["installed", then.encode(), before]),
            Self::Copied { source, name } => json!(["copied", source, name]),
            Self::Explain(asked) => {
                json!(["explain", asked.subject, asked.package, asked.json])
            }
            Self::Entered { name, templates } => json!(["entered", name, templates]),
        };
        value.to_string()
    }

    /// The inverse of [`Continuation::encode`]. `None` for every other word.
    pub(crate) fn decode(word: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(word).ok()?;
        let fields: Vec<&Value> = value.as_array()?.iter().collect();
        Some(match (fields.first()?.as_str()?, &fields[1..]) {
            ("plugins", [event, args]) => Self::Plugins {
                event: text(event)?,
                args: texts(args)?,
            },
            ("no maker", [variable, word]) => Self::NoMaker {
                variable: text(variable)?,
                word: text(word)?,
            },
            ("made", [left]) => Self::Made(Unfinished::decode(left)?),
            ("installed", [then, before]) => Self::Installed {
                then: Unfinished::decode(then)?,
                before: texts(before)?,
            },
            ("copied", [source, name]) => Self::Copied {
                source: text(source)?,
                name: text(name)?,
            },
            ("explain", [subject, package, json]) => Self::Explain(Asked {
                subject: subject.as_str().map(str::to_owned),
                package: package.as_str().map(str::to_owned),
                json: json.as_bool()?,
            }),
            ("entered", [name, templates]) => Self::Entered {
                name: text(name)?,
                templates: texts(templates)?,
            },
            _ => return None,
        })
    }
}

impl Unfinished {
    fn encode(&self) -> Value {
        json!([
            self.name,
            self.project.as_ref().map(|path| path.as_str()),
            self.install,
            self.requirements.as_ref().map(|path| path.as_str()),
            self.upgrade_deps,
            self.purpose.encode(),
        ])
    }

    fn decode(value: &Value) -> Option<Self> {
        let fields: Vec<&Value> = value.as_array()?.iter().collect();
        let [name, project, install, requirements, upgrade, purpose] = fields[..] else {
            return None;
        };
        Some(Self {
            name: text(name)?,
            project: path(project),
            install: texts(install)?,
            requirements: path(requirements),
            upgrade_deps: upgrade.as_bool()?,
            purpose: Purpose::decode(purpose)?,
        })
    }
}

impl Purpose {
    fn encode(&self) -> Value {
        match self {
            Self::Named => json!(["named"]),
            Self::Temporary { cd } => json!(["temporary", cd]),
            Self::Project { templates } => json!(["project", templates]),
        }
    }

    fn decode(value: &Value) -> Option<Self> {
        let fields: Vec<&Value> = value.as_array()?.iter().collect();
        Some(match (fields.first()?.as_str()?, &fields[1..]) {
            ("named", []) => Self::Named,
            ("temporary", [cd]) => Self::Temporary { cd: cd.as_bool()? },
            ("project", [templates]) => Self::Project {
                templates: texts(templates)?,
            },
            _ => return None,
        })
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(text).collect()
}

/// A path that may be missing.
fn path(value: &Value) -> Option<Utf8PathBuf> {
    value.as_str().map(Utf8PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfinished(purpose: Purpose) -> Unfinished {
        Unfinished {
            name: "my project".to_owned(),
            project: Some("/a \"b\"/c".into()),
            install: vec!["pip>=24".to_owned(), String::new()],
            requirements: None,
            upgrade_deps: true,
            purpose,
        }
    }

    fn made(purpose: Purpose) -> Continuation {
        Continuation::Made(unfinished(purpose))
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        let templates = vec!["web".to_owned(), "it's".to_owned()];
        for continuation in [
            Continuation::Plugins {
                event: "post_activate".to_owned(),
                args: vec!["a\nb".to_owned()],
            },
            Continuation::NoMaker {
                variable: "V".to_owned(),
                word: "nope".to_owned(),
            },
            made(Purpose::Named),
            made(Purpose::Temporary { cd: true }),
            made(Purpose::Project {
                templates: templates.clone(),
            }),
            Continuation::Installed {
                then: unfinished(Purpose::Named),
                before: vec!["echo \"a\"\n".to_owned()],
            },
            Continuation::Copied {
                source: "/envs/naïve $(id)".to_owned(),
                name: "b".to_owned(),
            },
            Continuation::Explain(Asked {
                subject: Some("pip".to_owned()),
                package: None,
                json: true,
            }),
            Continuation::Entered {
                name: "a".to_owned(),
                templates,
            },
        ] {
            let word = continuation.encode();
            assert_eq!(Continuation::decode(&word), Some(continuation), "{word}");
        }
    }

    #[test]
    fn other_words_mean_nothing() {
        for word in [
            "",
            "[]",
            "{}",
            "[\"made\"]",
            "[\"gone\",\"a\"]",
            "[\"copied\",\"a\",1]",
        ] {
            assert_eq!(Continuation::decode(word), None, "{word}");
        }
    }
}
