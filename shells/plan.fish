{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { before, after, variables } -%}
# `deactivate` with the user's scripts around it.
builtin functions -e _venvsh_deactivate
builtin functions -c deactivate _venvsh_deactivate
function deactivate -d 'venvsh: leave the active environment'
    if builtin contains -- "$argv[1]" -h --help
        venvsh deactivate --help
        return
    end
{%- for (name, value) in variables %}
    set -q {{ name.bare() }}; or set -lx {{ name.bare() }} {{ value }}
{%- endfor %}
    for _venvsh_script in{% for script in before %} {{ script }}{% endfor %}
        function _venvsh_source -S; builtin source $argv; end
        test -f $_venvsh_script; and _venvsh_source $_venvsh_script pre_deactivate
    end
    set -g VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV $_venvsh_root
    _venvsh_deactivate $argv
    if test "$argv[1]" = nondestructive
        builtin functions -e deactivate
        builtin functions -c _venvsh_deactivate deactivate
    end
    builtin functions -e _venvsh_deactivate
    for _venvsh_script in{% for script in after %} {{ script }}{% endfor %}
        function _venvsh_source -S; builtin source $argv; end
        test -f $_venvsh_script; and _venvsh_source $_venvsh_script post_deactivate (builtin string split -rm1 / -- $VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV)[-1]
    end
    builtin functions -e _venvsh_source
    set -eg VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV
    return 0
end
{%- when Effect::Variables(changes) -%}
# The environment's own variables: `_venvsh_leave` restores them. A universal one is hidden.
_venvsh_save{% for name in changes.only_here %} {{ name.bare() }}{% endfor %}
{%- for change in changes.all %}
{%- let name = changes.variables[loop.index0].bare() %}
{%- let entry = changes.entries[loop.index0].bare() %}
{%- match change.how %}
{%- when How::Set(value) %}
set -gx {{ name }} {{ value }}
{%- when How::Unset %}
set -eg {{ name }}
set -q {{ name }}; and set -gu {{ name }}
{%- when How::Prepend(value) %}
set -g {{ entry }} {{ value }}
test -n "${{ name }}"; and set -gx {{ name }} "${{ entry }}:${{ name }}"; or set -gx {{ name }} "${{ entry }}"
{%- when How::Append(value) %}
set -g {{ entry }} {{ value }}
test -n "${{ name }}"; and set -gx {{ name }} "${{ name }}:${{ entry }}"; or set -gx {{ name }} "${{ entry }}"
{%- endmatch %}
{%- endfor %}
_venvsh_record{% for name in changes.names %} {{ name.bare() }}{% endfor %}
{%- if changes.has_lists() %}
# From a list that the user has changed only our directory is taken out.
function _venvsh_take_out
{%- for change in changes.all %}
{%- let name = changes.variables[loop.index0].bare() %}
{%- let entry = changes.entries[loop.index0].bare() %}
{%- if change.how.is_list() %}
    if test "${{ name }}" != "$_venvsh_new_{{ name }}_value"
        set -l parts (builtin string split : -- "${{ name }}")
        if set -l at (builtin contains -i -- "${{ entry }}" $parts)
            set -e parts[$at]
            if set -q parts[1]
                set {{ name }} (builtin string join : -- $parts | builtin string collect)
            else if set -qg _venvsh_old_{{ name }}_value
                set {{ name }} ''
            else
                set -e {{ name }}
            end
        end
    end
    set -eg {{ entry }}
{%- endif %}
{%- endfor %}
    builtin functions -e _venvsh_take_out
end
{%- endif %}
{%- when Effect::Record -%}
# What `postactivate` scripts changed of PATH and the prompt belongs to the activation.
builtin functions -q _venvsh_record; and _venvsh_record PATH
{%- when Effect::Leave(left) -%}
if builtin functions deactivate 2>/dev/null | builtin string match -qr '_OLD_VIRTUAL_|venvsh: leave'
    deactivate
else
    {% match left.path %}{% when Some(path) %}set -gx PATH (builtin string split : -- {{ path }}){% when None %}set -ge PATH{% endmatch %}
    {% match left.pkg_config_path %}{% when Some(path) %}set -gx PKG_CONFIG_PATH {{ path }}{% when None %}set -ge PKG_CONFIG_PATH{% endmatch %}
    set -ge VIRTUAL_ENV
    set -ge VIRTUAL_ENV_PROMPT
{%- for (name, value) in left.set %}
    set -gx {{ name.bare() }} {{ value }}
{%- endfor %}
{%- for name in left.unset %}
    set -ge {{ name.bare() }}
{%- endfor %}
    set -ge venvsh_inherited
    builtin functions -e deactivate
end
{%- when Effect::SourceActivate { script, .. } -%}
builtin source {{ script }}
{%- when Effect::Switch(switch) -%}
{% match switch.path %}{% when Some(path) %}set -gx PATH (builtin string split : -- {{ path }}){% when None %}set -ge PATH{% endmatch %}
{%- if switch.entered %}
# One of the user's own stays.
if not builtin functions -q deactivate
    function deactivate -d 'venvsh: leave the active environment of conda'
        venvsh_apply deactivate $argv
    end
end
{%- else %}
builtin functions deactivate 2>/dev/null | builtin string match -q '*venvsh_apply deactivate*'; and builtin functions -e deactivate
{%- endif %}
{%- when Effect::Cd(dir) -%}
# `cd` is a function: fish's own keeps a list for `prevd`, a user's may do anything.
cd {{ dir }} 2>/dev/null; builtin cd {{ dir }}
{%- when Effect::Source { script, event } -%}
# A script's `return` would leave the function that sources it. Scripts may enter other environments: each has its own.
function _venvsh_source -S; builtin source $argv; end
test -f {{ script }}; and _venvsh_source {{ script }} {{ event.bare() }}
builtin functions -e _venvsh_source
{%- when Effect::Run { program, args, cwd } -%}
/bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh {{ cwd }} {{ program }}{% for arg in args %} {{ arg }}{% endfor %}
{%- when Effect::Set(name, value) -%}
set -gx {{ name.bare() }} {{ value }}
{%- when Effect::Lend(name, value) -%}
set -lx {{ name.bare() }} {{ value }}
{%- when Effect::Unset(name) -%}
set -ge {{ name.bare() }}
{%- when Effect::TakeBack(name) -%}
set -le {{ name.bare() }}
{%- when Effect::Follow(followed) -%}
{% if let Some(path) = followed.path %}set -gx PATH (builtin string split : -- {{ path }})
{% endif %}
{%- match followed.owner %}{% when Some(owner) %}set -gx VENVSH_AUTO {{ owner }}{% when None %}set -ge VENVSH_AUTO{% endmatch %}
{% match followed.off %}{% when Some(off) %}set -g venvsh_off {{ off }}{% when None %}set -ge venvsh_off{% endmatch %}
{%- if let Some(memory) = followed.memory %}
set -g venvsh_memory {{ memory }}
{%- endif %}
builtin true
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::Ask(_) %}
{%- when Effect::CallFunction(_) %}
{%- endmatch %}
