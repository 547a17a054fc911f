if ( $?VIRTUAL_ENV ) eval deactivate;
if ( $?venvsh_plan ) eval '/bin/rm -f $venvsh_plan:q';
{%- for (function, _) in commands %}
unalias {{ function }};
if (1) uncomplete {{ function }};
{%- endfor %}
unalias deactivate;
if (1) uncomplete venvsh;
if ( $?venvsh_unmarked ) eval 'set prompt = ${venvsh_unmarked:q}';
{%- if !prompt %}
if (1) unset {{ no_prompt.bare() }};
{%- endif %}
if (1) set venvsh_text = "`alias cwdcmd`";
if ( x${venvsh_text:q} =~ *venvsh_auto ) unalias cwdcmd;
if ( x${venvsh_text:q} =~ *?'; venvsh_auto' ) alias cwdcmd "${venvsh_text:s/; venvsh_auto//:q}";
if (1) unsetenv VENVSH_AUTO;
if (1) unset venvsh_*;
unalias venvsh venvsh_*;
