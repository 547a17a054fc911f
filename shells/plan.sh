{/* For ksh93, mksh, dash, yash and busybox: no `local`, no `typeset`; `command` keeps functions of the user's away. */}
{%- match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { before, after, variables } -%}
{% include "around.sh" %}
venvsh_before () {
    \command :
{%- for script in before %}
    venvsh_source {{ script }} pre_deactivate
{%- endfor %}
}
venvsh_after () {
    VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV=$1
{%- for script in after %}
    venvsh_source {{ script }} post_deactivate "${1##*/}"
{%- endfor %}
    \command unset -v VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV
    \command unset -f venvsh_around venvsh_before venvsh_after
}
# `set -a` would export them.
case $- in
*a*)
    \command set +a
    _venv_before='venvsh_around venvsh_before' _venv_after='venvsh_around venvsh_after "$4"'
    \command set -a
    ;;
*) _venv_before='venvsh_around venvsh_before' _venv_after='venvsh_around venvsh_after "$4"' ;;
esac
{%- when Effect::Variables(changes) -%}
{% include "variables.sh" %}
{%- when Effect::Record -%}
case ${_venv_root+x} in x) _venv__PATH=${PATH-} _venv__PS1=${PS1-} ;; esac
{%- when Effect::Leave(left) -%}
case ${_OLD_VIRTUAL_PATH+x}${_venv_root+x}:$(\command -v deactivate) in
x*:?*) deactivate ;;
*)
    {% match left.path %}{% when Some(path) %}\command export PATH={{ path }}{% when None %}\command unset -v PATH{% endmatch %}
    {% match left.pkg_config_path %}{% when Some(path) %}\command export PKG_CONFIG_PATH={{ path }}{% when None %}\command unset -v PKG_CONFIG_PATH{% endmatch %}
{%- for (name, value) in left.set %}
    \command export {{ name.bare() }}={{ value }}
{%- endfor %}
    case ${PS1-} in "${venvsh_mark-}"*) PS1=${PS1#"${venvsh_mark-}"} ;; esac
    case ${YASH_PS1+x} in x) YASH_PS1=${YASH_PS1#"${venvsh_mark-}"} ;; esac
    \command unset -v VIRTUAL_ENV VIRTUAL_ENV_PROMPT venvsh_mark{% for name in left.unset %} {{ name.bare() }}{% endfor %}
    \command unset -f deactivate 2>/dev/null || \command :
    ;;
esac
{%- when Effect::SourceActivate { script, before_leaving, after_leaving, variables } -%}
\command . {{ script }} || \return
# Not every one of these shells can give a function's text back: what leaves the environment calls these if it is ours.
case ${_venv_root+x} in
x)
{% include "around.sh" %}
venvsh_each () {
    while case $1 in '') ! \command : ;; esac; do
        venvsh_source "${1%%
*}" "$2" "${3-}"
        \command set -- "${1#*
}" "$2" "${3-}"
    done
}
venvsh_before () {
    venvsh_each {{ before_leaving }} pre_deactivate
}
venvsh_after () {
    VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV=$1
    venvsh_each {{ after_leaving }} post_deactivate "${1##*/}"
    \command unset -v VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV
    \command unset -f venvsh_around venvsh_before venvsh_after venvsh_each
}
case $- in
*a*)
    \command set +a
    _venv_before='venvsh_around venvsh_before' _venv_after='venvsh_around venvsh_after "$4"'
    \command set -a
    ;;
*) _venv_before='venvsh_around venvsh_before' _venv_after='venvsh_around venvsh_after "$4"' ;;
esac
;;
esac
{%- when Effect::Switch(switch) -%}
{% match switch.path %}{% when Some(path) %}\command export PATH={{ path }}{% when None %}\command unset -v PATH{% endmatch %}
{%- if switch.entered %}
case ${PS1+x}${VENVSH_NO_PROMPT:+no}${VIRTUAL_ENV_DISABLE_PROMPT:+no} in
x)
    PS1=${PS1#{{ switch.old_mark }}}
    PS1={{ switch.new_mark }}$PS1
    ;;
esac
# One of the user's own stays.
case $(\command -v deactivate) in
"")
    \command eval 'deactivate () { venvsh_apply deactivate "$@"; }'
    venvsh_switched=x
    ;;
esac
{%- else %}
case ${PS1+x}${PS1-} in x{{ switch.old_mark }}*) PS1={{ switch.new_mark }}${PS1#{{ switch.old_mark }}} ;; esac
case ${venvsh_switched-} in
x)
    \command unset -f deactivate 2>/dev/null || \command :
    \command unset -v venvsh_switched
    ;;
esac
{%- endif %}
{%- when Effect::Cd(dir) -%}
\command cd -- {{ dir }}
{%- when Effect::Source { script, event } -%}
{% if lent.is_empty() -%}
venvsh_source {{ script }} {{ event.bare() }}
{%- else -%}
# Assignments before one command are gone with it, also when Ctrl-C ends it.
venvsh_file={{ script }}
{% for (name, value) in lent %}{{ name.bare() }}={{ value }} {% endfor %}\command eval 'venvsh_source "$venvsh_file" {{ event.bare() }}'
{%- endif %}
{%- when Effect::Run { program, args, cwd } -%}
{% for (name, value) in lent %}{{ name.bare() }}={{ value }} {% endfor %}\command /bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh {{ cwd }} {{ program }}{% for arg in args %} {{ arg }}{% endfor %} || \command :
{%- when Effect::Lend(_, _) %}
{%- when Effect::TakeBack(_) %}
{%- when Effect::Set(name, value) -%}
\command export {{ name.bare() }}={{ value }}
{%- when Effect::Unset(name) -%}
\command unset -v {{ name.bare() }}
{%- when Effect::Follow(followed) -%}
{% if let Some(path) = followed.path %}\command export PATH={{ path }}
{% endif %}
{%- match followed.owner %}{% when Some(owner) %}\command export VENVSH_AUTO={{ owner }}{% when None %}\command unset -v VENVSH_AUTO{% endmatch %}
{% match followed.off %}{% when Some(off) %}venvsh_off={{ off }}{% when None %}\command unset -v venvsh_off{% endmatch %}
{%- if let Some(memory) = followed.memory %}
venvsh_memory={{ memory }}
{%- endif %}
case ${_venv_root+x}${_venv_after-} in
*venvsh_left*) ;;
x*)
    _venv_after="${_venv_after-}
venvsh_left"
    ;;
esac
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::Ask(_) %}
{%- when Effect::CallFunction(_) %}
{%- endmatch %}
