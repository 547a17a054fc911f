{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { before: _, after: _ } %}
{%- when Effect::Record %}
{%- when Effect::Leave(left) -%}
if ( $?_OLD_VIRTUAL_PATH ) then
    deactivate
else
    {% match left.path %}{% when Some(path) %}setenv PATH {{ path }}{% when None %}unsetenv PATH{% endmatch %}
    {% match left.pkg_config_path %}{% when Some(path) %}setenv PKG_CONFIG_PATH {{ path }}{% when None %}unsetenv PKG_CONFIG_PATH{% endmatch %}
    unsetenv VIRTUAL_ENV
    unsetenv VIRTUAL_ENV_PROMPT
{%- for name in left.unset %}
    unsetenv {{ name.bare() }}
{%- endfor %}
    unalias deactivate
endif
{%- when Effect::SourceActivate { script, before_leaving, after_leaving } -%}
source {{ script }}
{%- when Effect::Cd(dir) -%}
chdir {{ dir }}
{%- when Effect::Source { script, event } -%}
if ( -f {{ script }} ) source {{ script }} {{ event.bare() }}
{%- when Effect::Run { program, args, cwd } -%}
/bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh {{ cwd }} {{ program }}{% for arg in args %} {{ arg }}{% endfor %}
{%- when Effect::Set(name, value) -%}
setenv {{ name.bare() }} {{ value }}
{%- when Effect::Unset(name) -%}
unsetenv {{ name.bare() }}
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::CallFunction { .. } %}
{%- endmatch %}
