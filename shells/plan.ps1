{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leave(left) -%}
{%- when Effect::SourceActivate { script, before_leaving, after_leaving } -%}
{%- when Effect::Cd(dir) -%}
{%- when Effect::Source { script, event } -%}
{%- when Effect::Run { program, args, cwd } -%}
{%- when Effect::Set(name, value) -%}
{%- when Effect::Unset(name) -%}
{%- endmatch %}
