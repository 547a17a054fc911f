# venvsh, protocol 1: venvsh hook fish | source      in ~/.config/fish/config.fish
# The changes for this shell come back in a private file: with a pipe, Ctrl-Z would lock the terminal.
set -q venvsh_calls; or set -g venvsh_calls 0
{%- if windows %}
# How this shell writes the drives of Windows.
if set -q MSYSTEM
    set -g venvsh_drives msys
else if builtin command -sq cygpath
    set -g venvsh_drives (builtin string replace -r './?$' '' (command cygpath -u C:/))
end
{%- endif %}
function venvsh_apply
    set -l venvsh_program {{ program }}
    if not test -x $venvsh_program
        set venvsh_program (command -s venvsh)
        or begin
            builtin echo 'venvsh: the program is gone' >&2
            return 127
        end
    end
    set -l venvsh_directory {{ emit_dir }}
    set -g venvsh_calls (builtin math $venvsh_calls + 1)
    set -l venvsh_plan $venvsh_directory/$fish_pid-$venvsh_calls
    set -l venvsh_status
    begin
        set -lx VENVSH_HOOK {{ channel }}
        set -lx VENVSH_EMIT $venvsh_plan
        {%- if windows %}
        set -lx VENVSH_DRIVES $venvsh_drives
        set -lx MSYS2_ARG_CONV_EXCL (builtin string join ';' '[;:' $MSYS2_ARG_CONV_EXCL)
        {%- endif %}
        {%- for name in variables %}
        set -lx {{ name }} "${{ name }}"
        {%- endfor %}
        # The status of a program that Ctrl-Z stopped.
        builtin false
        command $venvsh_program $argv
        set venvsh_status $status
    end
    if test -f $venvsh_plan -a -O $venvsh_directory -a ! -L $venvsh_directory
        builtin source $venvsh_plan
        or test $venvsh_status -ne 0
        or set venvsh_status 1
    end
    return $venvsh_status
end
function venvsh
    venvsh_apply $argv
end
{%- if !prompt %}
set -g {{ no_prompt.bare() }} 1
{%- endif %}
{%- for (function, verb) in commands %}
function {{ function }}
    venvsh_apply {{ verb }} $argv
end
{%- endfor %}
# A shell that inherited an environment lacks the function that leaves it, and the mark in the prompt.
if set -q VIRTUAL_ENV; or not builtin contains -- "$CONDA_DEFAULT_ENV" '' base; and not builtin functions -q deactivate
    function deactivate
        venvsh_apply deactivate $argv
    end
    {% include "drawn.fish" %}
    if set -q VIRTUAL_ENV; and status is-interactive; and builtin functions -q fish_prompt; and not _venvsh_drawn
        set -g venvsh_inherited $VIRTUAL_ENV
        builtin functions -c fish_prompt venvsh_prompt
        function fish_prompt -d 'venvsh: prompt of a child shell'
            set -l venvsh_text (venvsh_prompt $argv | builtin string collect)
            if set -q venvsh_inherited; and test "$VIRTUAL_ENV" = "$venvsh_inherited"; and not builtin functions -q _venvsh_leave
                set -q VIRTUAL_ENV_PROMPT; and set -l venvsh_name $VIRTUAL_ENV_PROMPT; or set -l venvsh_name (builtin string split -rm1 / -- $VIRTUAL_ENV)[-1]
                builtin printf '(%s) ' (builtin string replace -ra '[[:cntrl:]]' ' ' -- "$venvsh_name" | builtin string collect)
            end
            builtin printf %s $venvsh_text
        end
    end
    builtin functions -e _venvsh_drawn
end
# The script for fish in the place of `initialize`, which sees where things are.
begin
    set -l venvsh_home $WORKON_HOME
    test -n "$venvsh_home"; or set venvsh_home ~/.virtualenvs
    set -l venvsh_hooks $VIRTUALENVWRAPPER_HOOK_DIR
    test -n "$venvsh_hooks"; or set venvsh_hooks $venvsh_home
    if test -r $venvsh_hooks/initialize.fish
        test -n "$WORKON_HOME"; or set -lx WORKON_HOME $venvsh_home
        test -n "$VIRTUALENVWRAPPER_HOOK_DIR"; or set -lx VIRTUALENVWRAPPER_HOOK_DIR $venvsh_hooks
        test -n "$VIRTUALENVWRAPPER_PROJECT_FILENAME"; or set -lx VIRTUALENVWRAPPER_PROJECT_FILENAME .project
        builtin source $venvsh_hooks/initialize.fish initialize
    end
end
{%- if completion %}
if status is-interactive
    function venvsh_complete
        set -l words (builtin commandline -opc)
        command {{ program }} complete fish (builtin count $words) -- $words (builtin commandline -ct) 2>/dev/null
    end
    for name in venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}
        builtin complete -e -c $name
        builtin complete -c $name -f -a '(venvsh_complete)'
    end
    set -e name
end
{%- endif %}
{%- if follows %}
{% include "auto.fish" %}
{%- endif %}
builtin true
