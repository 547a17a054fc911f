{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { before: _, after: _ } %}
{%- when Effect::Record %}
{%- when Effect::Leave(left) -%}
if functions -q deactivate; and begin; set -q _venvsh_names; or set -q _OLD_VIRTUAL_PATH; end
    deactivate
else
    {% match left.path %}{% when Some(path) %}set -gx PATH (string split : -- {{ path }}){% when None %}set -ge PATH{% endmatch %}
    {% match left.pkg_config_path %}{% when Some(path) %}set -gx PKG_CONFIG_PATH {{ path }}{% when None %}set -ge PKG_CONFIG_PATH{% endmatch %}
    set -ge VIRTUAL_ENV
    set -ge VIRTUAL_ENV_PROMPT
{%- for name in left.unset %}
    set -ge {{ name.bare() }}
{%- endfor %}
    functions -e deactivate
end
{%- when Effect::SourceActivate { script, before_leaving, after_leaving } -%}
source {{ script }}
{%- when Effect::Cd(dir) -%}
cd {{ dir }}
{%- when Effect::Source { script, event } -%}
# A script's `return` would leave the function that sources it. Scripts may enter other environments: each has its own.
function _venvsh_source -S; builtin source $argv; end
test -f {{ script }}; and _venvsh_source {{ script }} {{ event.bare() }}
builtin functions -e _venvsh_source
{%- when Effect::Run { program, args, cwd } -%}
/bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh {{ cwd }} {{ program }}{% for arg in args %} {{ arg }}{% endfor %}
{%- when Effect::Set(name, value) -%}
set -gx {{ name.bare() }} {{ value }}
{%- when Effect::Unset(name) -%}
set -ge {{ name.bare() }}
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::CallFunction { .. } %}
{%- endmatch %}
