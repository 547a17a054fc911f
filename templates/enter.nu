const managed = [PYTHONHOME VIRTUAL_ENV VIRTUAL_ENV_PROMPT PKG_CONFIG_PATH TCL_LIBRARY TK_LIBRARY PROMPT_COMMAND]

def path-key [] { $env | columns | where {|name| ($name | str downcase) == 'path' } | append 'PATH' | first }

# PATH may be a list or, before nushell converted it, a string.
def entries [value: any] {
    if ($value | is-empty) or $value == [''] { [] } else if ($value | describe) == 'string' { $value | split row (char esep) } else { $value }
}

# The first entry that is ours goes; the rest is the user's.
def without [ours: string] {
    let list = $in
    let at = ($list | enumerate | where item == $ours | get index)
    if ($at | is-empty) { $list } else { $list | drop nth ($at | first) }
}

def differ [left: any, right: any] { try { $left != $right } catch { true } }

# A variable that goes becomes null, which no program inherits: `hide-env` takes away one of the copies that nushell makes of each
# variable, one for every custom command on the way. The overlay goes, and the hook's commands hide what is null.
# Makes the environment what it would be without the activation, in one step, so that Ctrl-C leaves no half; says which managed names
# the user changed.
def --env undo [] {
    let state = $env.VENVSH_ACTIVATION
    mut changed = []
    mut back = {VENVSH_ACTIVATION: null}
    let key = path-key
    let path = ($env | get --optional $key)
    if (differ $path $state.path) {
        $changed = ($changed | append $key)
        $back = ($back | merge {($key): (entries $path | without $state.bin)})
    } else {
        $back = ($back | merge {($key): $state.old_path})
    }
    for it in $state.added {
        let value = (if $it.name in ($back | columns) { $back | get $it.name } else { $env | get --optional $it.name })
        if $it.name != $key and $value != null and (differ $value ($state.new | get --optional $it.name)) {
            let rest = (entries $value | without $it.entry | str join (char esep))
            $back = ($back | merge {($it.name): (if $rest == '' and ($state.old | get --optional $it.name) == null { null } else { $rest })})
        } else if $it.name == $key and $key in $changed {
            $back = ($back | merge {($key): ($value | without $it.entry)})
        }
    }
    for name in ($managed | append $state.own) {
        let value = ($env | get --optional $name)
        let old = ($state.old | get --optional $name)
        let theirs = ($name not-in [VIRTUAL_ENV VIRTUAL_ENV_PROMPT]) and ($name in ($env | columns)) and ($name == 'PYTHONHOME' or $name in $state.set) or ($name in $state.own and $value == null)
        if $name != 'PROMPT_COMMAND' and $theirs and (differ $value ($state.new | get --optional $name)) {
            $changed = ($changed | append $name)
            if $name == 'PKG_CONFIG_PATH' { $back = ($back | merge {($name): (entries $value | without $state.pkg | str join (char esep))}) }
        } else if $name in $state.set {
            # `upsert` would call the prompt.
            $back = ($back | merge {($name): $old})
        }
    }
    load-env $back
    $changed
}

# Whether something else shows the name in the prompt.
def is-drawn [] {
    ([{% for name in signs.any %}{{ name.bare() }} {% endfor %}] | any {|name| $env | get --optional $name | is-not-empty }) or 'nu' in [{% for name in signs.named %}$env.{{ name.bare() }}? {% endfor %}]
}

def --env enter [root: string, name: string, bin_name: string, libraries: record, before: list<string>, after: list<string>, variables: record] {
    if $env.VENVSH_ACTIVATION? != null { undo | ignore }
    let seen = ($env | reject --optional VENVSH_ACTIVATION)
    let key = path-key
    let old_path = ($env | get --optional $key)
    let bin = ($root | path join $bin_name)
    let pkg = ($root | path join 'lib' 'pkgconfig')
    let path = ([$bin] | append (entries $old_path))
    let drawn = ($name | str replace --all --regex '[\x00-\x1f\x7f]' ' ')
    let prompt = ($env.PROMPT_COMMAND? | default '')
    mut new = ({
        VIRTUAL_ENV: $root
        VIRTUAL_ENV_PROMPT: $name
        PKG_CONFIG_PATH: ([$pkg] | append (entries $env.PKG_CONFIG_PATH?) | str join (char esep))
    } | merge $libraries)
    if 'PROMPT_COMMAND' in ($env | columns) and not (is-drawn) {
        $new.PROMPT_COMMAND = if ($prompt | describe) == 'closure' {
            {|| '(' + $drawn + ') ' + (do $prompt | into string) }
        } else {
            {|| '(' + $drawn + ') ' + $prompt }
        }
    }
    let state = {
        root: $root
        bin: $bin
        pkg: $pkg
        path: $path
        old_path: $old_path
        old: ($seen | select --optional ...$managed)
        new: $new
        set: ($new | columns | append 'PYTHONHOME')
        seen: $seen
        before: $before
        after: $after
        variables: $variables
        own: []
        added: []
    }
    # An overlay cannot hide a variable of the one below; null is not handed to child processes.
    if 'PYTHONHOME' in ($env | columns) { $new.PYTHONHOME = null }
    # The state is a record: nushell hands only text to child processes. All comes in one step, so that Ctrl-C leaves no half.
    load-env ($new | merge {($key): $path, VENVSH_ACTIVATION: $state})
}

def text [value: any] { if $value == null { '' } else if ($value | describe) =~ '^list' { $value | str join (char esep) } else { $value | into string } }

# The environment's own variables. A part of a value is a text, or a list of one name whose value stands there.
def --env change [changes: list<any>] {
    let key = path-key
    for it in $changes {
        let name = if $it.name == 'PATH' { $key } else { $it.name }
        let now = ($env | get --optional $name)
        mut state = $env.VENVSH_ACTIVATION
        if $name != $key and $name not-in $managed and $name not-in $state.own {
            $state.own = ($state.own | append $name)
            $state.old = ($state.old | upsert $name $now)
        }
        let words = ($it.value | each {|part| if ($part | describe) == 'string' { $part } else { text ($env | get --optional $part.0) } } | str join)
        if $it.how in [prepend append] {
            $state.added = ($state.added | append {name: $name, entry: $words})
        }
        let new = match $it.how {
            'set' => $words
            'unset' => null
            'prepend' => ([$words] | append (entries $now))
            _ => (entries $now | append $words)
        }
        let new = if $name != $key and ($new | describe) =~ '^list' { $new | str join (char esep) } else { $new }
        if $name == $key {
            $state.path = $new
        } else {
            $state.new = ($state.new | upsert $name $new)
            $state.set = ($state.set | append $name)
        }
        load-env {($name): $new, VENVSH_ACTIVATION: $state}
    }
}
