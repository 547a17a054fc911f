{% match effect %}
{%- when Effect::Activate(_) | Effect::Leaving { .. } %}
{%- when Effect::Variables(changes) -%}
{% include "variables.sh" %}
{%- when Effect::Record -%}
case ${_venv_root+x} in x) _venv__PATH=${PATH-} _venv__PS1=${PS1-}{% if shell == Shell::Bash %}; \builtin export -n _venv__PATH _venv__PS1{% endif %} ;; esac
{%- when Effect::Leave(left) -%}
if case ${_OLD_VIRTUAL_PATH+x}${_venv_root+x} in ?*) \builtin typeset -f deactivate >/dev/null ;; *) ! \builtin : ;; esac; then
    \deactivate
else
    {% match left.path %}{% when Some(path) %}\builtin export PATH={{ path }}{% when None %}\builtin unset -v PATH{% endmatch %}
    {% match left.pkg_config_path %}{% when Some(path) %}\builtin export PKG_CONFIG_PATH={{ path }}{% when None %}\builtin unset -v PKG_CONFIG_PATH{% endmatch %}
{%- for (name, value) in left.set %}
    \builtin export {{ name.bare() }}={{ value }}
{%- endfor %}
    case ${PS1-} in "${venvsh_mark-}"*) PS1=${PS1#"${venvsh_mark-}"} ;; esac
    \builtin unset -v VIRTUAL_ENV VIRTUAL_ENV_PROMPT venvsh_mark{% for name in left.unset %} {{ name.bare() }}{% endfor %}
    \builtin unset -f deactivate 2>/dev/null || \builtin :
fi
{%- when Effect::SourceActivate { script, before_leaving, after_leaving, variables } -%}
\builtin . {{ script }} || \builtin return
{%- if shell == Shell::Zsh %}
\builtin typeset -g _OLD_VIRTUAL_FIRST _OLD_VIRTUAL_LAST _OLD_VIRTUAL_EDITED
{%- endif %}
_OLD_VIRTUAL_FIRST={{ before_leaving }}
_OLD_VIRTUAL_LAST={{ after_leaving }}
_OLD_VIRTUAL_EDITED=$(\builtin typeset -f deactivate) || \builtin :
case $_OLD_VIRTUAL_EDITED in
?*)
    {% include "source_around.bash" %}
    function {% if shell == Shell::Zsh %}\{% endif %}deactivate {
        \builtin local venvsh_how="${1-}"
        \builtin set --
        while case $_OLD_VIRTUAL_FIRST in "") ! \builtin : ;; esac; do
            \builtin set -- "$@" "${_OLD_VIRTUAL_FIRST%%
*}"
            _OLD_VIRTUAL_FIRST=${_OLD_VIRTUAL_FIRST#*
}
        done
        venvsh_source pre_deactivate '' "$@" ''{% for (name, value) in variables %} {{ name.bare() }} {{ value }}{% endfor %}
        \builtin local VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV="${VIRTUAL_ENV-}"
        \builtin unset -f deactivate
        \builtin eval "$_OLD_VIRTUAL_EDITED"
        \deactivate "$venvsh_how"
        \builtin set --
        while case $_OLD_VIRTUAL_LAST in "") ! \builtin : ;; esac; do
            \builtin set -- "$@" "${_OLD_VIRTUAL_LAST%%
*}"
            _OLD_VIRTUAL_LAST=${_OLD_VIRTUAL_LAST#*
}
        done
        venvsh_source post_deactivate "$VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV" "$@" ''{% for (name, value) in variables %} {{ name.bare() }} {{ value }}{% endfor %}
        \builtin unset -v _OLD_VIRTUAL_FIRST _OLD_VIRTUAL_LAST _OLD_VIRTUAL_EDITED
        # What the hook keeps needs it, too.
        case ${venvsh_knows-} in '') \builtin unset -f venvsh_source ;; esac
    }
    ;;
esac
{%- when Effect::Switch(switch) -%}
{% match switch.path %}{% when Some(path) %}\builtin export PATH={{ path }}{% when None %}\builtin unset -v PATH{% endmatch %}
{%- if switch.entered %}
case ${PS1+x}${VENVSH_NO_PROMPT:+no}${VIRTUAL_ENV_DISABLE_PROMPT:+no} in
x)
    PS1=${PS1#{{ switch.old_mark }}}
    PS1={{ switch.new_mark }}$PS1
    ;;
esac
# One of the user's own stays.
\builtin typeset -f deactivate >/dev/null || \builtin eval '{% if shell == Shell::Zsh %}function \deactivate { \venvsh_apply \deactivate "$@"; }{% else %}deactivate() { venvsh_apply deactivate "$@"; }{% endif %}'
{%- else %}
case ${PS1+x}${PS1-} in x{{ switch.old_mark }}*) PS1={{ switch.new_mark }}${PS1#{{ switch.old_mark }}} ;; esac
case $(\builtin typeset -f deactivate) in *"venvsh_apply"*) \builtin unset -f deactivate ;; esac
{%- endif %}
{%- when Effect::Cd(dir) -%}
\builtin cd {% if shell == Shell::Zsh %}-q {% endif %}-- {{ dir }}
{%- when Effect::Source { script, event } -%}
if \builtin test -f {{ script }}; then \builtin . {{ script }} {{ event.bare() }} || \builtin :; fi
{%- when Effect::Run { program, args, cwd } -%}
\builtin command /bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh {{ cwd }} {{ program }}{% for arg in args %} {{ arg }}{% endfor %} || \builtin :
{%- when Effect::Set(name, value) -%}
\builtin export {{ name.bare() }}={{ value }}
{%- when Effect::Lend(name, value) -%}
\builtin local -x {{ name.bare() }}={{ value }}
{%- when Effect::Unset(name) | Effect::TakeBack(name) -%}
\builtin unset -v {{ name.bare() }}
{%- when Effect::Follow(followed) -%}
{% if shell == Shell::Zsh %}\builtin typeset -g venvsh_off venvsh_memory _venv_after
{% endif %}
{%- if let Some(path) = followed.path %}\builtin export PATH={{ path }}
{% endif %}
{%- match followed.owner %}{% when Some(owner) %}\builtin export VENVSH_AUTO={{ owner }}{% when None %}\builtin unset -v VENVSH_AUTO{% endmatch %}
{% match followed.off %}{% when Some(off) %}venvsh_off={{ off }}{% when None %}\builtin unset -v venvsh_off{% endmatch %}
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
{%- if shell == Shell::Bash %}
\builtin export -n venvsh_off venvsh_memory _venv_after
{%- else %}
\builtin typeset -g +x venvsh_off venvsh_memory _venv_after
{%- endif %}
{%- when Effect::Snippet(code) -%}
\builtin eval {{ code }} || \builtin :
{%- when Effect::Resume(word) -%}
venvsh_apply resume {{ word }} || venvsh_rc=$?
{%- when Effect::Ask(question) -%}
venvsh_apply resume {{ question.then }} "$(\builtin alias {{ question.word }} 2>/dev/null || \builtin typeset -f {{ question.word }})" || venvsh_rc=$?
{%- when Effect::CallFunction(call) -%}
if ! \builtin typeset -f {{ call.function }} >/dev/null; then
    venvsh_apply resume {{ call.missing }} || venvsh_rc=$?
elif (\builtin cd {% if shell == Shell::Zsh %}-q {% endif %}-- {{ call.cwd }} && {{ call.function }}{% for arg in call.args %} {{ arg }}{% endfor %}); then
    venvsh_apply resume {{ call.then }} || venvsh_rc=$?
else
    venvsh_rc=$?
fi
{%- endmatch %}
