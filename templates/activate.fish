{% if file %}# Activates a Python environment in fish 3.1 or newer:  source bin/activate.fish
# `deactivate` puts the shell back as it was; what you changed meanwhile stays.
# State is kept in unexported globals, so that no child shell mistakes it for its own.

{% endif %}set -l _venvsh_env {{ virtual_env }}
{% if file %}if not test -d "$_venvsh_env"
    # The environment was moved: this file knows the new place, and pyvenv.cfg proves it.
    # `printf` cuts the line break that `realpath` adds, and no other.
    set -l _venvsh_file (builtin realpath -s (builtin status filename | builtin string collect)/../.. 2>/dev/null | builtin string collect -N)
    set -l _venvsh_moved (builtin printf '%.*s' (builtin math (builtin string length -- "$_venvsh_file") - 1) "$_venvsh_file" 2>/dev/null | builtin string collect -N)
    if not test -f "$_venvsh_moved/pyvenv.cfg"
        builtin printf 'activate.fish: no such environment (was it moved?): %s\n' (builtin string escape -- $_venvsh_env) >&2
        return 1
    end
    set _venvsh_env $_venvsh_moved
end
{% endif %}
# Leave what is active in this shell. Inherited state without a `deactivate` is not ours to undo.
if builtin functions -q deactivate; and begin
        set -q _venvsh_names; or set -q VIRTUAL_ENV _OLD_VIRTUAL_PATH
    end
    deactivate
end

set -gu _venvsh_names PATH VIRTUAL_ENV VIRTUAL_ENV_PROMPT PKG_CONFIG_PATH{% if tcl_library.is_some() %} TCL_LIBRARY{% endif %}{% if tk_library.is_some() %} TK_LIBRARY{% endif %} PYTHONHOME
set -gu _venvsh_unexported
set -gu _venvsh_bin $_venvsh_env/{{ bin_name }} $_venvsh_env/lib/pkgconfig
for _venvsh_name in $_venvsh_names
    set -eg _OLD_VIRTUAL_$_venvsh_name
    # A universal variable is not ours to change: a global one hides it.
    if set -qg $_venvsh_name
        set -gu _OLD_VIRTUAL_$_venvsh_name $$_venvsh_name
        set -qgx $_venvsh_name; or set -a _venvsh_unexported $_venvsh_name
        if set -qg --unpath $_venvsh_name
            set -a _venvsh_unexported --unpath$_venvsh_name
            set -gu --unpath _OLD_VIRTUAL_$_venvsh_name $$_venvsh_name
        end
    end
end
# virtualenv's script knows the saved value by this name, should it be sourced next.
set -gu _OLD_PKG_CONFIG_PATH $PKG_CONFIG_PATH

set -gx VIRTUAL_ENV $_venvsh_env
set -gx VIRTUAL_ENV_PROMPT {{ prompt }}
if test -n "$PATH"
    set -gx PATH $_venvsh_bin[1] $PATH
else
    set -gx PATH $_venvsh_bin[1]
end
if test -n "$PKG_CONFIG_PATH"
    set -gx --path PKG_CONFIG_PATH $_venvsh_bin[2] $PKG_CONFIG_PATH
else
    set -gx --path PKG_CONFIG_PATH $_venvsh_bin[2]
end
{% if let Some(tcl) = tcl_library %}set -gx TCL_LIBRARY {{ tcl }}
{% endif %}{% if let Some(tk) = tk_library %}set -gx TK_LIBRARY {{ tk }}
{% endif %}set -eg PYTHONHOME
# Python takes an empty PYTHONHOME for an unset one.
set -q PYTHONHOME; and set -gx PYTHONHOME ''
for _venvsh_name in $_venvsh_names
    set -gu _venvsh_new_$_venvsh_name $$_venvsh_name
end

for _venvsh_name in deactivate pydoc
    if builtin functions -q $_venvsh_name
        builtin functions -q _venvsh_old_$_venvsh_name; and builtin functions -e _venvsh_old_$_venvsh_name
        builtin functions -c $_venvsh_name _venvsh_old_$_venvsh_name
    end
end

function pydoc -d 'venvsh: pydoc of the active environment'
    command python -m pydoc $argv
end

if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"; and builtin functions -q fish_prompt
    builtin functions -q _venvsh_old_fish_prompt; and builtin functions -e _venvsh_old_fish_prompt
    builtin functions -c fish_prompt _venvsh_old_fish_prompt
    function fish_prompt -d 'venvsh: prompt of the active environment'
        # The user's prompt first: it may look at $status and $pipestatus.
        set -l _venvsh_prompt (_venvsh_old_fish_prompt $argv | builtin string collect)
        if test "$VIRTUAL_ENV" = "$_venvsh_new_VIRTUAL_ENV"
            builtin printf '(%s) ' {% if plain_prompt %}"$VIRTUAL_ENV_PROMPT"{% else %}(builtin string replace -ra '[[:cntrl:]]' ' ' -- "$VIRTUAL_ENV_PROMPT"){% endif %}
        end
        builtin printf %s $_venvsh_prompt
    end
end

function deactivate -d 'venvsh: leave the active environment'
    if set -q _venvsh_names
        {% for script in before_leaving %}function _venvsh_source -S; builtin source $argv; end
        test -f {{ script }}; and _venvsh_source {{ script }} pre_deactivate
        builtin functions -e _venvsh_source
        {% endfor %}{% if !after_leaving.is_empty() %}set -l _venvsh_left $_venvsh_new_VIRTUAL_ENV
        {% endif %}# What is no longer ours stays.
        set -l name
        for name in fish_prompt pydoc
            if builtin string match -q 'venvsh: *' -- (builtin functions -Dv $name)[-1]
                builtin functions -e $name
                builtin functions -q _venvsh_old_$name; and builtin functions -c _venvsh_old_$name $name
            end
            builtin functions -q _venvsh_old_$name; and builtin functions -e _venvsh_old_$name
        end
        for name in $_venvsh_names
            set -l old _OLD_VIRTUAL_$name
            set -l new _venvsh_new_$name
            set -l flags -gx
            builtin contains -- $name $_venvsh_unexported; and set flags -gu
            builtin contains -- --unpath$name $_venvsh_unexported; and set -a flags --unpath
            if test "$$name" = "$$new"
                if set -qg $old
                    set $flags $name $$old
                else
                    set -eg $name
                end
            else if builtin string match -q '*PATH' $name
                for new in $_venvsh_bin
                    set -l at (builtin contains -i -- $new $$name); and set -eg {$name}[$at]
                end
            end
            set -eg $old
            set -eg _venvsh_new_$name
        end
        set -eg _OLD_PKG_CONFIG_PATH
        set -eg _venvsh_unexported
        set -eg _venvsh_bin
        set -eg _venvsh_names
        {% if !after_leaving.is_empty() %}set -gu VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV $_venvsh_left
        {% for script in after_leaving %}function _venvsh_source -S; builtin source $argv; end
        test -f {{ script }}; and _venvsh_source {{ script }} post_deactivate (builtin string split -rm1 / -- $_venvsh_left)[-1]
        builtin functions -e _venvsh_source
        {% endfor %}set -eg VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV
    {% endif %}end
    # A hook script may have activated another environment.
    if test "$argv[1]" != nondestructive; and not set -q _venvsh_names
        builtin functions -e deactivate
        if builtin functions -q _venvsh_old_deactivate
            builtin functions -c _venvsh_old_deactivate deactivate
            builtin functions -e _venvsh_old_deactivate
        end
    end
    return 0
end
builtin true
