{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leave(left) -%}
set venvsh_live = `alias deactivate`
if ( $#venvsh_live ) then
    unset venvsh_live
    deactivate
else
    unset venvsh_live
    {% match left.path %}{% when Some(path) %}setenv PATH {{ path }}{% when None %}unsetenv PATH{% endmatch %}
    {% match left.pkg_config_path %}{% when Some(path) %}setenv PKG_CONFIG_PATH {{ path }}{% when None %}unsetenv PKG_CONFIG_PATH{% endmatch %}
    unsetenv VIRTUAL_ENV
    unsetenv VIRTUAL_ENV_PROMPT
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
{%- endmatch %}
