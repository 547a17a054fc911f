{% if file %}# Activates a Python environment in fish 3.1 or newer:  source bin/activate.fish
# `deactivate` puts the shell back as it was; what you changed meanwhile stays.
# State is kept in unexported globals, so that no child shell takes it for its own. `builtin` is before each word that
# may also be a function of the user.

{% endif %}set -g _venvsh_new_root {{ virtual_env }}
{% if respells %}# fish for Windows comes with MSYS2 or Cygwin, which write paths in their own way.
if set -q MSYSTEM
    set -g _venvsh_new_root {{ in_msys }}
else if builtin command -sq cygpath
    set -g _venvsh_new_root (command cygpath -u {{ virtual_env }})
end
{% endif %}{% if file %}if not test -d "$_venvsh_new_root"
    # The environment was moved: this file's path is the new one, and pyvenv.cfg proves it.
    # `printf` cuts the line break that `realpath` adds, and no other.
    set -l _venvsh_place (builtin realpath -s (builtin status filename | builtin string collect)/../.. 2>/dev/null | builtin string collect -N)
    set _venvsh_place (builtin printf '%.*s' (builtin math (builtin string length -- "$_venvsh_place") - 1) "$_venvsh_place" 2>/dev/null | builtin string collect -N)
    if not test -f "$_venvsh_place/pyvenv.cfg"
        builtin printf 'activate.fish: no such environment (was it moved?): %s\n' (builtin string escape -- $_venvsh_new_root) >&2
        set -eg _venvsh_new_root
        return 1
    end
    set -g _venvsh_new_root $_venvsh_place
end
{% endif %}
# Leave the active environment by its own tool's `deactivate`. Variables without a function may be inherited.
if builtin functions deactivate 2>/dev/null | builtin string match -qr '_OLD_VIRTUAL_|venvsh: leave'
    deactivate
end
builtin functions -q _venvsh_leave; and _venvsh_leave

# Save each variable: its value and how it was set. A universal one is not ours to change: a global one hides it.
set -g _venvsh_root $_venvsh_new_root
set -eg _venvsh_new_root
set -g _venvsh_names
function _venvsh_save
    set -l name
    for name in $argv
        set -a _venvsh_names $name
        if set -qg $name
            set -g _venvsh_old_{$name}_value $$name
            set -g _venvsh_old_{$name}_flags -g
            set -qgx $name; and set -a _venvsh_old_{$name}_flags -x; or set -a _venvsh_old_{$name}_flags -u
            set -qg --path $name; and set -a _venvsh_old_{$name}_flags --path; or set -a _venvsh_old_{$name}_flags --unpath
        end
    end
end
_venvsh_save VIRTUAL_ENV PATH VIRTUAL_ENV_PROMPT PKG_CONFIG_PATH{% if tcl_library.is_some() %} TCL_LIBRARY{% endif %}{% if tk_library.is_some() %} TK_LIBRARY{% endif %} PYTHONHOME

# All that leaves is defined before anything changes, as Ctrl-C may end this script. While this is set, nothing is the user's change.
set -g _venvsh_entering

# Save the user's functions of these names.
for _venvsh_name in deactivate pydoc
    builtin functions -e _venvsh_old_$_venvsh_name
    builtin functions -q $_venvsh_name; and builtin functions -c $_venvsh_name _venvsh_old_$_venvsh_name
end
set -e _venvsh_name

function pydoc -d 'venvsh: pydoc of the active environment'
    command python -m pydoc $argv
end

# Remember these variables and the prompt as activation has set them.
function _venvsh_record
    set -l name
    for name in $argv
        set -q $name; and set -g _venvsh_new_{$name}_value "$$name"; or set -eg _venvsh_new_{$name}_value
    end
    set -g _venvsh_new_prompt (builtin functions fish_prompt 2>/dev/null | builtin string collect)
end

