# Takes the hook out of this shell: leaves the environment, and removes commands and completions.
if ($function:deactivate -and ($env:VIRTUAL_ENV -or ($env:CONDA_DEFAULT_ENV -and $env:CONDA_DEFAULT_ENV -cne 'base'))) { deactivate }
Microsoft.PowerShell.Core\Remove-Module -Name venvsh -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
$env:VENVSH_AUTO = $null
Microsoft.PowerShell.Utility\Remove-Variable -Name venvsh_off, venvsh_memory -Scope Global -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
# A completer cannot be taken back; an empty one gives way to PowerShell's own.
Microsoft.PowerShell.Core\Register-ArgumentCompleter -Native -CommandName 'venvsh'{% for (function, _) in commands %}, '{{ function }}'{% endfor %} -ScriptBlock { return }
{%- if !prompt %}
$env:{{ no_prompt.bare() }} = $null
{%- endif %}
