# Takes the hook out of this shell: leaves the environment, and removes functions and completions.
if (or (not-eq $E:VIRTUAL_ENV '') (not (has-value ['' base] $E:CONDA_DEFAULT_ENV))) { deactivate }
try { deactivate &venvsh=hand-over | nop (all) } catch e { nop }
unset-env VENVSH_AUTO
for name [venvsh{% for (function, _) in commands %} {{ function }}{% endfor %}] {
  edit:del-var $name'~'
  if (has-key $edit:completion:arg-completer $name) { del edit:completion:arg-completer[$name] }
}
edit:del-var deactivate~
