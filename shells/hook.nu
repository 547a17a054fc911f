# venvsh, protocol {{ protocol }}: written by the line in config.nu, read by nushell from its directory `vendor/autoload`.
# The program answers with data, a list of steps in a private file; what a step does is said here.
module venvsh_hook {
{% include "enter.nu" %}
const program = {{ program }}
const directory = {{ emit_dir }}

# As nushell does for programs: of a bare word only the home directory is its own.
def expanded [words: list<string>] {
    $words | each {|word| if ($word | str starts-with '~/') { '~' | path expand --no-symlink | path join ($word | str substring 2..) } else { $word } }
}

def found [] {
    if ($program | path exists) { return $program }
    let others = (which --all venvsh | where type == external | get path)
    if ($others | is-not-empty) { return ($others | first) }
    ^/bin/sh -c 'echo "venvsh: the program is gone" >&2; exit 127'
}

def plan [] { $directory | path join $"($nu.pid)-0" }
def channel [] { [('VENVSH_HOOK=' + {{ channel }}) $"VENVSH_EMIT=(plan)"] }

# nushell does nothing in a directory that is gone: the nearest one above it takes its place.
def --env stand [] {
    if (try { $env.PWD | path exists } catch { false }) { return }
    mut there = $env.PWD
    cd /
    while not ($there | path exists) { $there = ($there | path dirname) }
    cd $there
}

def --env apply [words: list<string>] {
    stand
    let name = (found)
    # A record, which no program inherits. nushell keeps the status of the last command only where somebody types.
    $env.VENVSH_CALL = {status: 0, gone: []}
    try {
        ^/usr/bin/env ...(channel) $name ...(expanded $words)
    } catch {|failure|
        let status = ($failure.exit_code? | default 1)
        $env.VENVSH_CALL.status = (if $status < 0 { 128 - $status } else { $status })
    }
    stand
    let plan = (plan)
    if ($plan | path exists) {
        let steps = (open --raw $plan | from json)
        rm --force $plan
        # A variable that a later step unsets is lent to those in between, and never this shell's: Ctrl-C cannot leave it behind.
        mut lent = {}
        for it in ($steps | enumerate) {
            let step = $it.item
            if $step.do == 'set' and ($steps | skip $it.index | any {|later| $later.do == 'unset' and $later.name == $step.name }) {
                $lent = ($lent | upsert $step.name $step.value)
            } else if $step.do == 'unset' and $step.name in ($lent | columns) {
                $lent = ($lent | reject $step.name)
            } else {
                let lent = $lent
                try { act $step $lent } catch {|failure|
                    print --stderr $"venvsh: ($failure.msg)"
                    $env.VENVSH_CALL.status = ([$env.VENVSH_CALL.status 1] | math max)
                }
            }
        }
    }
}

def --env vanish [name: string] {
    load-env {($name): null}
    $env.VENVSH_CALL.gone = ($env.VENVSH_CALL.gone | append $name)
}

# The names that are to go, if a step has made them null.
def gone [] { [(path-key) VENVSH_ACTIVATION] | append $managed | append $env.VENVSH_CALL.gone | where {|name| ($env | get --optional $name) == null } }

# A command that fails leaves its status; nushell has no other way to one.
def fail [status: int] { ^/bin/sh -c 'exit "$1"' sh ($status | into string) }

def --env act [step: record, lent: record] {
    match $step.do {
        'activate' => {
            enter $step.root $step.name $step.bin $step.libraries $step.before $step.after $step.variables
        }
        'leave' => {
            if $env.VENVSH_ACTIVATION? != null {
                leave
            } else {
                put PATH (if $step.path == null { null } else { $step.path | split row (char esep) })
                put PKG_CONFIG_PATH $step.pkg_config_path
                for name in ([VIRTUAL_ENV VIRTUAL_ENV_PROMPT] | append $step.unset) { vanish $name }
                for it in $step.set { load-env {($it.0): $it.1} }
            }
        }
        'variables' => {
            change $step.changes
            for it in $step.changes { if $it.how == 'unset' { vanish $it.name } }
        }
        'record' => { if $env.VENVSH_ACTIVATION? != null { $env.VENVSH_ACTIVATION.path = ($env | get --optional (path-key)) } }
        'switch' => { put PATH (if $step.path == null { null } else { $step.path | split row (char esep) }) }
        'cd' => { cd $step.directory }
        'source' => { run $step.script $lent }
        'run' => { settle; try { with-env $lent { ^/bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh $step.directory $step.program ...$step.args } } catch { } }
        'set' => { load-env {($step.name): $step.value} }
        'unset' => { vanish $step.name }
{%- if follows %}
        'follow' => {
            if $step.path != null { $env.PATH = ($step.path | split row (char esep)) }
            put VENVSH_AUTO $step.owner
            let memory = ($step.memory | default $env.VENVSH_FOLLOWED.memory)
            $env.VENVSH_FOLLOWED = {off: ($step.off | default ''), memory: $memory, gone: false}
        }
{%- endif %}
    }
}

def --env put [name: string, value: any] {
    if $value == null { vanish $name } else { load-env {($name): $value} }
}

# The scripts around leaving run as the environment is and was; nothing that they do keeps anyone in it.
def --env leave [] {
    let state = $env.VENVSH_ACTIVATION
    let missing = ($state.variables | columns | where {|name| ($env | get --optional $name) == null })
    let lent = ($state.variables | select ...$missing)
    for script in $state.before { run $script $lent }
    undo | ignore
    for name in $state.own { if ($env | get --optional $name) == null { vanish $name } }
    for script in $state.after {
        run $script ($lent | upsert VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV $state.root)
    }
}

def quoted [text: string] {
    mut hashes = '#'
    while ($text | str contains $"'($hashes)") { $hashes = $hashes + '#' }
    $"r($hashes)'($text)'($hashes)"
}

# A thread of nushell takes the terminal back from a program that has ended, a moment after nushell goes on. A program that is started
# before that stays in nushell's process group, and Ctrl-C in it would break off the hook, too.
def settle [] { sleep 5ms }

# nushell can `source` only what it knows when it reads a line: another nushell does it, and what the script changes of the
# environment and the directory comes back.
def --env run [script: string, lent: record] {
    if not ($script | path exists) { return }
    let answer = ($directory | path join $"($nu.pid)-1")
    let code = [
        $"def --wrapped venvsh [...words: string] { ^(quoted $program) ...$words }"
        'let venvsh_before = $env'
        $"source (quoted $script)"
        'let venvsh_after = ($env | reject --optional config ENV_CONVERSIONS FILE_PWD CURRENT_FILE LAST_EXIT_CODE CMD_DURATION_MS PWD OLDPWD)'
        'let venvsh_set = ($venvsh_after | transpose name value | where {|it| ($it.value | describe) =~ "^(string|int|float|bool|list<string>)$" } | where {|it| try { $it.value != ($venvsh_before | get --optional $it.name) } catch { true } })'
        'let venvsh_unset = ($venvsh_before | columns | where {|name| $name not-in ($env | columns) })'
        $"{set: $venvsh_set, unset: $venvsh_unset, directory: $env.PWD} | to json | save --force (quoted $answer)"
    ]
    # Not from a directory that the script may delete: nushell does nothing in one that is gone.
    let here = $env.PWD
    let told = do {
        cd /
        load-env $lent
        settle
        try { ^/bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh $here $nu.current-exe --no-config-file --commands ($code | str join "\n") } catch { }
        let told = if ($answer | path exists) { open --raw $answer | from json } else { {set: [], unset: [], directory: $here} }
        rm --force $answer
        $told
    }
    if $told.directory != $here or not ($here | path exists) { try { cd $told.directory } catch { cd / } }
    for it in $told.set { load-env {($it.name): $it.value} }
    for name in $told.unset { vanish $name }
}

# The script for nushell in the place of `initialize`, which sees where things are. To run one takes a nushell of its own.
def --env initialize [] {
    let home = if ($env.WORKON_HOME? | is-empty) { '~/.virtualenvs' | path expand --no-symlink } else { $env.WORKON_HOME }
    let hooks = if ($env.VIRTUALENVWRAPPER_HOOK_DIR? | is-empty) { $home } else { $env.VIRTUALENVWRAPPER_HOOK_DIR }
    let script = ($hooks | path join initialize.nu)
    if not ($script | path exists) or (open --raw $script | lines | all {|line| $line =~ '^\s*(#|$)' }) { return }
    let given = {WORKON_HOME: $home, VIRTUALENVWRAPPER_HOOK_DIR: $hooks, VIRTUALENVWRAPPER_PROJECT_FILENAME: .project}
    let missing = ($given | columns | where {|name| ($env | get --optional $name) == null })
    run $script ($given | select ...$missing)
}

{%- if completion %}
# The program knows what fits; nushell only has to show it. Of an alias it gives the name, and then what that stands for.
def candidates [typed: list<string>] {
    let words = if $typed.0 == venvsh { $typed } else { $typed | skip 1 }
    let lines = (try { ^(found) complete nushell (($words | length) - 1) -- ...$words err> /dev/null | lines } catch { [] })
    $lines | each {|line| let parts = ($line | split row "\t"); {value: $parts.0, description: ($parts.1? | default '')} }
}
{%- endif %}

# The names go in the command that was typed, as often as there are copies. In a script what nushell itself inherited would
# come back from behind them, and below an overlay, too: null stays there.
{%- macro finish() %}
    for name in (gone) {
        if $nu.is-interactive { for copy in 1..9 { hide-env --ignore-errors $name } }
        if $name in ($env | columns) { load-env {($name): null} }
    }
    let status = $env.VENVSH_CALL.status
    for copy in 1..9 { hide-env --ignore-errors VENVSH_CALL }
    if $status != 0 { fail $status }
{%- endmacro %}

{%- if follows %}

# Follows the directory: one process after a change of directory, and one at the first prompt.
def --env follow [] {
    if ($env.VENVSH_NO_AUTO? | is-not-empty) { return }
    # The hook was taken out.
    if $env.VENVSH_FOLLOWED? == null { return }
    let followed = $env.VENVSH_FOLLOWED
    if not ($program | path exists) and (which --all venvsh | where type == external | is-empty) {
        if not $followed.gone { print --stderr {{ gone }} }
        $env.VENVSH_FOLLOWED.gone = true
        return
    }
    let status = $env.LAST_EXIT_CODE?
    apply [auto -- $followed.off $followed.memory]
    $env.VENVSH_CALL.status = 0
    {%- call finish() %}{% endcall %}
    # The status of the last command is that of a program, and cannot be set.
    if ($status | default 0) != 0 { try { ^/bin/sh -c 'exit "$1"' sh ($status | into string) } catch { } }
}

def --env left [] {
    $env.VENVSH_FOLLOWED.off = ($env.VENVSH_AUTO? | default ($env.PWD + '/.'))
    vanish VENVSH_AUTO
}
{%- endif %}

export-env {
{%- if follows %}
    # Records are not handed to child processes.
    if $nu.is-interactive and $env.VENVSH_FOLLOWED? == null {
        $env.VENVSH_FOLLOWED = {off: '', memory: '', gone: false}
        let follow = {|before, after| follow }
        $env.config = ($env.config | upsert hooks.env_change.PWD ($env.config.hooks?.env_change?.PWD? | default [] | append $follow))
    }
{%- endif %}
{%- if prompt %}
    # A shell that inherited an environment shows its name until that is left.
    if $nu.is-interactive and ($env.VIRTUAL_ENV? | is-not-empty) and $env.VENVSH_ACTIVATION? == null and $env.VENVSH_INHERITED? == null and 'PROMPT_COMMAND' in ($env | columns) and not (is-drawn) {
        let root = $env.VIRTUAL_ENV
        let name = if ($env.VIRTUAL_ENV_PROMPT? | is-empty) { $root | path basename } else { $env.VIRTUAL_ENV_PROMPT }
        let mark = '(' + ($name | str replace --all --regex '[\x00-\x1f\x7f]' ' ') + ') '
        let prompt = $env.PROMPT_COMMAND
        $env.PROMPT_COMMAND = {||
            let own = if ($prompt | describe) == 'closure' { do $prompt | into string } else { $prompt }
            if $env.VIRTUAL_ENV? == $root and $env.VENVSH_ACTIVATION? == null { $mark + $own } else { $own }
        }
        # Records are not handed to child processes.
        $env.VENVSH_INHERITED = {root: $root}
    }
{%- else %}
    $env.{{ no_prompt.bare() }} = {set: true}
{%- endif %}
    initialize
}

{% if completion %}@complete candidates
{% endif -%}
export def --env --wrapped venvsh [...words: string] {
    # What prints and changes nothing is data, and can be part of a pipe. It is the first here: that gets what comes from the pipe.
    if $words == [workon] or ($words | any {|word| $word in [-h --help] }) or ($words | get --optional 0) in [{% for verb in printing %}{{ verb }} {% endfor %}] {
        ^/usr/bin/env ...(channel) (found) ...(expanded $words)
    } else {
        if ($words | get --optional 0) == deactivate and $env.VENVSH_ACTIVATION? != null and not ($words | any {|word| $word | str starts-with '-' }) {
            $env.VENVSH_CALL = {status: 0, gone: []}
            leave
{%- if follows %}
            if $env.VENVSH_FOLLOWED? != null { left }
{%- endif %}
        } else {
            apply $words
        }
        {%- call finish() %}{% endcall %}
    }
}
# nushell reads an alias in a tenth of the time of a command.
{%- for (function, verb) in commands %}
export alias {{ function }} = venvsh {{ verb }}
{%- endfor %}
export alias deactivate = venvsh deactivate
}
use venvsh_hook *
