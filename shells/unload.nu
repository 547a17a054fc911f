# Takes the hook out of this shell: leaves the environment, and removes commands and variables. nushell reads code from files only:
#     venvsh hook nushell --unload | save -f ($nu.data-dir)/venvsh-unload.nu
#     source ($nu.data-dir)/venvsh-unload.nu
if ($env.VIRTUAL_ENV? | is-not-empty) or ($env.CONDA_DEFAULT_ENV? | default base) not-in ['' base] { deactivate }
hide venvsh
hide deactivate
{%- for (function, _) in commands %}
hide {{ function }}
{%- endfor %}
for copy in 1..9 { hide-env --ignore-errors VENVSH_AUTO VENVSH_FOLLOWED VENVSH_INHERITED VENVSH_ACTIVATION{% if !prompt %} {{ no_prompt.bare() }}{% endif %} }
rm --force ($nu.data-dir | path join venvsh-unload.nu)
