set venvsh_program = {{ program }} venvsh_emit = {{ emit_dir }}/$$;
alias venvsh_variables 'if ( ! -x $venvsh_program:q ) set venvsh_program = venvsh; set venvsh_env = ( VENVSH_HOOK=1:tcsh VENVSH_EMIT=${venvsh_emit:q} )
{%- for name in variables %}; if ( $?{{ name }} ) eval '\''set venvsh_env = ( $venvsh_env:q {{ name }}="${{ name }}:q" )'\''{% endfor %}';
alias venvsh_apply 'venvsh_variables; /usr/bin/env $venvsh_env:q $venvsh_program:q \!*; set venvsh_rc = $status; unset venvsh_env; if ( $venvsh_rc < 126 && -e $venvsh_emit:q ) source $venvsh_emit:q; set status = $venvsh_rc';
alias venvsh venvsh_apply;
{%- for (function, verb) in commands %}
alias {{ function }} venvsh_apply {{ verb }};
{%- endfor %}
if ( $?VIRTUAL_ENV ) eval 'if ( "`alias deactivate`" == "" ) alias deactivate venvsh_apply deactivate';
{%- if completion %}
{%- for (function, _) in commands %}
if ( $?prompt ) complete {{ function }} 'n/*/`$venvsh_program:q complete tcsh - -- $COMMAND_LINE:q`/';
{%- endfor %}
if ( $?prompt ) complete venvsh 'n/*/`$venvsh_program:q complete tcsh - -- $COMMAND_LINE:q`/';
{%- endif %}
