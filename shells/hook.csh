if (1) set venvsh_hook = {{ channel }} venvsh_program = {{ program }} venvsh_directory = {{ emit_dir }} venvsh_calls = 0;
if (1) set venvsh_run = ( /bin/sh -c 'trap "echo >&2" INT; program=$1; while shift; case $1 in --) false ;; esac; do export "$1"; done; shift; "$program" "$@"; exit $?' sh );
{% if !prompt %}if (1) set {{ no_prompt.bare() }} = 1;
{% endif %}alias venvsh_prepare 'if ( ! -x $venvsh_program:q ) set venvsh_program = venvsh; if (1) @ venvsh_calls++; if (1) set venvsh_plan = ${venvsh_directory:q}/$$-$venvsh_calls; if (1) set venvsh_env = ( VENVSH_HOOK=$venvsh_hook VENVSH_EMIT=${venvsh_plan:q} )
{%- for name in variables %}; if ( $?{{ name }} ) eval '\''if (1) set venvsh_env = ( $venvsh_env:q {{ name }}="${{ name }}:q" )'\''{% endfor %}';
alias venvsh_apply 'venvsh_prepare; $venvsh_run:q $venvsh_program:q $venvsh_env:q -- \!*; if (1) set venvsh_rc = $status; if ( -f $venvsh_plan:q && -o $venvsh_directory:q && ! -l $venvsh_directory:q ) eval '\''if (1) source $venvsh_plan:q; if ( $status && $venvsh_rc == 0 ) set venvsh_rc = 1'\''; if (1) unset venvsh_env; if (1) set status = $venvsh_rc';
alias venvsh venvsh_apply;
alias venvsh_words 'if (1) set venvsh_argv = ( \!* ) venvsh_last = venvsh_status venvsh_to = ( ) venvsh_word = 0; if ( $#venvsh_argv ) eval venvsh_next';
alias venvsh_next 'if (1) @ venvsh_word++; if ( x$venvsh_argv[$venvsh_word]:q == "x>" || x$venvsh_argv[$venvsh_word]:q == "x>>" ) eval venvsh_redirect; if ( $venvsh_word < $#venvsh_argv ) eval venvsh_next';
alias venvsh_redirect 'if (1) set venvsh_to = ( $venvsh_argv[$venvsh_word-]:q ) venvsh_file = $venvsh_argv[$#venvsh_argv]:q; if ( $venvsh_word == 1 ) set venvsh_argv = ( ); if ( $venvsh_word > 1 ) eval venvsh_before; if ( $#venvsh_to > 1 ) eval venvsh_operator';
alias venvsh_before 'if (1) @ venvsh_word--; if (1) set venvsh_argv = ( $venvsh_argv[-$venvsh_word]:q )';
alias venvsh_operator 'if (1) @ venvsh_word = $#venvsh_to - 1; if (1) set venvsh_to = "$venvsh_to[-$venvsh_word]"; if (1) set venvsh_to = "${venvsh_to:as/ //} "\$venvsh_file:q venvsh_word = $#venvsh_argv';
alias venvsh_status 'if (1) set status = $venvsh_rc';
alias venvsh_list '$venvsh_run:q $venvsh_program:q $venvsh_env:q -- workon';
{%- for (function, verb) in commands %}
{%- if self.never_plans(verb) %}
alias {{ function }} 'venvsh_prepare; $venvsh_run:q $venvsh_program:q $venvsh_env:q -- {{ verb }}';
{%- else if verb.0 == "workon" %}
alias {{ function }} 'venvsh_words \!*; if ( $#venvsh_argv ) eval '\''venvsh_apply workon $venvsh_argv:q '\''$venvsh_to:q; if ( $#venvsh_argv == 0 ) eval '\''venvsh_prepare; if (1) set venvsh_last = ( venvsh_list $venvsh_to:q )'\''; if (1) eval $venvsh_last:q';
{%- else %}
alias {{ function }} venvsh_apply {{ verb }};
{%- endif %}
{%- endfor %}
{% if commands.is_empty() %}if ( $?VIRTUAL_ENV ) {% endif %}alias deactivate 'if (1) set venvsh_argv = "\!*" venvsh_rc = 0 venvsh_live = $?_venv_root; if ( "$venvsh_argv" =~ -* ) set venvsh_live = 0; if ( $venvsh_live ) eval {% if follows %}venvsh_do{% endif %}_venv_leave; if ( $venvsh_live == 0 ) eval '\''venvsh_apply deactivate $venvsh_argv'\''; venvsh_status';
{%- if completion %}
{%- for (function, _) in commands %}
if ( $?prompt ) complete {{ function }} 'n/*/`$venvsh_program:q complete tcsh - -- $COMMAND_LINE:q`/';
{%- endfor %}
if ( $?prompt ) complete venvsh 'n/*/`$venvsh_program:q complete tcsh - -- $COMMAND_LINE:q`/';
{%- endif %}
{%- if prompt %}
if (1) set venvsh_child = 0;
if ( $?VIRTUAL_ENV && $?prompt && ! $?_venv_root && ! $?venvsh_mark ) set venvsh_child = 1;
{%- for name in signs.any %}
if ( $venvsh_child && $?{{ name.bare() }} ) eval 'if ( "x${{ name.bare() }}:q" != x ) set venvsh_child = 0';
{%- endfor %}
{%- for name in signs.named %}
if ( $venvsh_child && $?{{ name.bare() }} ) eval 'if ( "x${{ name.bare() }}:q" == xtcsh ) set venvsh_child = 0';
{%- endfor %}
if ( $venvsh_child ) eval 'if (1) set venvsh_mark = ${VIRTUAL_ENV:t:q}; if ( x${prompt:q} =~ *VIRTUAL_ENV* ) set venvsh_child = 0';
if ( $venvsh_child && $?VIRTUAL_ENV_PROMPT ) eval 'if (1) set venvsh_mark = ${VIRTUAL_ENV_PROMPT:q}';
if ( $venvsh_child ) eval 'if (1) set venvsh_mark = "(${venvsh_mark:as/%/?/:as/\!/?/:as/^/?/:q}) "; if ( x${venvsh_mark:q} =~ *\\* ) set venvsh_mark = "(?) "; if (1) set venvsh_unmarked = ${prompt:q}; if (1) set prompt = ${venvsh_mark:q}${prompt:q}';
if (1) unset venvsh_child;
{%- endif %}
if (1) set venvsh_home = .virtualenvs;
if ( $?home ) eval 'if (1) set venvsh_home = $home:q/.virtualenvs';
if ( $?WORKON_HOME ) eval 'if ( "x$WORKON_HOME:q" != x ) set venvsh_home = $WORKON_HOME:q';
if (1) set venvsh_hooks = $venvsh_home:q;
if ( $?VIRTUALENVWRAPPER_HOOK_DIR ) eval 'if ( "x$VIRTUALENVWRAPPER_HOOK_DIR:q" != x ) set venvsh_hooks = $VIRTUALENVWRAPPER_HOOK_DIR:q';
if ( -f $venvsh_hooks:q/initialize.csh ) eval 'if (1) set venvsh_given = ( ); if ( ! $?WORKON_HOME ) set venvsh_given = ( WORKON_HOME ); if ( ! $?VIRTUALENVWRAPPER_HOOK_DIR ) set venvsh_given = ( $venvsh_given VIRTUALENVWRAPPER_HOOK_DIR ); if ( ! $?VIRTUALENVWRAPPER_PROJECT_FILENAME ) set venvsh_given = ( $venvsh_given VIRTUALENVWRAPPER_PROJECT_FILENAME ); if ( "$venvsh_given" =~ *WORKON_HOME* ) setenv WORKON_HOME $venvsh_home:q; if ( "$venvsh_given" =~ *HOOK_DIR* ) setenv VIRTUALENVWRAPPER_HOOK_DIR $venvsh_hooks:q; if ( "$venvsh_given" =~ *FILENAME* ) setenv VIRTUALENVWRAPPER_PROJECT_FILENAME .project; if (1) source $venvsh_hooks:q/initialize.csh initialize; if ( $#venvsh_given ) unsetenv $venvsh_given; if (1) unset venvsh_given';
if (1) unset venvsh_home venvsh_hooks;
{%- if follows %}
{% include "auto.csh" %}
{%- endif %}
