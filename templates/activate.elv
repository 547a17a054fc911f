{% if file -%}
# Activate: eval (slurp < DIR/bin/activate.elv)        Leave: deactivate
# In a script, and where the environment was moved: use ./DIR/bin/activate, then activate:deactivate.
# (`eval` gives a text neither its path nor a namespace, so outside of an interactive shell only `use` works.)
{% endif -%}
{% include "enter.elv" %}

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

# Saved: [deactivate pydoc], the old functions of these names, or $nil.
# An activation of this kind that is still live is undone first and hands over what it had saved. Every other function
# refuses the option and does nothing; a program takes no options. The hook's function takes ours in return: `workon` can then
# leave this environment.
var get-pydoc = 'put $nil'
if (eq (resolve pydoc) '$pydoc~') { set get-pydoc = 'put $pydoc~' }
var saved = [$nil (eval $get-pydoc)]
var tell~ = {|function| nop }
try {
  var answer = (deactivate &venvsh=switch)
  set saved[0] = $answer[0]
  if (not-eq $answer[1] keep) { set saved[1] = $answer[1] }
  if (> (count $answer) 2) { set tell~ = $answer[2] }
} catch e {
  if (str:contains (to-string $e[reason]) 'unsupported option') {
    set saved[0] = {|@arguments| deactivate $@arguments }
  }
}

var libraries = [&]
{%- if let Some(tcl) = tcl_library %}
set libraries[TCL_LIBRARY] = {{ tcl }}
{%- endif %}
{%- if let Some(tk) = tk_library %}
set libraries[TK_LIBRARY] = {{ tk }}
{%- endif %}
var before = [{% for script in before_leaving %}{{ script }} {% endfor %}]
var after = [{% for script in after_leaving %}{{ script }} {% endfor %}]
var active~ = (enter $root {{ prompt }} {{ bin_name }} $libraries $before $after)

var live = $true
fn deactivate {|&venvsh=leave @arguments|
  if (not (has-value [leave switch] $venvsh)) { put $nil; return }
  if (and (> (count $arguments) 0) (has-value [-h --help] $arguments[0])) { echo 'Usage: deactivate'; return }
  if (not $live) { fail 'not active: '$root }
  if (eq $venvsh leave) { tmp live = $false; active before }
  if $interactive { put-function pydoc~ $saved[1] }
  active undo
  if (eq $venvsh switch) {
    set live = $false
    put $saved
    return
  }
  if $interactive { put-function deactivate~ $saved[0] }
  set live = $false
  active after
}

if $interactive {
  edit:add-var pydoc~ {|@arguments| e:python -m pydoc $@arguments }
  edit:add-var deactivate~ $deactivate~
}
tell $deactivate~
