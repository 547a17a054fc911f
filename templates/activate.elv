{% if file -%}
# Activate: eval (slurp < DIR/bin/activate.elv)        Leave: deactivate
# In a script, and where the environment was moved: use ./DIR/bin/activate, then activate:deactivate.
# (`eval` tells a text neither where it lies nor whose names it may add, so outside of an interactive shell only `use` can.)
{% endif -%}
use path
use re
use str

var root = {{ virtual_env }}
{%- if file %}
if (not (path:is-dir &follow-symlink $root)) {
  if (src)[is-file] {
    set root = (path:dir (path:dir (path:abs (src)[name])))
  }
  if (not (path:is-regular &follow-symlink $root/pyvenv.cfg)) {
    fail 'the environment is gone or was moved; where it is now, type: use ./DIR/bin/activate: '$root
  }
}
{%- endif %}

# What is saved: [deactivate pydoc], the functions that these names were, or $nil.
# An activation of this kind that is still live is undone first and hands over what it had saved. Every other function
# refuses the option and does nothing; a program takes no options.
var get-pydoc = 'put $nil'
if (eq (resolve pydoc) '$pydoc~') { set get-pydoc = 'put $pydoc~' }
var saved = [$nil (eval $get-pydoc)]
try {
  set saved = (deactivate &venvsh=switch)
} catch e {
  if (str:contains (to-string $e[reason]) 'unsupported option') {
    set saved[0] = {|@arguments| deactivate $@arguments }
  }
}

var name = {{ prompt }}
var bin = $root/{{ bin_name }}
var pkg = $root/lib/pkgconfig

fn value {|variable| if (has-env $variable) { get-env $variable } else { put $nil } }
fn put-back {|variable what| if (eq $what $nil) { unset-env $variable } else { set-env $variable $what } }
fn in-front {|entry rest| if (has-value [$nil ''] $rest) { put $entry } else { put $entry':'$rest } }
fn without {|entry list|
  var found = $false
  str:join : [(str:split : $list | each {|item|
    if (and (not $found) (eq $item $entry)) { set found = $true } else { put $item }
  })]
}

var new = [
  &PATH=(in-front $bin (value PATH))
  &VIRTUAL_ENV=$root
  &VIRTUAL_ENV_PROMPT=$name
  &PYTHONHOME=$nil
  &PKG_CONFIG_PATH=(in-front $pkg (value PKG_CONFIG_PATH))
  {%- if let Some(tcl) = tcl_library %}
  &TCL_LIBRARY={{ tcl }}
  {%- endif %}
  {%- if let Some(tk) = tk_library %}
  &TK_LIBRARY={{ tk }}
  {%- endif %}
]
var old = [&]
keys $new | each {|variable| set old[$variable] = (value $variable) }

# `edit:` exists in interactive shells only.
var interactive = (eq (resolve edit:add-var) '$edit:add-var~')
var drawn = '('(re:replace '[\x00-\x1f\x7f]' ' ' $name)') '
var old-prompt = $nil
var new-prompt = $nil
var prompt~ = {|@set| nop }
if $interactive {
  eval 'var f = {|@to| if (eq $to []) { put $edit:prompt } else { set edit:prompt = $to[0] } }' &on-end={|names| set prompt~ = $names[f] }
}
fn put-function {|name what|
  if (eq $what $nil) { edit:del-var $name } else { edit:add-var $name $what }
}

# A hook that fails says so; it does not keep anyone in the environment.
fn run {|scripts|
  for script $scripts {
    if (path:is-regular &follow-symlink $script) {
      try {
        eval (slurp < $script) &ns=(ns [&VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV=$root])
      } catch e {
        echo $script': '(to-string $e[reason]) >&2
      }
    }
  }
}

var live = $true
fn deactivate {|&venvsh=leave|
  if (not $live) { fail 'not active: '$root }
  set live = $false
  if (eq $venvsh leave) {
    run [{% for script in before_leaving %}{{ script }} {% endfor %}]
  }
  for variable [(keys $new)] {
    var now = (value $variable)
    if (or (str:has-prefix $variable VIRTUAL_ENV) (eq $now $new[$variable])) {
      put-back $variable $old[$variable]
    } elif (and (eq $variable PATH) (not-eq $now $nil)) {
      set-env PATH (without $bin $now)
    } elif (and (eq $variable PKG_CONFIG_PATH) (not-eq $now $nil)) {
      set-env PKG_CONFIG_PATH (without $pkg $now)
    }
  }
  if $interactive {
    if (and (not-eq $new-prompt $nil) (eq (prompt) $new-prompt)) { prompt $old-prompt }
    put-function pydoc~ $saved[1]
  }
  if (eq $venvsh switch) {
    put $saved
    return
  }
  run [{% for script in after_leaving %}{{ script }} {% endfor %}]
  if $interactive { put-function deactivate~ $saved[0] }
}

for variable [(keys $new)] { put-back $variable $new[$variable] }
if $interactive {
  if (or (not (has-env VIRTUAL_ENV_DISABLE_PROMPT)) (eq (get-env VIRTUAL_ENV_DISABLE_PROMPT) '')) {
    set old-prompt = (prompt)
    set new-prompt = {
      put $drawn
      $old-prompt
    }
    prompt $new-prompt
  }
  edit:add-var pydoc~ {|@arguments| e:python -m pydoc $@arguments }
  edit:add-var deactivate~ $deactivate~
}
