use path
use runtime
if (and (not-eq $runtime:rc-path $nil) (path:is-regular &follow-symlink $runtime:rc-path)) {
  try {
    eval (slurp < $runtime:rc-path) &on-end={|names|
      for name [(keys $names)] { edit:add-var $name $names[$name] }
    }
  } catch e {
    echo $runtime:rc-path': '(to-string $e[reason]) >&2
  }
}
e:rm -rf -- {{ directory }}
eval ((external {{ program }}) hook elvish | slurp) &on-end={|names|
  var venvsh~ = $names[venvsh~]
  venvsh workon -- {{ root }}
}
