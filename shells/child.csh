setenv HOME {{ home }}
set home = {{ home }}
if ( -f ~/.tcshrc ) then
    source ~/.tcshrc
else if ( -f ~/.cshrc ) then
    source ~/.cshrc
endif
\rm -rf {{ directory }}
if ( ! $?venvsh_program ) eval "`{{ program }} hook tcsh`"
venvsh workon {{ root }}
