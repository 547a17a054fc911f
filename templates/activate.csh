{% if file %}# Activates a Python environment in tcsh and csh:  source bin/activate.csh
# `deactivate` puts the shell back as it was; what you changed meanwhile stays.
# csh takes no word behind `if (..)` for an alias, so users may have aliases of `set` and `setenv`. What `eval` gets is read when
# it runs: a variable that is named there need not be set before.

if (-d {{ virtual_env }}) goto _venv_found
# csh cannot find out the path of this file.
if (1) echo 'activate.csh: no such environment (was it moved?):' {{ virtual_env }} >>! /dev/stderr
exit 1
_venv_found:

{% endif %}# Change nothing where PATH is read-only.
( if (1) set path = (${path:q}) ) >& /dev/null
if ($status == 0) goto _venv_start
if (1) echo 'cannot activate, PATH is read-only:' {{ virtual_env }} >>! /dev/stderr
exit 1
_venv_start:

# Leave the active environment: ours, else another tool's by its own alias. Variables without an alias may be inherited.
if ($?_venv_root) eval _venv_leave
if (1) set _venv_text = "`alias deactivate`"
if (x${_venv_text:q} =~ *_OLD_VIRTUAL_* || x${_venv_text:q} =~ *deactivate_script*) eval deactivate

# Save PATH. The list `path` outlives an unset PATH.
if (1) set _venv_root = {{ virtual_env }}
if (1) set _venv_bin = ${_venv_root:q}/{{ bin_name }}
if (1) set _venv_had_PATH = $?PATH _venv_hid_PATH = 0 _venv_old_PATH = '' _venv_old_path = (${path:q})
if ($?PATH) eval 'if (1) set _venv_old_PATH = ${PATH:q}'

