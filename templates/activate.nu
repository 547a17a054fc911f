{% if file -%}
# Activate: overlay use DIR/bin/activate.nu        Leave: deactivate
# A relative or absolute path that nushell knows when it reads the line; nushell 0.106 or newer.
{% endif -%}
const here = path self
{% include "enter.nu" %}
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
    if $root == '' or ($root | path type) != 'dir' {
        $root = ($here | path dirname | path dirname)
        if ($root | path join 'pyvenv.cfg' | path type) != 'file' {
            error make --unspanned {msg: $"the environment was moved, and its new place is not known: ($here)"}
        }
    }
    {%- endif %}
    let root = $root
    mut libraries = {}
    {%- if let Some(tcl) = tcl_library %}
    $libraries.TCL_LIBRARY = {{ tcl }}
    {%- endif %}
    {%- if let Some(tk) = tk_library %}
    $libraries.TK_LIBRARY = {{ tk }}
    {%- endif %}
    enter $root {{ prompt }} {{ bin_name }} $libraries [] [] {}
}

export alias pydoc = ^python -m pydoc
export alias deactivate = overlay hide activate --keep-env (leave)
