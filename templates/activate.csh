{% if file %}# Activates a Python environment in tcsh and csh:  source bin/activate.csh
# `deactivate` puts the shell back as it was; what you changed meanwhile stays.
# A command after `if (..)` is never an alias; `eval` keeps variables that may be unset from being read too early.

if (-d {{ virtual_env }}) goto _venv_here
# csh cannot tell where this file is.
if (1) echo 'activate.csh: no such environment (was it moved?):' {{ virtual_env }} >>! /dev/stderr
exit 1
_venv_here:
{% endif %}if (1) set _venv_live = $?_OLD_VIRTUAL_PATH
if ($?_venv_env && $?VIRTUAL_ENV) eval 'if (${VIRTUAL_ENV:q} == ${_venv_env:q}) set _venv_live = 0'
if ($_venv_live) eval 'if (1) set _venv_live = "`alias deactivate`"; if ($#_venv_live) eval deactivate'
if ($?_venv_env) eval _venv_leave
if (1) set _venv_d = '$' _venv_b = '`'
if (1) set _venv_env = {{ virtual_env }}
if (1) set _venv_bin = ${_venv_env:q}/{{ bin_name }}
{% if !before_leaving.is_empty() %}if (1) set _venv_before = ({% for script in before_leaving %} {{ script }}{% endfor %} )
{% endif %}{% if !after_leaving.is_empty() %}if (1) set _venv_after = ({% for script in after_leaving %} {{ script }}{% endfor %} )
{% endif %}if (1) set _venv_had_PATH = $?PATH _venv_hid_PATH = 0 _venv_old_PATH = ''
{% if file %}# The list `path` outlives an unset PATH.
{% endif %}if (1) set _venv_old_path = (${path:q})
if ($?PATH) eval 'if (1) set _venv_old_PATH = ${PATH:q}'
{% if file %}# A variable of the shell may hide one of the environment: only a child can tell them apart.
{% endif %}alias _venv_save 'if (1) eval "if (1) set _venv_set = ${_venv_d}?$_venv_name _venv_had_$_venv_name = 0 _venv_hid_$_venv_name = 0 _venv_old_$_venv_name ="; if ($_venv_set) eval "if (1) set _venv_had_$_venv_name = ${_venv_b}if (1) unset $_venv_name; if (1) echo ${_venv_d}?$_venv_name${_venv_b}"; if (1) eval "if (1) set _venv_had = ${_venv_d}_venv_had_$_venv_name"; if ($_venv_had) eval "if (1) set _venv_old_$_venv_name = ${_venv_d}{${_venv_name}:q}"; if ($_venv_set && $_venv_had == 0) eval "if (1) set _venv_hid_$_venv_name = 1"'
if (1) set _venv_name = VIRTUAL_ENV; _venv_save
if (1) set _venv_name = VIRTUAL_ENV_PROMPT; _venv_save
if (1) set _venv_name = PKG_CONFIG_PATH; _venv_save
if (1) set _venv_name = PYTHONHOME; _venv_save
{% if tcl_library.is_some() %}if (1) set _venv_name = TCL_LIBRARY; _venv_save
{% endif %}{% if tk_library.is_some() %}if (1) set _venv_name = TK_LIBRARY; _venv_save
{% endif %}if (1) set _venv_new_VIRTUAL_ENV = ${_venv_env:q} _venv_new_VIRTUAL_ENV_PROMPT = {{ prompt }}
if (1) set _venv_new_PATH = ${_venv_bin:q} _venv_new_PKG_CONFIG_PATH = ${_venv_env:q}/lib/pkgconfig
if (${_venv_old_PATH:q} != '') set _venv_new_PATH = ${_venv_bin:q}:${_venv_old_PATH:q}
if (${_venv_old_PKG_CONFIG_PATH:q} != '') set _venv_new_PKG_CONFIG_PATH = ${_venv_new_PKG_CONFIG_PATH:q}:${_venv_old_PKG_CONFIG_PATH:q}
if (1) setenv VIRTUAL_ENV ${_venv_env:q}
if (1) setenv VIRTUAL_ENV_PROMPT ${_venv_new_VIRTUAL_ENV_PROMPT:q}
if (1) setenv PKG_CONFIG_PATH ${_venv_new_PKG_CONFIG_PATH:q}
if (1) unsetenv PYTHONHOME
{% if let Some(tcl) = tcl_library %}if (1) set _venv_new_TCL_LIBRARY = {{ tcl }}
if (1) setenv TCL_LIBRARY ${_venv_new_TCL_LIBRARY:q}
{% endif %}{% if let Some(tk) = tk_library %}if (1) set _venv_new_TK_LIBRARY = {{ tk }}
if (1) setenv TK_LIBRARY ${_venv_new_TK_LIBRARY:q}
{% endif %}if (1) setenv PATH ${_venv_new_PATH:q}
{% if file %}# Other tools' scripts look for these.
{% endif %}if (1) set _OLD_VIRTUAL_PATH = ${_venv_old_PATH:q}
if (1) set _venv_draw = $?prompt
if ($?VIRTUAL_ENV_DISABLE_PROMPT) eval 'if (1) set _venv_test = ( x${VIRTUAL_ENV_DISABLE_PROMPT:q} ); if (${_venv_test[1]:q} != x) set _venv_draw = 0'
if ($_venv_draw) eval '( set prompt = x ) >& /dev/null; if ($status) set _venv_draw = 0'
{% if plain_prompt %}if (1) set _venv_drawn = {{ prompt }}
{% else %}if (1) set _venv_drawn = {{ drawn_tcsh }}
if ($?tcsh == 0) set _venv_drawn = {{ drawn_csh }}
{% endif %}if ($_venv_draw) eval 'if (1) set _OLD_VIRTUAL_PROMPT = ${prompt:q}; if (1) set _venv_old_prompt = ${prompt:q}; if (1) set _venv_new_prompt = "("${_venv_drawn:q}") "${prompt:q}; if (1) set prompt = ${_venv_new_prompt:q}'
if (1) set _venv_pydoc = "`alias pydoc`"
if ($#_venv_pydoc == 0) alias pydoc python -m pydoc
if (1) set _venv_old_deactivate = "`alias deactivate`"
{% if file %}# Gives the variable $_venv_name its old value, if it still has ours; then PATH without our entry, if it was changed.
{% endif %}alias _venv_undo 'if (1) eval "if (1) set _venv_set = ${_venv_d}?$_venv_name _venv_had = ${_venv_d}_venv_had_$_venv_name _venv_ours = ${_venv_d}_venv_hid_$_venv_name"; if ($_venv_set) eval "if (${_venv_d}{${_venv_name}:q} == ${_venv_d}{_venv_new_${_venv_name}:q}) set _venv_ours = 1"; if ($_venv_ours) unsetenv $_venv_name; if ($_venv_ours && $_venv_had) eval "if (1) setenv $_venv_name ${_venv_d}{_venv_old_${_venv_name}:q}"'
alias _venv_scan 'if (1) set _venv_part = ${_venv_rest[1]:q}; if (1) shift _venv_rest; if (1) set _venv_ours = 0; if (${_venv_part:q} == ${_venv_bin:q}) set _venv_ours = 1; if ($_venv_ours) set path = (${_venv_kept:q} ${_venv_rest:q}); if ($_venv_ours) set _venv_rest = ( ); if (1) set _venv_kept = (${_venv_kept:q} ${_venv_part:q}); if ($#_venv_rest) eval _venv_scan'
{% if !before_leaving.is_empty() || !after_leaving.is_empty() %}alias _venv_run 'set _venv_script = ${_venv_todo[1]:q}; if (1) shift _venv_todo; if ($?tcsh == 0) set _venv_event = ( ); if (-f ${_venv_script:q}) source ${_venv_script:q} ${_venv_event:q}; if ($#_venv_todo) eval _venv_run'
{% endif %}alias _venv_leave_1 '{% if !before_leaving.is_empty() %}if (1) set _venv_todo = (${_venv_before:q}) _venv_event = pre_deactivate; if (1) eval _venv_run; {% endif %}if (1) set _venv_name = PATH; _venv_undo; if ($_venv_ours && $_venv_had == 0) set path = (${_venv_old_path:q}); if ($_venv_had == 0 && $_venv_ours) unsetenv PATH; if (1) set _venv_rest = (${path:q}) _venv_kept = ( ); if ($_venv_set && $_venv_ours == 0 && $#_venv_rest) eval _venv_scan; if (1) set _venv_name = VIRTUAL_ENV; _venv_undo; if (1) set _venv_name = VIRTUAL_ENV_PROMPT; _venv_undo; if (1) set _venv_name = PKG_CONFIG_PATH; _venv_undo{% if tcl_library.is_some() %}; if (1) set _venv_name = TCL_LIBRARY; _venv_undo{% endif %}{% if tk_library.is_some() %}; if (1) set _venv_name = TK_LIBRARY; _venv_undo{% endif %}'
alias _venv_leave_2 'if ($_venv_had_PYTHONHOME && $?PYTHONHOME == 0) setenv PYTHONHOME ${_venv_old_PYTHONHOME:q}; if (1) set _venv_ours = 0; if ($_venv_draw && $?prompt) eval "if (${_venv_d}{prompt:q} == ${_venv_d}{_venv_new_prompt:q}) set prompt = ${_venv_d}{_venv_old_prompt:q}"; if ($#_venv_pydoc == 0) unalias pydoc{% if !after_leaving.is_empty() %}; if ($?tcsh) set VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV = ${_venv_env:q}; if (1) set _venv_todo = (${_venv_after:q}) _venv_event = (post_deactivate ${_venv_env:t:q}); if (1) eval _venv_run; if (1) unset VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV{% endif %}'
alias _venv_leave '_venv_leave_1; _venv_leave_2; unalias deactivate; if ($#_venv_old_deactivate) alias deactivate ${_venv_old_deactivate:q}; unalias _venv_*; if (1) unset _venv_* _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PROMPT; if (0) :'
alias deactivate _venv_leave
if (1) unset _venv_name _venv_set _venv_had _venv_live _venv_test _venv_drawn
