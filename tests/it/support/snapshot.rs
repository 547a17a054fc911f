//! All that a POSIX shell can tell about itself, before and after.

use std::collections::BTreeSet;

use super::Sandbox;

/// Functions that dash and busybox are asked for: they list none.
const NAMES: &str = "venvsh venvsh_apply venvsh_exec venvsh_source venvsh_around venvsh_before venvsh_after venvsh_each venvsh_enter venvsh_leave \
    deactivate pydoc workon mkvirtualenv mkproject lsvirtualenv rmvirtualenv mktmpenv showvirtualenv cpvirtualenv mvvirtualenv \
    allvirtualenv setvirtualenvproject cdproject cdvirtualenv cdsitepackages lssitepackages add2virtualenv \
    toggleglobalsitepackages wipeenv virtualenvwrapper";

/// Writes what the shell is like to a file in HOME. The words are quoted: no alias, option or IFS of a state may touch them. Thousands
/// of snapshots are taken, so they start two programs only: `echo` is a builtin wherever PATH leads, except in yash.
pub fn snapshot(file: &str) -> String {
    let home = "$HOME";
    let mark = |name: &str| {
        format!(
            "case ${{YASH_VERSION+y}} in y) /usr/bin/printf '\\n--{name}--\\n' ;; *) \\echo; \\echo '--{name}--' ;; esac"
        )
    };
    let [aliases, options, functions, end] = ["aliases", "options", "functions", "end"].map(mark);
    format!(
        "{{
/usr/bin/env -0
/usr/bin/printf '\\n--%s--\\n' \"options $-\" \"positional $#\" \"$@\" variables
case ${{BASH_VERSION+b}}${{ZSH_VERSION+z}}${{KSH_VERSION+k}}${{YASH_VERSION+y}} in
b) \\declare -p ;;
z) \\typeset -p ;;
k|y) \\typeset -p ;;
*) \\set ;;
esac
{aliases}
\\alias
{options}
\\set +o
case ${{BASH_VERSION+b}}${{ZSH_VERSION+z}} in
b) \\shopt -p || \\: ;;
z) \\setopt ;;
esac
\\trap
{functions}
case ${{BASH_VERSION+b}}${{ZSH_VERSION+z}}${{KSH_VERSION+k}}${{YASH_VERSION+y}} in
b|z|k) \\typeset -f ;;
y) \\typeset -fp ;;
*) (for name in {NAMES}; do \\command -v \"$name\" || \\:; done) ;;
esac
{end}
}} >|\"{home}/{file}\""
    )
}

/// Variables that change from one command to the next, in any shell.
const VOLATILE: &[&str] = &[
    "_",
    "?",
    "!",
    "$",
    "RANDOM",
    "SRANDOM",
    "LINENO",
    "SECONDS",
    "EPOCHSECONDS",
    "EPOCHREALTIME",
    "PIPESTATUS",
    "pipestatus",
    "status",
    // bash fills it when it is asked for. The aliases themselves are compared.
    "BASH_ALIASES",
    "BASH_ARGC",
    "BASH_ARGV",
    "BASH_COMMAND",
    "BASH_LINENO",
    "BASH_SUBSHELL",
    "TTYIDLE",
    "HISTCMD",
    "_AST_FEATURES",
    "ZSH_EVAL_CONTEXT",
    "zsh_eval_context",
    "BASH_SOURCE",
    "BASHPID",
    "0",
    "ZSH_ARGZERO",
    "ZSH_SCRIPT",
];

/// What the hooks of bash and zsh keep after their first plan goes: three functions, and the number of their text.
pub const FORGET: &str = "case ${BASH_VERSION+x}${ZSH_VERSION+x} in
x)
    if \\builtin typeset -f venvsh_enter >/dev/null; then
        \\builtin unset -f venvsh_enter
        \\builtin unset -f venvsh_leave venvsh_source venvsh_before venvsh_after 2>/dev/null || \\builtin :
        \\builtin unset -v venvsh_knows
    fi
    ;;
esac";

/// The snapshots without what changes by itself. Of the names that activation keeps for itself nothing may be left.
pub fn compare(before: &str, after: &str) -> Result<(), String> {
    if !after.contains("--end--") {
        return Err(format!("no snapshot: {after}"));
    }
    // ksh93 lists a function that eval defined without the line break after it.
    let [before, after] =
        [before, after].map(|text| text.replace("; }venvsh_plan", "; }\nvenvsh_plan"));
    let [before, after] =
        [&before, &after].map(|text| lines(text).map(str::to_owned).collect::<Vec<_>>());
    let before: Vec<_> = before
        .into_iter()
        .filter(|line| !line.contains("_OLD_VIRTUAL_"))
        .collect();
    if before == after {
        return Ok(());
    }
    let [was, is] = [&before, &after].map(|lines| lines.iter().collect::<BTreeSet<_>>());
    let only = |one: &BTreeSet<&String>, other: &BTreeSet<&String>| {
        one.difference(other)
            .map(|line| (*line).clone())
            .collect::<Vec<_>>()
    };
    Err(format!(
        "was {:?}, is {:?}",
        only(&was, &is),
        only(&is, &was)
    ))
}

/// Panics unless the snapshots `before` and `after` in HOME are the same.
#[track_caller]
pub fn expect_same(sandbox: &Sandbox, what: &str) {
    let read = |name: &str| {
        let bytes = fs_err::read(sandbox.home().join(name)).expect("the script wrote it");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    if let Err(difference) = compare(&read("before"), &read("after")) {
        panic!("{what}: {difference}");
    }
}

/// The lines of a snapshot that do not change by themselves.
pub fn lines(snapshot: &str) -> impl Iterator<Item = &str> {
    snapshot
        .split(['\n', '\0'])
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !is_volatile(line))
}

/// Whether the line sets such a variable: `declare -i RANDOM="1"`, `typeset RANDOM=1`, `RANDOM=1`.
fn is_volatile(line: &str) -> bool {
    let name = line.split('=').next().unwrap_or(line);
    let name = name.rsplit(' ').next().unwrap_or(name);
    VOLATILE.contains(&name) || name.starts_with(".sh.")
}
