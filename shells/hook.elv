# venvsh, protocol {{ protocol }}: eval (venvsh hook elvish | slurp)      in ~/.config/elvish/rc.elv
# The program answers with data, a list of steps in a private file; what a step does is said here. In a script, where no name
# can be added: keep this text as a module, `use` it, and call venvsh:workon.
{% include "enter.elv" %}

var program = {{ program }}
var directory = {{ emit_dir }}
var calls = (num 0)

# What leaves: the environment that a command entered, and the `deactivate` of a script that was sourced on top.
var live = $nil
var sourced = $nil
var pydoc = $nil
var again = $true
{%- if follows %}
# What is remembered of following the directory.
var following = $true
var off = ''
var memory = ''
var gone = $false
{%- endif %}
try { set live pydoc = (all (deactivate &venvsh=hand-over)) } catch e { set again = $false }
{%- if !prompt %}
set no-prompt = $true
{%- endif %}

fn leave {
  if (not-eq $live $nil) {
    var active~ = $live
    # Ctrl-C in a script gives it back, and later ones leave it, so that one can leave once more.
    { tmp live = $nil; active before }
    if $interactive { put-function pydoc~ $pydoc }
    active undo
    set live = $nil
    active after
  }
}

fn apply-step {|step| }

# Takes the steps in order. A variable that a later step unsets is lent to those in between.
fn take {|steps|
  if (not-eq $steps []) {
    var step @rest = $@steps
    var unset = [(for later $rest { if (eq $later[do] unset) { put $later[name] } })]
    if (and (eq $step[do] set) (has-value $unset $step[name])) {
      lend [&$step[name]=$step[value]] { take $rest }
    } else {
      apply-step $step
      take $rest
    }
  }
}

fn call {|name plan words|
  tmp E:VENVSH_HOOK = {{ channel }}
  tmp E:VENVSH_EMIT = $plan
  (external $name) $@words
}

fn apply {|@words|
  var name = $program
  if (not (has-external $name)) { set name = venvsh }
  if (not (has-external $name)) {
    (external /bin/sh) -c 'echo "venvsh: the program is gone" >&2; exit 127'
  }
  set calls = (+ $calls 1)
  var plan = $directory/$pid'-'$calls
  var failure = $ok
  try { call $name $plan $words } catch e { set failure = $e }
  if (path:is-regular $plan) {
    var steps = (from-json < $plan)
    take $steps
  }
  if (not-eq $failure $ok) { fail $failure }
}

# A function of this name from the user's own start-up file is replaced; a sourced script puts its own on top.
fn deactivate {|&venvsh=leave @arguments|
  if (eq $venvsh hand-over) {
{%- if follows %}
    # The hook that is loaded now follows the directory.
    set following = $false
{%- endif %}
    put [$live $pydoc]
  } elif (eq $venvsh switch) {
    if (eq $live $nil) {
      put [$deactivate~ keep {|function| set sourced = $function }]
    } else {
      var active~ = $live
      active undo
      set live = $nil
      put [$deactivate~ $pydoc {|function| set sourced = $function }]
    }
  } elif (and (> (count $arguments) 0) (str:has-prefix $arguments[0] -)) {
    apply deactivate $@arguments
  } elif (eq $live $nil) {
    apply deactivate
  } else {
    leave
{%- if follows %}
    set off = (value VENVSH_AUTO)
    if (has-value [$nil ''] $off) { set off = $pwd/. }
    unset-env VENVSH_AUTO
{%- endif %}
  }
}

# A shell that inherited an environment has only its variables.
fn leave-as-told {|step|
  if (not-eq $live $nil) {
    leave
    return
  }
  if (not-eq $sourced $nil) {
    var switch~ = $sourced
    set sourced = $nil
    put-function deactivate~ $deactivate~
    try { switch &venvsh=switch | nop (all); return } catch e { nop }
  }
  put-back PATH $step[path]
  put-back PKG_CONFIG_PATH $step[pkg_config_path]
  for variable [VIRTUAL_ENV VIRTUAL_ENV_PROMPT (all $step[unset])] { unset-env $variable }
  for it $step[set] { set-env $it[0] $it[1] }
}