# Save the variable $_venv_name: whether it was in the environment (had), or one of the shell's hid it (hid), and its value (old).
# Only a child, where the shell's is unset, can tell. _venv_d and _venv_b are a dollar and a backquote for the inner `eval`.
if (1) set _venv_d = '$' _venv_b = '`'
alias _venv_save 'if (1) eval "if (1) set _venv_set = ${_venv_d}?$_venv_name _venv_had_$_venv_name = 0 _venv_hid_$_venv_name = 0 _venv_old_$_venv_name ="; if ($_venv_set) eval "if (1) set _venv_had_$_venv_name = ${_venv_b}if (1) unset $_venv_name; if (1) echo ${_venv_d}?$_venv_name${_venv_b}"; if (1) eval "if (1) set _venv_had = ${_venv_d}_venv_had_$_venv_name"; if ($_venv_had) eval "if (1) set _venv_old_$_venv_name = ${_venv_d}{${_venv_name}:q}"; if ($_venv_set && $_venv_had == 0) eval "if (1) set _venv_hid_$_venv_name = 1"'
if (1) set _venv_name = VIRTUAL_ENV; _venv_save
if (1) set _venv_name = VIRTUAL_ENV_PROMPT; _venv_save
if (1) set _venv_name = PKG_CONFIG_PATH; _venv_save
if (1) set _venv_name = PYTHONHOME; _venv_save
{% if tcl_library.is_some() %}if (1) set _venv_name = TCL_LIBRARY; _venv_save
{% endif %}{% if tk_library.is_some() %}if (1) set _venv_name = TK_LIBRARY; _venv_save
{% endif %}
# The new values. Nothing changes before all that leaves is there, as Ctrl-C may end this script.
if (1) set _venv_new_VIRTUAL_ENV = ${_venv_root:q} _venv_new_VIRTUAL_ENV_PROMPT = {{ prompt }}
if (1) set _venv_new_PATH = ${_venv_bin:q} _venv_new_PKG_CONFIG_PATH = ${_venv_root:q}/lib/pkgconfig
if (${_venv_old_PATH:q} != '') set _venv_new_PATH = ${_venv_bin:q}:${_venv_old_PATH:q}
if (${_venv_old_PKG_CONFIG_PATH:q} != '') set _venv_new_PKG_CONFIG_PATH = ${_venv_new_PKG_CONFIG_PATH:q}:${_venv_old_PKG_CONFIG_PATH:q}
{% if let Some(tcl) = tcl_library %}if (1) set _venv_new_TCL_LIBRARY = {{ tcl }}
{% endif %}{% if let Some(tk) = tk_library %}if (1) set _venv_new_TK_LIBRARY = {{ tk }}
{% endif %}
# Save the user's alias of `deactivate`: its text, and whether it has several words, which a list of all aliases shows in one pair
# of parentheses more. csh looks for files that match the words of a `foreach`.
if (1) set _venv_text = "`alias deactivate`" _venv_words = 0 _venv_glob = $?noglob
if ($_venv_glob == 0) set noglob
if ($#_venv_text) then
    foreach _venv_line ("`alias`")
        if (${_venv_line:q} =~ deactivate?\(*\) && ${_venv_text:q} !~ \(*\)) set _venv_words = 1
        if (${_venv_line:q} =~ deactivate?\(\(*\)\) && ${_venv_text:q} !~ \(\(*\)\)) set _venv_words = 1
    end
endif
if ($_venv_glob == 0) unset noglob

# `pydoc` and `rehash` get an alias if the user has none. Other tools' scripts call `rehash` when they have taken the place of ours,
# and know nothing of what else is to be undone.
if (1) set _venv_pydoc = "`alias pydoc`" _venv_rehash = "`alias rehash`"
if ($#_venv_pydoc == 0) alias pydoc python -m pydoc
if ($#_venv_rehash == 0) alias rehash 'if ($?_OLD_VIRTUAL_PATH == 0) eval "_venv_undo_all; _venv_forget"; if (1) rehash'

# Remember PATH and the prompt as activation has set them.
alias _venv_record 'if ($?PATH) set _venv_new_PATH = ${PATH:q}; if ($?prompt) eval '\''set _venv_new_prompt = ${prompt:q}'\'''

# Restores the variable $_venv_name, if it still has our value.
alias _venv_undo 'if (1) set _venv_set = 0 _venv_had = 0 _venv_ours = 0; if (1) eval "if (1) set _venv_set = ${_venv_d}?$_venv_name _venv_had = ${_venv_d}_venv_had_$_venv_name _venv_ours = ${_venv_d}_venv_hid_$_venv_name"; if ($_venv_set) eval "if (x${_venv_d}{${_venv_name}:q} == x${_venv_d}{_venv_new_${_venv_name}:q}) set _venv_ours = 1"; if ($_venv_ours && $_venv_had == 0) unsetenv $_venv_name; if ($_venv_ours && $_venv_had) eval "if (1) setenv $_venv_name ${_venv_d}{_venv_old_${_venv_name}:q}"'
# Takes our entry out of a PATH that was changed: looks at _venv_rest, word by word, which become _venv_kept.
alias _venv_scan 'if (1) set _venv_part = ${_venv_rest[1]:q}; if (1) shift _venv_rest; if (1) set _venv_ours = 0; if (${_venv_part:q} == ${_venv_bin:q}) set _venv_ours = 1; if ($_venv_ours) set path = (${_venv_kept:q} ${_venv_rest:q}); if ($_venv_ours) set _venv_rest = ( ); if (1) set _venv_kept = (${_venv_kept:q} ${_venv_part:q}); if ($#_venv_rest) eval _venv_scan'
alias _venv_undo_path 'if (1) set _venv_name = PATH; _venv_undo; if ($_venv_ours && $_venv_had == 0) set path = (${_venv_old_path:q}); if ($_venv_ours && $_venv_had == 0) unsetenv PATH; if (1) set _venv_rest = (${path:q}) _venv_kept = ( ); if ($_venv_set && $_venv_ours == 0 && $#_venv_rest) eval _venv_scan'
alias _venv_undo_prompt 'if (${_venv_old_prompt:q} != ${_venv_new_prompt:q} && ${prompt:q} == ${_venv_new_prompt:q}) set prompt = ${_venv_old_prompt:q}'
# What the environment's own variables need, see plan.csh.
alias _venv_undo_own 'if (0) :'
# VIRTUAL_ENV goes last: whoever ends this by Ctrl-C sees that the environment is still to be left.
alias _venv_undo_rest 'if (1) set _venv_name = VIRTUAL_ENV_PROMPT; _venv_undo; if (1) set _venv_name = PKG_CONFIG_PATH; _venv_undo{% if tcl_library.is_some() %}; if (1) set _venv_name = TCL_LIBRARY; _venv_undo{% endif %}{% if tk_library.is_some() %}; if (1) set _venv_name = TK_LIBRARY; _venv_undo{% endif %}; if ($_venv_had_PYTHONHOME && $?PYTHONHOME == 0) setenv PYTHONHOME ${_venv_old_PYTHONHOME:q}; if ($?prompt && $?_venv_old_prompt) eval _venv_undo_prompt; if (1) set _venv_name = VIRTUAL_ENV; _venv_undo'
# Ctrl-C may end only the `eval` in which it comes, and the rest goes on: all is done twice.
alias _venv_undo_all '_venv_undo_own; _venv_undo_path; _venv_undo_rest; if (1) set _venv_name = PATH; _venv_undo; _venv_undo_rest; if ($#_venv_pydoc == 0) unalias pydoc; if ($#_venv_rehash == 0) unalias rehash'
alias _venv_forget 'if (1) unset _venv_* _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PROMPT; unalias _venv_*'

alias _venv_undo_alias 'unalias deactivate; if ($_venv_words) alias deactivate ${_venv_text:x}; if ($_venv_words == 0 && $#_venv_text) alias deactivate ${_venv_text:q}'

alias _venv_leave '_venv_undo_all; _venv_undo_alias; _venv_forget; if (0) :'
# The alias of `venvsh hook tcsh` stays. A second `deactivate` on the same line is read before the first one runs.
if (x${_venv_text:q} !~ *_venv_leave*) alias deactivate 'if (1) set _venv_argv = "\!*"; if ("$_venv_argv" =~ -*) echo "Usage: deactivate"; if ($?_venv_root && "$_venv_argv" !~ -*) eval _venv_leave'

# Set the variables. Other tools' scripts look for _OLD_VIRTUAL_PATH and take it away when they leave for us.
if (1) set _OLD_VIRTUAL_PATH = ${_venv_old_PATH:q}
if (1) setenv VIRTUAL_ENV ${_venv_new_VIRTUAL_ENV:q}
if (1) setenv VIRTUAL_ENV_PROMPT ${_venv_new_VIRTUAL_ENV_PROMPT:q}
if (1) setenv PATH ${_venv_new_PATH:q}
if (1) setenv PKG_CONFIG_PATH ${_venv_new_PKG_CONFIG_PATH:q}
if (1) unsetenv PYTHONHOME
{% if tcl_library.is_some() %}if (1) setenv TCL_LIBRARY ${_venv_new_TCL_LIBRARY:q}
{% endif %}{% if tk_library.is_some() %}if (1) setenv TK_LIBRARY ${_venv_new_TK_LIBRARY:q}
{% endif %}
# The prompt, unless these variables or its own text say that something else shows the name, or it is read-only. The name is escaped by tcsh's rules or by csh's.
if (1) set _venv_draw = $?prompt
{% for name in signs.any %}if ($?{{ name.bare() }}) eval 'if (1) set _venv_test = ("x${{ name.bare() }}:q"); if (${_venv_test[1]:q} != x) set _venv_draw = 0'
{% endfor %}{% for name in signs.named %}if ($?{{ name.bare() }}) eval 'if (1) set _venv_test = ("x${{ name.bare() }}:q"); if (${_venv_test[1]:q} == xtcsh) set _venv_draw = 0'
{% endfor %}if ($_venv_draw) eval 'if (x${prompt:q} =~ *VIRTUAL_ENV*) set _venv_draw = 0'
if ($_venv_draw) eval '( if (1) set prompt = x ) >& /dev/null; if ($status) set _venv_draw = 0'
if (1) set _venv_drawn = {{ drawn_tcsh }}
if ($?tcsh == 0) set _venv_drawn = {{ drawn_csh }}
if ($?prompt) eval 'if (1) set _venv_old_prompt = ${prompt:q}; if (1) set _venv_new_prompt = ${prompt:q}; if (1) set _OLD_VIRTUAL_PROMPT = ${prompt:q}'
if ($_venv_draw) eval 'if (1) set _venv_new_prompt = "("${_venv_drawn:q}") "${prompt:q}; if (1) set prompt = ${_venv_new_prompt:q}'

if (1) unset _venv_name _venv_set _venv_had _venv_test _venv_drawn _venv_line _venv_glob
