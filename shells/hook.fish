# venvsh, protocol 1: venvsh hook fish | source      in ~/.config/fish/config.fish
function venvsh_apply
    set -l venvsh_program {{ program }}
    if not builtin test -x $venvsh_program
        set venvsh_program (command -s venvsh)
        or begin
            builtin echo 'venvsh: the program is gone' >&2
            return 127
        end
    end
    {% for name in variables %}{{ name }}="${{ name }}" {% endfor %}VENVSH_HOOK=1:fish command $venvsh_program $argv 3>| source
    return $pipestatus[1]
end
function venvsh
    venvsh_apply $argv
end
{%- for (function, verb) in commands %}
function {{ function }}
    venvsh_apply {{ verb }} $argv
end
{%- endfor %}
if set -q VIRTUAL_ENV; and not functions -q deactivate
    function deactivate
        venvsh_apply deactivate $argv
    end
end
{%- if completion %}
if status is-interactive
    function venvsh_complete
        set -l words (commandline -opc)
        command {{ program }} complete fish (count $words) -- $words (commandline -ct) 2>/dev/null
    end
    for name in venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}
        complete -e -c $name
        complete -c $name -f -a '(venvsh_complete)'
    end
    set -e name
end
{%- endif %}
true
