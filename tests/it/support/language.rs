//! What a test writes in a shell's language. Values arrive quoted ([`Language::quote`]); names are plain identifiers.

use venvsh::internals::shell::quote::{
    Csh, Dialect, Elvish, Fish, Nu, Posix, PowerShell, Python, quote,
};

pub struct Language {
    /// The ending of a script's name; nothing more.
    pub extension: &'static str,
    /// The value as a word, by venvsh's own rule for the dialect.
    pub quote: fn(&str) -> String,
    /// A variable that children do not see: name, word.
    pub set: fn(&str, &str) -> String,
    /// A variable that children see: name, word.
    pub export: fn(&str, &str) -> String,
    /// A variable that children saw.
    pub unset: fn(&str) -> String,
    /// Runs a file in this shell: word.
    pub source: fn(&str) -> String,
    /// Activates by a script in `bin`: word.
    pub activate: fn(&str) -> String,
    /// A function without arguments: name, command. The csh family has aliases only.
    pub function: fn(&str, &str) -> String,
    /// Makes the prompt a dollar and a blank.
    pub set_prompt: &'static str,
    /// Runs a program: words.
    pub call: fn(&[String]) -> String,
}

impl Language {
    /// Prints the words, each followed by a NUL, by a child process: exactly the bytes that the shell passes on.
    pub fn print(&self, words: &[String]) -> String {
        let mut command = vec![(self.quote)("/usr/bin/printf"), (self.quote)(r"%s\0")];
        command.extend_from_slice(words);
        (self.call)(&command)
    }

    /// Prints the environment that a child gets, each variable followed by a NUL.
    pub fn print_env(&self) -> String {
        (self.call)(&[(self.quote)("/usr/bin/env"), (self.quote)("-0")])
    }
}

fn word<D: Dialect>(value: &str) -> String {
    quote::<D>(value)
        .expect("tests use values that the dialect can say")
        .to_string()
}

pub static POSIX: Language = Language {
    extension: "sh",
    quote: word::<Posix>,
    set: |name, word| format!("{name}={word}"),
    export: |name, word| format!("{name}={word}; export {name}"),
    unset: |name| format!("unset {name}"),
    source: |file| format!(". {file}"),
    activate: |file| format!(". {file}"),
    function: |name, command| format!("{name}() {{ {command}; }}"),
    set_prompt: r"PS1='$ '",
    call: |words| words.join(" "),
};

pub static CSH: Language = Language {
    extension: "csh",
    quote: word::<Csh>,
    set: |name, word| format!("set {name} = {word}"),
    export: |name, word| format!("setenv {name} {word}"),
    unset: |name| format!("unsetenv {name}"),
    source: |file| format!("source {file}"),
    activate: |file| format!("source {file}"),
    function: |name, command| format!("alias {name} {}", word::<Csh>(command)),
    set_prompt: "set prompt = '$ '",
    call: |words| words.join(" "),
};

pub static FISH: Language = Language {
    extension: "fish",
    quote: word::<Fish>,
    set: |name, word| format!("set -g {name} {word}"),
    export: |name, word| format!("set -gx {name} {word}"),
    unset: |name| format!("set -e {name}"),
    source: |file| format!("source {file}"),
    activate: |file| format!("source {file}"),
    function: |name, command| format!("function {name}; {command}; end"),
    set_prompt: "function fish_prompt; builtin printf '$ '; end",
    call: |words| words.join(" "),
};

pub static NU: Language = Language {
    extension: "nu",
    quote: word::<Nu>,
    set: |name, word| format!("let {name} = {word}"),
    export: |name, word| format!("$env.{name} = {word}"),
    unset: |name| format!("hide-env {name}"),
    source: |file| format!("source {file}"),
    activate: |file| format!("overlay use {file}"),
    function: |name, command| format!("def {name} [] {{ {command} }}"),
    set_prompt: "$env.PROMPT_COMMAND = {|| '$ '}; $env.PROMPT_INDICATOR = ''; $env.PROMPT_COMMAND_RIGHT = ''; $env.config.show_banner = false",
    call: |words| format!("run-external {}", words.join(" ")),
};

pub static XONSH: Language = Language {
    extension: "xsh",
    quote: word::<Python>,
    set: |name, word| format!("{name} = {word}"),
    export: |name, word| format!("${name} = {word}"),
    unset: |name| format!("del ${name}"),
    source: |file| format!("source @({file})"),
    activate: |file| format!("source @({file})"),
    function: |name, command| format!("def {name}():\n    {command}"),
    set_prompt: "$PROMPT = '{env_name}$ '",
    call: |words| format!("$[@([{}])]", words.join(", ")),
};

pub static ELVISH: Language = Language {
    extension: "elv",
    quote: word::<Elvish>,
    set: |name, word| format!("var {name} = {word}"),
    export: |name, word| format!("set-env {name} {word}"),
    unset: |name| format!("unset-env {name}"),
    source: |file| format!("eval (slurp < {file})"),
    activate: |file| format!("eval (slurp < {file})"),
    function: |name, command| format!("fn {name} {{ {command} }}"),
    set_prompt: "set edit:prompt = { put '$ ' }; set edit:rprompt = { }",
    call: |words| format!("(external {}) {}", words[0], words[1..].join(" ")),
};

pub static POWERSHELL: Language = Language {
    extension: "ps1",
    quote: word::<PowerShell>,
    set: |name, word| format!("${name} = {word}"),
    export: |name, word| format!("$env:{name} = {word}"),
    unset: |name| format!("Remove-Item -LiteralPath Env:{name}"),
    source: |file| format!(". {file}"),
    activate: |file| format!(". {file}"),
    function: |name, command| format!("function {name} {{ {command} }}"),
    set_prompt: "function prompt { '$ ' }",
    call: |words| format!("& {}", words.join(" ")),
};
