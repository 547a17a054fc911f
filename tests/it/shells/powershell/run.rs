//! The same texts in the real thing.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use fs_err::{create_dir_all, write};

use super::{HOSTILE, activate, activation, pwsh, variable};
use venvsh::internals::shell::activation::Activator;
use venvsh::internals::shell::{Activation, Form, Shell};
use venvsh::internals::shell::{Effect, Plan};

/// A directory with a HOME, two environments and a program that stands in for venvsh.
struct Room {
    pwsh: PathBuf,
    dir: tempfile::TempDir,
}

/// Writes what the shell has to do to the file that `VENVSH_EMIT` names, as the program does: `workon NAME` answers with
/// the file `NAME.plan`; `fail` answers nothing and fails; every call notes its words.
const PROGRAM: &str = "#!/bin/sh
printf '%s' \"$VENVSH_WORDS\" | tr '\\037' '|' >>\"$HOME/words\"; echo >>\"$HOME/words\"
name=${VENVSH_WORDS##*\u{1f}}
test \"$name\" = fail && exit 3
test -f \"$HOME/$name.plan\" && cat \"$HOME/$name.plan\" >\"$VENVSH_EMIT\"
exit 0
";

impl Room {
    fn new() -> Option<Self> {
        let pwsh = pwsh()?;
        let room = Self {
            pwsh,
            dir: tempfile::tempdir().unwrap(),
        };
        create_dir_all(room.path("emit")).unwrap();
        write(room.path("venvsh"), PROGRAM).unwrap();
        let chmod = Command::new("/bin/chmod")
            .arg("755")
            .arg(room.path("venvsh"))
            .status()
            .unwrap();
        assert!(chmod.success());
        for name in ["A", "B"] {
            room.environment(name, name);
        }
        write(room.path("hook.ps1"), room.hook()).unwrap();
        Some(room)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// An environment that holds what the scripts look at, and the plan that enters it.
    fn environment(&self, name: &str, prompt: &str) -> Activation {
        let activation = Activation {
            root: self.text(name),
            prompt: prompt.to_owned(),
            ..Activation::default()
        };
        create_dir_all(self.path(name).join("bin")).unwrap();
        write(self.path(name).join("pyvenv.cfg"), "home = /usr/bin\n").unwrap();
        write(
            self.path(name).join("bin/activate.ps1"),
            activate(&activation, Form::File),
        )
        .unwrap();
        let plan = Plan(vec![Effect::Activate(Box::new(activation.clone()))]);
        write(
            self.path(&format!("{name}.plan")),
            plan.render(Shell::PowerShell).unwrap(),
        )
        .unwrap();
        activation
    }

    fn hook(&self) -> String {
        super::hook(&self.text("venvsh"), &self.text("emit"), "")
    }

    fn run(&self, script: &str) -> Output {
        let file = self.path("script.ps1");
        write(&file, format!("\u{feff}{script}")).unwrap();
        Command::new(&self.pwsh)
            .args(["-NoProfile", "-NonInteractive", "-File"])
            .arg(&file)
            .env_clear()
            .env("PATH", variable("PATH"))
            .envs(
                [
                    "HOME",
                    "XDG_CONFIG_HOME",
                    "XDG_CACHE_HOME",
                    "XDG_DATA_HOME",
                    "TMPDIR",
                ]
                .map(|name| (name, self.dir.path())),
            )
            .env("ROOM", self.dir.path())
            .env("POWERSHELL_TELEMETRY_OPTOUT", "1")
            .stdin(Stdio::null())
            .current_dir(self.dir.path())
            .output()
            .unwrap()
    }

    /// What the script prints; nothing on stderr.
    #[track_caller]
    fn says(&self, script: &str) -> String {
        let output = self.run(script);
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.stderr.is_empty(),
            "{}\n{stdout}\n{script}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(output.status.code(), Some(0), "{stdout}\n{script}");
        stdout
    }
}

/// Everything that activation may touch, as one text.
const SNAPSHOT: &str = r#"
function global:Get-ShellSnapshot {
    $skip = 'args', 'input', 'foreach', 'PSItem', '_', '?', '^', '$', 'MyInvocation', 'PSBoundParameters', 'StackTrace', 'Error', 'LASTEXITCODE',
        'Matches', 'before', 'after', 'skip', 'PSCommandPath', 'PSScriptRoot', 'ok', 'switch'
    Microsoft.PowerShell.Management\Get-ChildItem env: | ForEach-Object { "env $($_.Name)=$($_.Value)" }
    Microsoft.PowerShell.Utility\Get-Variable -Scope Global | Where-Object { $skip -notcontains $_.Name } | ForEach-Object { "var $($_.Name) [$($_.Options)]=$($_.Value)" }
    Microsoft.PowerShell.Management\Get-ChildItem function: | ForEach-Object { "function $($_.Name)=$($_.Definition)" }
    Microsoft.PowerShell.Utility\Get-Alias -Scope Global | ForEach-Object { "alias $($_.Name) [$($_.Options)]=$($_.Definition) ($($_.Description))" }
    if ($null -ne $function:prompt) { "prompt $(& $function:prompt)" }
}
"#;

/// The states of a shell: a name, and what makes it.
const STATES: &[(&str, &str)] = &[
    ("plain", ""),
    ("PATH unset", "$env:PATH = $null"),
    ("PATH empty", "$env:PATH = ''"),
    ("PATH hostile", "$env:PATH = '/a b:$HOME:`:*:\"q'':/z:'"),
    ("PATH with a line break", "$env:PATH = \"/a`n/b:/c\""),
    ("PYTHONHOME", "$env:PYTHONHOME = '/python home'"),
    ("PYTHONHOME empty", "$env:PYTHONHOME = ''"),
    ("PKG_CONFIG_PATH", "$env:PKG_CONFIG_PATH = '/p k g:'"),
    ("PKG_CONFIG_PATH empty", "$env:PKG_CONFIG_PATH = ''"),
    (
        "PKG_CONFIG_PATH with a line break",
        "$env:PKG_CONFIG_PATH = \"/a`n/b\"",
    ),
    (
        "TCL_LIBRARY, TK_LIBRARY",
        "$env:TCL_LIBRARY = '/tcl'; $env:TK_LIBRARY = ''",
    ),
    (
        "VIRTUAL_ENV inherited",
        "$env:VIRTUAL_ENV = '/other'; $env:VIRTUAL_ENV_PROMPT = 'other'",
    ),
    (
        "stale _OLD_*",
        "$env:_OLD_VIRTUAL_PATH = '/stale'; $env:_OLD_VIRTUAL_PYTHONHOME = '/stale'",
    ),
    (
        "prompt of the user's",
        "function global:prompt { 'mine> ' }",
    ),
    (
        "prompt that is an array",
        "function global:prompt { 'a'; 'b> ' }",
    ),
    ("no prompt", "$function:prompt = $null"),
    ("prompt disabled", "$env:VIRTUAL_ENV_DISABLE_PROMPT = '1'"),
    (
        "prompt disabled in two words",
        "$env:VIRTUAL_ENV_DISABLE_PROMPT = 'yes please'",
    ),
    ("function pydoc", "function global:pydoc { 'my pydoc' }"),
    (
        "function deactivate",
        "function global:deactivate { 'my deactivate' }",
    ),
    (
        "alias pydoc",
        "Set-Alias -Name pydoc -Value Get-Date -Scope Global -Description mine",
    ),
    (
        "alias deactivate",
        "Set-Alias -Name deactivate -Value Get-Date -Scope Global",
    ),
    ("strict mode", "Set-StrictMode -Version Latest"),
    ("Stop", "$global:ErrorActionPreference = 'Stop'"),
    ("WhatIf", "$global:WhatIfPreference = $true"),
    ("Confirm", "$global:ConfirmPreference = 'Low'"),
    (
        "verbose and debug",
        "$global:VerbosePreference = 'Continue'; $global:DebugPreference = 'Continue'",
    ),
    (
        "defaults",
        "$global:PSDefaultParameterValues = @{ '*:Verbose' = $true }",
    ),
    (
        "variables of the user's",
        "$global:state = 1; $global:dir = 2; $global:name = 3; $global:tcl = 4; $global:own = 5; $global:alias = 6",
    ),
    (
        "aliases of cmdlets",
        "foreach ($c in 'Test-Path', 'Remove-Item', 'Set-Alias', 'Get-Variable') { Microsoft.PowerShell.Utility\\Set-Alias -Name $c -Value Get-Date -Scope Global }",
    ),
    (
        "functions of cmdlets",
        "function global:Get-Alias { throw 'no' }; function global:Write-Host { throw 'no' }",
    ),
    ("in Env:", "Set-Location Env:"),
    ("in Variable:", "Set-Location Variable:"),
    ("OFS", "$global:OFS = ','"),
    ("Turkish", "[cultureinfo]::CurrentCulture = 'tr-TR'"),
];

#[test]
fn deactivate_brings_back_what_was_there() {
    let Some(room) = Room::new() else { return };
    let forms = [
        (". \"$env:ROOM/A/bin/activate.ps1\"", "dotted"),
        ("& \"$env:ROOM/A/bin/activate.ps1\"", "called"),
        ("& { . \"$env:ROOM/A/bin/activate.ps1\" }", "from inside"),
        (
            ". \"$env:ROOM/A/bin/activate.ps1\"; . \"$env:ROOM/A/bin/activate.ps1\"",
            "twice",
        ),
        (
            ". \"$env:ROOM/A/bin/activate.ps1\"; . \"$env:ROOM/B/bin/activate.ps1\"",
            "one after the other",
        ),
        (
            "Invoke-Expression ([IO.File]::ReadAllText(\"$env:ROOM/A.plan\"))",
            "plan",
        ),
    ];
    for (state, set_up) in STATES {
        let mut script =
            format!("{SNAPSHOT}\n{set_up}\n$before = @(Get-ShellSnapshot) -join \"`n\"\n");
        for (enter, form) in forms {
            script.extend([format!(
                "{enter}\n$ok = $?\n\
                 if (!$ok) {{ [Console]::WriteLine('{form}: status') }}\n\
                 if (\"$env:VIRTUAL_ENV\" -notlike '*/[AB]') {{ [Console]::WriteLine('{form}: not active') }}\n\
                 deactivate\n\
                 if (!$?) {{ [Console]::WriteLine('{form}: status of deactivate') }}\n\
                 $after = @(Get-ShellSnapshot) -join \"`n\"\n\
                 if ($before -cne $after) {{ [Console]::WriteLine(\"{form}`n$before`n-----`n$after\"); exit 0 }}\n"
            )]);
        }
        assert_eq!(room.says(&script), "", "{state}");
    }
}

#[test]
fn hostile_names_are_values() {
    let Some(room) = Room::new() else { return };
    for (index, value) in HOSTILE.iter().enumerate() {
        let name = format!("h{index}");
        let mut activation = room.environment(&name, value);
        let file = room.path(&name).join("bin/activate.ps1");
        // A directory that is not there is no environment for a file; for a plan it is only a value.
        let script = format!(
            ". '{}'; [Console]::Write($env:VIRTUAL_ENV_PROMPT)",
            file.display()
        );
        assert_eq!(room.says(&script), *value);
        activation.root = format!("/{value}");
        write(
            room.path("x.ps1"),
            Activator::PowerShellScript
                .render(&activation, Form::Plan(Shell::PowerShell))
                .unwrap(),
        )
        .unwrap();
        let script = "Invoke-Expression ([IO.File]::ReadAllText(\"$env:ROOM/x.ps1\")); [Console]::Write($env:VIRTUAL_ENV)";
        assert_eq!(room.says(script), format!("/{value}"));
    }
    assert!(!room.path("PWNED").exists());
}

/// The user's line, with the text from a file instead of the program's output.
const LOAD: &str =
    "[IO.File]::ReadAllText(\"$env:ROOM/hook.ps1\") | Out-String | Invoke-Expression\n";

#[test]
fn the_hook_loads_twice_as_once() {
    let Some(room) = Room::new() else { return };
    let script = format!(
        "{SNAPSHOT}{LOAD}$before = @(Get-ShellSnapshot) -join \"`n\"\n{LOAD}$after = @(Get-ShellSnapshot) -join \"`n\"\n\
         if ($before -cne $after) {{ [Console]::WriteLine(\"$before`n-----`n$after\") }}\n\
         [Console]::Write(@(Get-Module venvsh).Count)"
    );
    assert_eq!(room.says(&script), "1");
}

#[test]
fn the_functions_say_whether_they_failed() {
    let Some(room) = Room::new() else { return };
    let script = format!(
        "{LOAD}workon fail && [Console]::Write('went on')\n[Console]::Write(\"$?,$LASTEXITCODE;\")\n\
         workon A && [Console]::Write(\"$env:VIRTUAL_ENV_PROMPT,$LASTEXITCODE;\")\n\
         workon B; [Console]::Write(\"$env:VIRTUAL_ENV_PROMPT;\")\n\
         deactivate; [Console]::Write(\"$?,$($null -eq $env:VIRTUAL_ENV),$($null -eq $function:deactivate)\")"
    );
    assert_eq!(room.says(&script), "False,3;A,0;B;True,True,True");
}

#[test]
fn words_arrive_as_they_were_typed() {
    let Some(room) = Room::new() else { return };
    let lines = [
        ("mkvirtualenv -p 3.10 x", "mkvirtualenv|-p|3.10|x"),
        (
            "mkvirtualenv --python=3.10 '*' '~' 'a b' ''",
            "mkvirtualenv|--python=3.10|*|~|a b|",
        ),
        ("mkvirtualenv -NoPip x", "mkvirtualenv|-NoPip|x"),
        ("workon -h", "workon|-h"),
        ("workon 007 1e3 0x10", "workon|007|1e3|0x10"),
        ("venvsh workon 'a b' 3.10", "workon|a b|3.10"),
        (
            "venvsh run x python -c 'print(1)'",
            "run|x|python|-c|print(1)",
        ),
        ("venvsh", ""),
        ("venvsh --version", "--version"),
    ];
    for (line, words) in lines {
        let _ = fs_err::remove_file(room.path("words"));
        assert_eq!(room.says(&format!("{LOAD}{line}")), "", "{line}");
        let noted = fs_err::read_to_string(room.path("words")).unwrap();
        assert_eq!(noted, format!("{words}\n"), "{line}");
    }
}

#[test]
fn scripts_around_leaving_are_sourced() {
    let Some(room) = Room::new() else { return };
    let note = "[Console]::Write(\"$($args[0]):$env:VIRTUAL_ENV_PROMPT:$VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV;\"); $state = 1; throw 'x'";
    write(
        room.path("note.ps1"),
        note.replace("$env:VIRTUAL_ENV_PROMPT:", "${env:VIRTUAL_ENV_PROMPT}:"),
    )
    .unwrap();
    let activation = Activation {
        before_leaving: vec![room.text("missing.ps1"), room.text("note.ps1")],
        after_leaving: vec![room.text("note.ps1")],
        ..activation("demo")
    };
    write(
        room.path("x.ps1"),
        activate(&activation, Form::Plan(Shell::PowerShell)),
    )
    .unwrap();
    let script = "Invoke-Expression ([IO.File]::ReadAllText(\"$env:ROOM/x.ps1\"))\ndeactivate 2>$null\n\
                  [Console]::Write(\"$($null -eq $function:deactivate),$($null -eq (Get-Variable VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV -ErrorAction Ignore))\")";
    assert_eq!(
        room.says(script),
        "pre_deactivate:demo:;post_deactivate::/home/u/demo/env;True,True"
    );
}

#[test]
fn an_inherited_environment_can_be_left() {
    let Some(room) = Room::new() else { return };
    let plan = Plan(vec![Effect::Leave(venvsh::internals::shell::Inherited {
        path: Some("/usr/bin:/bin".to_owned()),
        pkg_config_path: None,
        ..Default::default()
    })]);
    write(
        room.path("deactivate.plan"),
        plan.render(Shell::PowerShell).unwrap(),
    )
    .unwrap();
    let script = format!(
        "$env:VIRTUAL_ENV = '/other'\n{LOAD}deactivate\n\
         [Console]::Write(\"$($null -eq $env:VIRTUAL_ENV),$env:PATH,$($null -eq $function:deactivate)\")"
    );
    assert_eq!(room.says(&script), "True,/usr/bin:/bin,True");
}

#[test]
fn programs_of_the_user_get_their_words() {
    let Some(room) = Room::new() else { return };
    write(
        room.path("program"),
        "#!/bin/sh\nprintf '%s|' \"$PWD\" \"$@\"\n",
    )
    .unwrap();
    assert!(
        Command::new("/bin/chmod")
            .arg("755")
            .arg(room.path("program"))
            .status()
            .unwrap()
            .success()
    );
    let cwd = room
        .dir
        .path()
        .canonicalize()
        .unwrap()
        .join("A")
        .to_str()
        .unwrap()
        .to_owned();
    let plan = Plan(vec![Effect::Run {
        program: room.text("program"),
        args: ["*", "~", "", "a\"b", "'\u{2019}"]
            .map(str::to_owned)
            .into(),
        cwd: cwd.clone(),
    }]);
    write(room.path("x.ps1"), plan.render(Shell::PowerShell).unwrap()).unwrap();
    let script = "$here = $PWD.Path; Invoke-Expression ([IO.File]::ReadAllText(\"$env:ROOM/x.ps1\")); if ($PWD.Path -cne $here) { 'moved' }";
    assert_eq!(room.says(script), format!("{cwd}|*|~||a\"b|'\u{2019}|"));
}