var does = [
  &activate={|step|
    set sourced = $nil
    set given = $step[variables]
    set live = (enter $step[root] $step[name] $step[bin] $step[libraries] $step[before] $step[after])
    if $interactive { edit:add-var pydoc~ {|@arguments| e:python -m pydoc $@arguments } }
  }
  &leave=$leave-as-told~
  &variables={|step| $live $step[changes] }
  &record={|step| if (not-eq $live $nil) { $live record } }
  &switch={|step| put-back PATH $step[path] }
  &cd={|step| cd $step[directory] }
  &source={|step| run '' [$step[script]] }
  &run={|step|
    try {
      (external /bin/sh) -c 'cd -- "$1" && shift && exec "$@"' sh $step[directory] $step[program] (all $step[args])
    } catch e { nop }
  }
  &set={|step| set-env $step[name] $step[value] }
  &unset={|step| unset-env $step[name] }
{%- if follows %}
  &follow={|step|
    if (not-eq $step[path] $nil) { set-env PATH $step[path] }
    put-back VENVSH_AUTO $step[owner]
    set off = (if (eq $step[off] $nil) { put '' } else { put $step[off] })
    if (not-eq $step[memory] $nil) { set memory = $step[memory] }
  }
{%- endif %}
]
set apply-step~ = {|step| $does[$step[do]] $step }

fn venvsh {|@words| apply $@words }
set known = [&venvsh~=$venvsh~]
{%- for (function, verb) in commands %}
fn {{ function }} {|@words| apply {{ verb }} $@words }
{%- endfor %}

# A shell that inherited an environment shows its name until that is left.
if (and $interactive (not $again) (not (has-value [$nil ''] (value VIRTUAL_ENV))) (not (is-drawn))) {
  var root = (value VIRTUAL_ENV)
  var name = (value VIRTUAL_ENV_PROMPT)
  if (has-value [$nil ''] $name) { set name = (path:base $root) }
  var mark = '('(re:replace '[\x00-\x1f\x7f]' ' ' $name)') '
  var old-prompt = (prompt)
  prompt {
    if (and (eq $live $nil) (eq $root (value VIRTUAL_ENV))) { put $mark }
    $old-prompt
  }
}

# The script for elvish in the place of `initialize`, which sees where things are.
var home = $E:HOME/.virtualenvs
if (not (has-value [$nil ''] (value WORKON_HOME))) { set home = $E:WORKON_HOME }
var hooks = $home
if (not (has-value [$nil ''] (value VIRTUALENVWRAPPER_HOOK_DIR))) { set hooks = $E:VIRTUALENVWRAPPER_HOOK_DIR }
set given = [&WORKON_HOME=$home &VIRTUALENVWRAPPER_HOOK_DIR=$hooks &VIRTUALENVWRAPPER_PROJECT_FILENAME=.project]
run '' [$hooks/initialize.elv]

{%- if follows %}

# Follows the directory: one process after a change of directory, and one at the first prompt.
fn follow {
  if (and $following (has-value [$nil ''] (value VENVSH_NO_AUTO))) {
    if (or (has-external $program) (has-external venvsh)) {
      try { apply auto -- $off $memory } catch e { nop }
    } elif (not $gone) {
      set gone = $true
      echo {{ gone }} >&2
    }
  }
}
if $interactive {
  set after-chdir = [$@after-chdir {|directory| follow }]
  var is-first = $true
  eval 'var f = {|first| set edit:before-readline = [$@edit:before-readline $first] }' &on-end={|names|
    $names[f] {
      if $is-first {
        set is-first = $false
        follow
      }
    }
  }
}
{%- endif %}

if $interactive {
  edit:add-var deactivate~ $deactivate~
  edit:add-var venvsh~ $venvsh~
{%- for (function, _) in commands %}
  edit:add-var {{ function }}~ ${{ function }}~
{%- endfor %}
{%- if completion %}
  fn candidates {|@words|
    try {
      (external $program) complete elvish (- (count $words) 1) -- $@words 2>/dev/null | from-lines | each {|line|
        var value @about = (str:split "\t" $line)
        var suffix = (if (str:has-suffix $value /) { put '' } else { put ' ' })
        var display = $value
        if (not-eq $about []) { set display = $value'  '$about[0] }
        edit:complex-candidate $value &display=$display &code-suffix=$suffix
      }
    } catch e { nop }
  }
  eval 'var f = {|name completer| set edit:completion:arg-completer[$name] = $completer }' &on-end={|names|
    for name [venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}] { $names[f] $name $candidates~ }
  }
{%- endif %}
}
