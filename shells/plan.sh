{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leave(left) -%}
if case ${_OLD_VIRTUAL_PATH+x} in x) \command -v deactivate >/dev/null 2>&1 ;; *) \false ;; esac; then
    \deactivate
else
    {% match left.path %}{% when Some(path) %}\export PATH={{ path }}{% when None %}\unset -v PATH{% endmatch %}
    {% match left.pkg_config_path %}{% when Some(path) %}\export PKG_CONFIG_PATH={{ path }}{% when None %}\unset -v PKG_CONFIG_PATH{% endmatch %}
    \unset -v VIRTUAL_ENV VIRTUAL_ENV_PROMPT
    \unset -f deactivate 2>/dev/null || \:
fi
{%- when Effect::SourceActivate { script, before_leaving, after_leaving } -%}
\. {{ script }} || \:
case ${ZSH_VERSION+z} in z) \typeset -g _OLD_VIRTUAL_FIRST _OLD_VIRTUAL_LAST _OLD_VIRTUAL_EDITED ;; esac
_OLD_VIRTUAL_FIRST={{ before_leaving }}
_OLD_VIRTUAL_LAST={{ after_leaving }}
_OLD_VIRTUAL_EDITED=$(\typeset -f${YASH_VERSION+p} deactivate 2>/dev/null) || \:
case $_OLD_VIRTUAL_EDITED in
?*)
    \eval '
deactivate () {
    while case $_OLD_VIRTUAL_FIRST in "") \false ;; esac; do
        \set -- "${_OLD_VIRTUAL_FIRST%%
*}" "${1-}"
        _OLD_VIRTUAL_FIRST=${_OLD_VIRTUAL_FIRST#*
}
        if \test -f "$1"; then \. "$1" pre_deactivate || \:; fi
        \shift
    done
    case ${ZSH_VERSION+z} in z) \typeset -g VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV ;; esac
    VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV=${VIRTUAL_ENV-}
    \unset -f deactivate
    \eval "$_OLD_VIRTUAL_EDITED"
    deactivate "${1-}"
    while case $_OLD_VIRTUAL_LAST in "") \false ;; esac; do
        \set -- "${_OLD_VIRTUAL_LAST%%
*}"
        _OLD_VIRTUAL_LAST=${_OLD_VIRTUAL_LAST#*
}
        if \test -f "$1"; then \. "$1" post_deactivate "${VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV##*/}" || \:; fi
    done
    \unset -v _OLD_VIRTUAL_FIRST _OLD_VIRTUAL_LAST _OLD_VIRTUAL_EDITED VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV
}' ;;
esac
{%- when Effect::Cd(dir) -%}
case ${ZSH_VERSION+z} in z) \builtin cd -- {{ dir }} ;; *) \command cd -- {{ dir }} ;; esac
{%- when Effect::Source { script, event } -%}
if \test -f {{ script }}; then \. {{ script }} {{ event.bare() }} || \:; fi
{%- when Effect::Run { program, args, cwd } -%}
/bin/sh -c 'cd -- "$1" && shift && exec "$@"' sh {{ cwd }} {{ program }}{% for arg in args %} {{ arg }}{% endfor %} || \:
{%- when Effect::Set(name, value) -%}
\export {{ name.bare() }}={{ value }}
{%- when Effect::Unset(name) -%}
\unset -v {{ name.bare() }}
{%- when Effect::Snippet(code) -%}
\eval {{ code }} || \:
{%- when Effect::Resume(word) -%}
venvsh_apply resume {{ word }} || venvsh_rc=$?
{%- when Effect::CallFunction { function, args, cwd, then } -%}
if (case ${ZSH_VERSION+z} in z) \builtin cd -q -- {{ cwd }} ;; *) \builtin cd -- {{ cwd }} ;; esac && {{ function }}{% for arg in args %} {{ arg }}{% endfor %}); then
    venvsh_apply resume {{ then }} || venvsh_rc=$?
else
    venvsh_rc=$?
fi
{%- endmatch %}
