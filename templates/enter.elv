use path
use re
use str

fn value {|variable| if (has-env $variable) { get-env $variable } else { put $nil } }
fn put-back {|variable what| if (eq $what $nil) { unset-env $variable } else { set-env $variable $what } }
fn in-front {|entry rest| if (has-value [$nil ''] $rest) { put $entry } else { put $entry':'$rest } }
fn without {|entry list|
  var found = $false
  str:join : [(str:split : $list | each {|item|
    if (and (not $found) (eq $item $entry)) { set found = $true } else { put $item }
  })]
}

# `edit:` exists in interactive shells only.
var interactive = (eq (resolve edit:add-var) '$edit:add-var~')
var prompt~ = {|@set| nop }
if $interactive {
  eval 'var f = {|@to| if (eq $to []) { put $edit:prompt } else { set edit:prompt = $to[0] } }' &on-end={|names| set prompt~ = $names[f] }
}
fn put-function {|name what|
  if (eq $what $nil) { edit:del-var $name } else { edit:add-var $name $what }
}

# Calls the body while these variables are set. What `finally` does, Ctrl-C would end, too.
fn lend {|values body|
  if (eq $values [&]) {
    $body
  } else {
    var name @_ = (keys $values)
    eval 'var f = {|value body| tmp E:'$name' = $value; $body }' &on-end={|made|
      $made[f] $values[$name] { lend (dissoc $values $name) $body }
    }
  }
}

# What scripts of the user's may call and read.
var known = [&]
# Variables that they see where the shell does not have them.
var given = [&]
fn is-interrupt {|reason| try { eq $reason[signal-name] interrupt } catch e { put $false } }
# A hook that fails says so; it does not keep anyone in the environment.
fn run {|root scripts|
  var missing = $given
  for name [(keys $given)] {
    if (has-env $name) { set missing = (dissoc $missing $name) }
  }
  for script $scripts {
    if (path:is-regular &follow-symlink $script) {
      try {
        lend $missing { eval (slurp < $script) &ns=(ns (assoc $known VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV $root)) }
      } catch e {
        echo $script': '(to-string $e[reason]) >&2
        # elvish hears of Ctrl-C a moment after the program that it ended: here, and not in what comes next.
        if (is-interrupt $e[reason]) { sleep 1s }
      }
    }
  }
}

# Whether something else shows the name in the prompt, or nothing may.
var no-prompt = $false
fn is-drawn {
  if $no-prompt { put $true; return }
  for name [{% for name in signs.any %}{{ name.bare() }} {% endfor %}] {
    if (not (has-value [$nil ''] (value $name))) { put $true; return }
  }
  or{% for name in signs.named %} (eq elvish (value {{ name.bare() }})){% endfor %}
}

# Enters an environment. What comes out is a function of one word: `before` and `after` run the scripts around leaving, `undo`
# leaves, and `record` takes what PATH and the prompt are now for what the activation made of them.
fn enter {|root name bin-name libraries before after|
  var bin = $root/$bin-name
  var pkg = $root/lib/pkgconfig
  var new = [
    &PATH=(in-front $bin (value PATH))
    &VIRTUAL_ENV=$root
    &VIRTUAL_ENV_PROMPT=$name
    &PYTHONHOME=$nil
    &PKG_CONFIG_PATH=(in-front $pkg (value PKG_CONFIG_PATH))
  ]
  for variable [(keys $libraries)] { set new[$variable] = $libraries[$variable] }
  var old = [&]
  for variable [(keys $new)] { set old[$variable] = (value $variable) }
  for variable [(keys $new)] { put-back $variable $new[$variable] }

  var drawn = '('(re:replace '[\x00-\x1f\x7f]' ' ' $name)') '
  var old-prompt = $nil
  var new-prompt = $nil
  if $interactive {
    set old-prompt = (prompt)
    if (not (is-drawn)) {
      set new-prompt = {
        put $drawn
        $old-prompt
      }
      prompt $new-prompt
    }
  }

  # The environment's own variables. A part of a value is a text, or a list of one name whose value stands there.
  var added = []
  fn change {|changes|
    for it $changes {
      var variable = $it[name]
      if (not (has-key $old $variable)) { set old[$variable] = (value $variable) }
      var text = ''
      for part $it[value] {
        if (eq (kind-of $part) list) { set part = (value $part[0]) }
        if (not-eq $part $nil) { set text = $text$part }
      }
      var now = (value $variable)
      if (eq $it[how] set) {
        set new[$variable] = $text
      } elif (eq $it[how] unset) {
        set new[$variable] = $nil
      } else {
        set added = [$@added [$variable $text]]
        if (or (has-value [$nil ''] $now) (eq $it[how] prepend)) {
          set new[$variable] = (in-front $text $now)
        } else {
          set new[$variable] = $now':'$text
        }
      }
      put-back $variable $new[$variable]
    }
  }

  # Ctrl-C can end it between any two commands. It goes on from there where one leaves once more; the last is what shows that one must.
  fn undo {
    if (and $interactive (not-eq $new-prompt $nil)) {
      if (eq (prompt) $new-prompt) { prompt $old-prompt }
    }
    while (not-eq $added []) {
      var variable text = (all $added[0])
      var now = (value $variable)
      if (and (not-eq $now $nil) (not-eq $now $new[$variable])) {
        var rest = (without $text $now)
        if (and (eq $rest '') (eq $old[$variable] $nil)) { set rest = $nil }
        put-back $variable $rest
      }
      set added = $added[1..]
    }
    for variable [(keys (dissoc $new VIRTUAL_ENV)) VIRTUAL_ENV] {
      var now = (value $variable)
      if (or (str:has-prefix $variable VIRTUAL_ENV) (eq $now $new[$variable])) {
        put-back $variable $old[$variable]
      } elif (and (eq $variable PATH) (not-eq $now $nil)) {
        set-env PATH (without $bin $now)
      } elif (and (eq $variable PKG_CONFIG_PATH) (not-eq $now $nil)) {
        set-env PKG_CONFIG_PATH (without $pkg $now)
      }
      set new = (dissoc $new $variable)
    }
  }

  put {|what|
    if (eq (kind-of $what) list) {
      change $what
    } elif (eq $what before) {
      run $root $before
    } elif (eq $what after) {
      run $root $after
    } elif (eq $what undo) {
      undo
    } else {
      set new[PATH] = (value PATH)
      if $interactive {
        if (not-eq (prompt) $old-prompt) { set new-prompt = (prompt) }
      }
    }
  }
}
