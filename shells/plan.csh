{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { before, after, variables } -%}
# Leaving with the user's scripts around it. The later ones outlive `_venv_forget`. csh hands no arguments to scripts.
if (1) set _venv_before = ({% for script in before %} {{ script }}{% endfor %} ) _venv_after = ({% for script in after %} {{ script }}{% endfor %} )
alias venvsh_run 'if (1) set venvsh_script = ${venvsh_todo[1]:q}; if (1) shift venvsh_todo; if ($?tcsh == 0) set venvsh_event = ( ); if (-f ${venvsh_script:q}) source ${venvsh_script:q} ${venvsh_event:q}; if ($#venvsh_todo) eval venvsh_run'
{%- if !variables.is_empty() %}
if (1) set{% for (name, value) in variables %} venvsh_{{ name.bare() }} = {{ value }}{% endfor %}
alias venvsh_give 'if (1) set venvsh_given = ( ){% for (name, _) in variables %}; if ($?{{ name.bare() }} == 0) set venvsh_given = ($venvsh_given {{ name.bare() }}); if ($?{{ name.bare() }} == 0) setenv {{ name.bare() }} ${venvsh_{{ name.bare() }}:q}{% endfor %}'
alias venvsh_take 'if ($#venvsh_given) eval venvsh_take_first'
alias venvsh_take_first 'if (1) unsetenv $venvsh_given[1]; if (1) shift venvsh_given; if (1) eval venvsh_take'
{%- endif %}
alias _venv_leave '{% if !variables.is_empty() %}venvsh_give; {% endif %}if (1) set venvsh_todo = (${_venv_before:q}) venvsh_event = pre_deactivate; if ($#venvsh_todo) eval venvsh_run; if (1) set venvsh_todo = (${_venv_after:q}) venvsh_event = (post_deactivate ${_venv_root:t:q}); if ($?tcsh) set VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV = ${_venv_root:q}; _venv_undo_all; _venv_undo_alias; _venv_forget; if ($#venvsh_todo) eval venvsh_run; {% if !variables.is_empty() %}venvsh_take; unalias venvsh_give venvsh_take venvsh_take_first; if (1) unset venvsh_given{% for (name, _) in variables %} venvsh_{{ name.bare() }}{% endfor %}; {% endif %}unalias venvsh_run; if (1) unset VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV venvsh_todo venvsh_event venvsh_script; if (0) :'
{%- when Effect::Variables(changes) -%}
# The environment's own variables. An unset one has no value that could stand in another.
{%- for name in changes.only_here %}
if (1) set _venv_name = {{ name.bare() }}; _venv_save
{%- endfor %}
{%- for change in changes.all %}
{%- let name = changes.variables[loop.index0].bare() %}
{%- let entry = changes.entries[loop.index0].bare() %}
{%- for used in changes.used %}
if (1) set _venv_of_{{ used.bare() }} = ''
if ($?{{ used.bare() }}) eval 'if (1) set _venv_of_{{ used.bare() }} = ${{ used.bare() }}:q'
if ($?_venv_new_{{ used.bare() }}) eval 'if (1) set _venv_of_{{ used.bare() }} = ${_venv_new_{{ used.bare() }}:q}'
{%- endfor %}
{%- match change.how %}
{%- when How::Set(value) %}
if (1) set _venv_new_{{ name }} = {{ value }}
if (1) setenv {{ name }} ${_venv_new_{{ name }}:q}
alias {{ entry }} 'if (1) set _venv_name = {{ name }}; _venv_undo'
{%- when How::Unset %}
if (1) unsetenv {{ name }}
alias {{ entry }} 'if ($_venv_had_{{ name }} && $?{{ name }} == 0) setenv {{ name }} ${_venv_old_{{ name }}:q}'
{%- else %}
if (1) set {{ entry }} = {{ change.how.value().unwrap() }} _venv_new_{{ name }} = ''
if ($?{{ name }}) eval 'if (1) set _venv_new_{{ name }} = ${{ name }}:q'
if (x${_venv_new_{{ name }}:q} != x) set _venv_new_{{ name }} = {% if change.how.is_first() %}:${_venv_new_{{ name }}:q}{% else %}${_venv_new_{{ name }}:q}:{% endif %}
if (1) set _venv_new_{{ name }} = {% if change.how.is_first() %}${ {{- entry }}:q}${_venv_new_{{ name }}:q}{% else %}${_venv_new_{{ name }}:q}${ {{- entry }}:q}{% endif %}
if (1) setenv {{ name }} ${_venv_new_{{ name }}:q}
alias {{ entry }} 'if (1) set _venv_entry = ${ {{- entry }}:q} _venv_name = {{ name }}; _venv_cut{% if name.0 != "PATH" %}; _venv_undo{% endif %}'
{%- endmatch %}
{%- endfor %}
alias _venv_undo_own '{% for entry in changes.entries %}{% if !loop.first %}; {% endif %}{{ entry.bare() }}{% endfor %}'
{%- if changes.has_lists() %}
# Takes $_venv_entry out of the list $_venv_name if that was changed.
alias _venv_cut 'if (1) set _venv_list = ; if (1) eval "if (${_venv_d}?$_venv_name) set _venv_list = 1"; if (x$_venv_list == x1) eval _venv_cut_set'
alias _venv_cut_set 'if (1) eval "if (1) set _venv_list = ${_venv_d}{${_venv_name}:q} _venv_had = ${_venv_d}_venv_had_$_venv_name"; if (1) eval "if (x${_venv_d}{_venv_list:q} == x${_venv_d}{_venv_new_${_venv_name}:q}) set _venv_list = "; if (x${_venv_list:q} != x) set _venv_list = :${_venv_list:q}:__venvsh_end; if (x${_venv_entry:q} !~ *[^-A-Za-z0-9/._+@\ ]* && x${_venv_list:q} =~ *:${_venv_entry:q}:*) eval _venv_cut_entry'
alias _venv_cut_entry 'if (1) eval "set _venv_list = ${_venv_d}{_venv_list:s,:${_venv_entry}:,:,:q}"; if (1) set _venv_list = ${_venv_list:s,:__venvsh_end,,:q}; if (1) set _venv_list = ${_venv_list:s,:,,:q}; if (x${_venv_list:q} == x && $_venv_had == 0) unsetenv $_venv_name; if (x${_venv_list:q} != x || $_venv_had) setenv $_venv_name ${_venv_list:q}'
{%- endif %}
{%- when Effect::Record -%}
# What `postactivate` scripts changed of PATH and the prompt belongs to the activation.
if ($?_venv_root) eval _venv_record
{%- when Effect::Leave(left) -%}
if (1) set venvsh_text = "`alias deactivate`" venvsh_live = $?_venv_root
if ($venvsh_live) eval _venv_leave
if ($venvsh_live == 0 && (x${venvsh_text:q} =~ *_OLD_VIRTUAL_* || x${venvsh_text:q} =~ *deactivate_script*)) eval 'if (1) set venvsh_live = 1; deactivate'
if ($venvsh_live) goto venvsh_left
{% match left.path %}{% when Some(path) %}if (1) setenv PATH {{ path }}{% when None %}if (1) unsetenv PATH{% endmatch %}
{% match left.pkg_config_path %}{% when Some(path) %}if (1) setenv PKG_CONFIG_PATH {{ path }}{% when None %}if (1) unsetenv PKG_CONFIG_PATH{% endmatch %}
if (1) unsetenv VIRTUAL_ENV
if (1) unsetenv VIRTUAL_ENV_PROMPT
if ($?venvsh_mark && $?prompt) eval 'if (${prompt:q} == ${venvsh_mark:q}${venvsh_unmarked:q}) set prompt = ${venvsh_unmarked:q}'
if (1) unset venvsh_mark venvsh_unmarked
{%- for (name, value) in left.set %}
if (1) setenv {{ name.bare() }} {{ value }}
{%- endfor %}
{%- for name in left.unset %}
if (1) unsetenv {{ name.bare() }}
{%- endfor %}
venvsh_left:
if (1) unset venvsh_text venvsh_live
{%- when Effect::SourceActivate { script, .. } -%}
if (1) source {{ script }}
{%- when Effect::Switch(switch) -%}
{% match switch.path %}{% when Some(path) %}if (1) setenv PATH {{ path }}{% when None %}if (1) unsetenv PATH{% endmatch %}
if ($?venvsh_prompt && $?prompt) eval 'if (1) set prompt = ${venvsh_prompt:q}; if (1) unset venvsh_prompt'
{%- if switch.entered %}
if ($?prompt) eval 'if (1) set venvsh_prompt = ${prompt:q}'
if (1) set venvsh_new_mark = {{ switch.new_mark }}
if ($?prompt && $?VENVSH_NO_PROMPT == 0) eval 'if (1) set prompt = ${venvsh_new_mark:q}${prompt:q}'
if (1) unset venvsh_new_mark
{%- endif %}
{%- when Effect::Cd(dir) -%}
if (1) chdir {{ dir }}
{%- when Effect::Source { script, event } -%}
if ( -f {{ script }} ) source {{ script }} {{ event.bare() }}
{%- when Effect::Run { program, args, cwd } -%}
/bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh {{ cwd }} {{ program }}{% for arg in args %} {{ arg }}{% endfor %}
{%- when Effect::Set(name, value) | Effect::Lend(name, value) -%}
if (1) setenv {{ name.bare() }} {{ value }}
{%- when Effect::Unset(name) | Effect::TakeBack(name) -%}
if (1) unsetenv {{ name.bare() }}
{%- when Effect::Follow(followed) -%}
{% if let Some(path) = followed.path %}if (1) setenv PATH {{ path }}
{% endif %}
{%- match followed.owner %}{% when Some(owner) %}if (1) setenv VENVSH_AUTO {{ owner }}{% when None %}if (1) unsetenv VENVSH_AUTO{% endmatch %}
{% match followed.off %}{% when Some(off) %}if (1) set venvsh_off = {{ off }}{% when None %}if (1) unset venvsh_off{% endmatch %}
{%- if let Some(memory) = followed.memory %}
if (1) set venvsh_memory = {{ memory }}
{%- endif %}
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::Ask(_) %}
{%- when Effect::CallFunction(_) %}
{%- endmatch %}