# Restores everything that still is as activation set it. The user's changes stay, without our entries. VIRTUAL_ENV is last: whoever
# ends this by Ctrl-C sees that the environment is still to be left.
function _venvsh_leave
    builtin functions -e _venvsh_replaced
    builtin functions -q _venvsh_take_out; and _venvsh_take_out
    set -l name
    for name in $_venvsh_names[-1..1]
        set -l old _venvsh_old_{$name}_value
        set -l flags _venvsh_old_{$name}_flags
        set -l new _venvsh_new_{$name}_value
        if test "$$name" = "$$new"; and test (set -q $name; builtin echo $status) = (set -q $new; builtin echo $status); or set -qg _venvsh_entering
            set -qg $old; and set $$flags $name $$old; or set -eg $name
        else if builtin contains $name PATH PKG_CONFIG_PATH
            set -l entry
            for entry in $_venvsh_entries
                set -l at (builtin contains -i -- $entry $$name); and set -eg {$name}[$at]
            end
        end
        set -eg $old
        set -eg $flags
        set -eg $new
    end
    set -l prompt (builtin functions fish_prompt 2>/dev/null | builtin string collect)
    set -qg _venvsh_entering; and builtin string match -q 'venvsh: prompt *' -- (builtin functions -Dv fish_prompt)[-1]
    and set -g _venvsh_new_prompt $prompt
    if test -n "$_venvsh_prompt"; and test "$_venvsh_new_prompt" = "$prompt"
        builtin functions -e fish_prompt
        builtin functions -c $_venvsh_prompt fish_prompt
        builtin functions -e $_venvsh_prompt
    else if test -n "$_venvsh_prompt"
        # Does the present prompt call a copy of ours?
        for name in (builtin string match -ra '[\w-]+' -- $prompt)
            builtin functions -Dv -- $name
        end | builtin string match -q 'venvsh: prompt *'
        or builtin functions -e $_venvsh_prompt
    end
    if builtin string match -q 'venvsh: *' -- (builtin functions -Dv pydoc)[-1]
        builtin functions -e pydoc
        builtin functions -q _venvsh_old_pydoc; and builtin functions -c _venvsh_old_pydoc pydoc
    end
    builtin functions -e _venvsh_old_pydoc _venvsh_save _venvsh_record _venvsh_leave
    for name in root names entries prompt new_prompt entering
        set -eg _venvsh_$name
    end
end

function deactivate -d 'venvsh: leave the active environment'
    if builtin contains -- "$argv[1]" -h --help
        builtin functions -q venvsh; and venvsh deactivate --help; or builtin echo 'Usage: deactivate'
        return
    end
    builtin functions -q _venvsh_leave; and _venvsh_leave
    if test "$argv[1]" != nondestructive
        builtin functions -e deactivate
        builtin functions -q _venvsh_old_deactivate; and builtin functions -c _venvsh_old_deactivate deactivate
        builtin functions -e _venvsh_old_deactivate
    end
    return 0
end

# Set each variable. To Python an empty PYTHONHOME is an unset one.
set -g _venvsh_entries $_venvsh_root/{{ bin_name }} $_venvsh_root/lib/pkgconfig
set -gx VIRTUAL_ENV $_venvsh_root
set -gx VIRTUAL_ENV_PROMPT {{ prompt }}
test -n "$PATH"; or set -gx PATH
set -gx PATH $_venvsh_entries[1] $PATH
test -n "$PKG_CONFIG_PATH"; or set -gx PKG_CONFIG_PATH
set -gx --path PKG_CONFIG_PATH $_venvsh_entries[2] $PKG_CONFIG_PATH
{% if let Some(tcl) = tcl_library %}set -gx TCL_LIBRARY {{ tcl }}
{% endif %}{% if let Some(tk) = tk_library %}set -gx TK_LIBRARY {{ tk }}
{% endif %}set -eg PYTHONHOME
set -q PYTHONHOME; and set -gx PYTHONHOME ''

# Does something else show the name? These variables or the prompt's own text say so.
{% include "drawn.fish" %}

# The prompt is the user's with the name in front. Another tool may wrap ours, which still calls the user's one then, so that
# is saved under a free name.
set -eg _venvsh_prompt
if builtin functions -q fish_prompt; and not _venvsh_drawn
    set -g _venvsh_prompt _venvsh_old_fish_prompt
    while builtin functions -q $_venvsh_prompt
        set _venvsh_prompt {$_venvsh_prompt}_
    end
    builtin functions -c fish_prompt $_venvsh_prompt
    set -l _venvsh_saved $_venvsh_prompt
    function fish_prompt -V _venvsh_saved -d 'venvsh: prompt of the active environment'
        # The user's prompt runs first: it may look at $status and $pipestatus.
        set -l _venvsh_text ($_venvsh_saved $argv | builtin string collect)
        if test "$_venvsh_prompt" = $_venvsh_saved; and test "$VIRTUAL_ENV" = "$_venvsh_root"
            builtin printf '(%s) ' (builtin string replace -ra '[[:cntrl:]]' ' ' -- "$VIRTUAL_ENV_PROMPT" | builtin string collect)
        end
        builtin printf %s $_venvsh_text
    end
end
builtin functions -e _venvsh_drawn

_venvsh_record $_venvsh_names
set -eg _venvsh_entering

# Another tool's script replaces `deactivate` and then changes VIRTUAL_ENV. Its own saves nothing of ours: leave now.
function _venvsh_replaced --on-variable VIRTUAL_ENV
    if not builtin string match -q 'venvsh: *' -- (builtin functions -Dv deactivate)[-1]
        builtin functions -e _venvsh_old_deactivate
        _venvsh_leave
    end
end
builtin true
