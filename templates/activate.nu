{% if file -%}
# Activate: overlay use DIR/bin/activate.nu        Leave: deactivate
# A relative or absolute path that nushell knows when it reads the line; nushell 0.106 or newer.
{% endif -%}
const here = path self
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

# Makes the environment what it would be without the activation; says which managed names the user changed.
def --env undo [] {
    let state = $env.VENVSH_ACTIVATION
    mut changed = []
    let key = path-key
    let path = ($env | get --optional $key)
    if (differ $path $state.path) {
        $changed = ($changed | append $key)
        load-env {($key): (entries $path | without $state.bin)}
    } else if $state.old_path == null {
        hide-env --ignore-errors $key
    } else {
        load-env {($key): $state.old_path}
    }
    for name in $managed {
        let value = ($env | get --optional $name)
        let old = ($state.old | get --optional $name)
        let theirs = ($name not-in [VIRTUAL_ENV VIRTUAL_ENV_PROMPT]) and ($name in ($env | columns)) and ($name == 'PYTHONHOME' or $name in $state.set)
        if $name != 'PROMPT_COMMAND' and $theirs and (differ $value ($state.new | get --optional $name)) {
            $changed = ($changed | append $name)
            if $name == 'PKG_CONFIG_PATH' { load-env {($name): (entries $value | without $state.pkg | str join (char esep))} }
        } else if $name not-in $state.set {
            null
        } else if $old == null {
            hide-env --ignore-errors $name
        } else {
            load-env {($name): $old}
        }
    }
    hide-env --ignore-errors VENVSH_ACTIVATION
    $changed
}

# What outlives the overlay: everything that changed since the activation, less what the activation did.
def --env leave [] {
    let seen = $env.VENVSH_ACTIVATION.seen
    let changed = (undo)
    let key = path-key
    let others = (
        $env | columns
        | where {|name| $name not-in $managed and $name not-in [$key VENVSH_ACTIVATION CURRENT_FILE FILE_PWD] }
        | where {|name| differ ($env | get $name) ($seen | get --optional $name) }
    )
    [PWD OLDPWD] | append $changed | append $others | uniq | where {|name| $name in ($env | columns) }
}

export-env {
    if 'activate' not-in (overlay list | get name) {
        error make --unspanned {msg: $"this file is for `overlay use`, without `as`: overlay use ($here)"}
    }
    mut root = {{ virtual_env }}
    {%- if file %}
    if ($root | path type) != 'dir' {
        $root = ($here | path dirname | path dirname)
        if ($root | path join 'pyvenv.cfg' | path type) != 'file' {
            error make --unspanned {msg: $"the environment was moved, and its new place is not known: ($here)"}
        }
    }
    {%- endif %}
    let root = $root
    let name = {{ prompt }}

    if 'VENVSH_ACTIVATION' in ($env | columns) { undo | ignore }
    let seen = ($env | reject --optional VENVSH_ACTIVATION)
    let key = path-key
    let old_path = ($env | get --optional $key)
    let bin = ($root | path join {{ bin_name }})
    let pkg = ($root | path join 'lib' 'pkgconfig')
    let path = ([$bin] | append (entries $old_path))
    let drawn = ($name | str replace --all --regex '[\x00-\x1f\x7f]' ' ')
    let prompt = ($env.PROMPT_COMMAND? | default '')
    mut new = {
        VIRTUAL_ENV: $root
        VIRTUAL_ENV_PROMPT: $name
        PKG_CONFIG_PATH: ([$pkg] | append (entries $env.PKG_CONFIG_PATH?) | str join (char esep))
        {%- if let Some(tcl) = tcl_library %}
        TCL_LIBRARY: {{ tcl }}
        {%- endif %}
        {%- if let Some(tk) = tk_library %}
        TK_LIBRARY: {{ tk }}
        {%- endif %}
    }
    if 'PROMPT_COMMAND' in ($env | columns) and ($env.VIRTUAL_ENV_DISABLE_PROMPT? | is-empty) {
        $new.PROMPT_COMMAND = if ($prompt | describe) == 'closure' {
            {|| '(' + $drawn + ') ' + (do $prompt | into string) }
        } else {
            {|| '(' + $drawn + ') ' + $prompt }
        }
    }
    let state = {
        bin: $bin
        pkg: $pkg
        path: $path
        old_path: $old_path
        old: ($seen | select --optional ...$managed)
        new: $new
        set: ($new | columns | append 'PYTHONHOME')
        seen: $seen
    }
    load-env $new
    load-env {($key): $path}
    # An overlay cannot hide a variable of the one below; null is not handed to child processes.
    if 'PYTHONHOME' in ($env | columns) { $env.PYTHONHOME = null }
    # A record: nushell hands only text to child processes.
    $env.VENVSH_ACTIVATION = $state
}

export alias pydoc = ^python -m pydoc
export alias deactivate = overlay hide activate --keep-env (leave)
