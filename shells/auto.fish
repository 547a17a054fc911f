# Follows the directory: one process after a change of directory, and one at the first prompt.
if status is-interactive
    function venvsh_auto --on-variable PWD
        if status is-command-substitution; or test -n "$VENVSH_NO_AUTO"
            return
        end
        # direnv restores what it found when it began: before we look, not at the prompt.
        builtin functions -q __direnv_export_eval; and __direnv_export_eval
        if test -x {{ program }}; or command -sq venvsh
            venvsh_apply auto -- "$venvsh_off" "$venvsh_memory"
        else if not set -q venvsh_gone
            set -g venvsh_gone 1
            builtin echo {{ gone }} >&2
        end
    end
    function venvsh_first --on-event fish_prompt
        builtin functions -e venvsh_first
        venvsh_auto
    end
    function venvsh_left --on-variable VIRTUAL_ENV
        if set -q VIRTUAL_ENV
            return
        end
        set -q VENVSH_AUTO; and set -g venvsh_off $VENVSH_AUTO; or set -g venvsh_off $PWD/.
        set -ge VENVSH_AUTO
    end
end
