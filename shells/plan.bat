{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { before, after, variables } -%}
{%- for (name, value) in variables -%}
@set _OLD_VIRTUAL_SEEN_{{ name.bare() }}={{ value }}
{% endfor -%}
{% if !before.is_empty() -%}
@set _OLD_VIRTUAL_BEFORE={% for script in before %} ^"{{ script }}^"{% endfor %}
{% endif -%}
{% if !after.is_empty() -%}
@set _OLD_VIRTUAL_AFTER={% for script in after %} ^"{{ script }}^"{% endfor %}
{%- endif %}
{%- when Effect::Variables(changes) -%}
{%- when Effect::Record -%}
@rem What postactivate scripts changed of PATH belongs to the activation.
@if defined _OLD_VIRTUAL_ACTIVE set "_OLD_VIRTUAL_NEW_PATH=%PATH%"
{%- when Effect::Leave(left) -%}
@rem An environment of another tool's script is left by that tool; what only was inherited, by these values.
@if defined _OLD_VIRTUAL_ACTIVE call :leave & goto :left
@if defined _OLD_VIRTUAL_PATH if exist "%VIRTUAL_ENV%\Scripts\deactivate.bat" call "%VIRTUAL_ENV%\Scripts\deactivate.bat"
@if not defined VIRTUAL_ENV goto :left
@set PATH={% if let Some(path) = left.path %}{{ path }}{% endif %}
@set PKG_CONFIG_PATH={% if let Some(path) = left.pkg_config_path %}{{ path }}{% endif %}
@set "VIRTUAL_ENV="
@set "VIRTUAL_ENV_PROMPT="
{%- for (name, value) in left.set %}
@set {{ name.bare() }}={{ value }}
{%- endfor %}
{%- for name in left.unset %}
@set "{{ name.bare() }}="
{%- endfor %}
:left
{%- when Effect::SourceActivate { script, .. } -%}
@set _VENVSH_WORD={{ script }}
@call "%_VENVSH_WORD%"
@set "_VENVSH_WORD="
{%- when Effect::Switch(switch) -%}
@set PATH={% if let Some(path) = switch.path %}{{ path }}{% endif %}
{%- when Effect::Cd(dir) -%}
@set _VENVSH_WORD={{ dir }}
@cd /d "%_VENVSH_WORD%"
@set "_VENVSH_WORD="
{%- when Effect::Source { script, event } -%}
@set _VENVSH_WORD={{ script }}
@if exist "%_VENVSH_WORD%" call "%_VENVSH_WORD%" {{ event.bare() }}
@set "_VENVSH_WORD="
{%- when Effect::Run { program, args, cwd } -%}
@set _VENVSH_WORD={{ cwd }}
@pushd "%_VENVSH_WORD%"
@set "_VENVSH_WORD="
@call ^"{{ program }}^"{% for arg in args %} ^"{{ arg }}^"{% endfor %}
@popd
{%- when Effect::Set(name, value) | Effect::Lend(name, value) -%}
@set {{ name.bare() }}={{ value }}
{%- when Effect::Unset(name) | Effect::TakeBack(name) -%}
@set "{{ name.bare() }}="
{%- when Effect::Follow(_) %}
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::Ask(_) %}
{%- when Effect::CallFunction(_) %}
{%- endmatch %}
