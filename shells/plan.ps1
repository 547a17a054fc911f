{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { .. } %}
{%- when Effect::Record -%}
# What `postactivate` scripts changed of PATH and the prompt belongs to the activation.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -is [hashtable]) {
        $state.NewPath = $env:PATH
        $state.OwnPrompt = $function:prompt
    }
}
{%- when Effect::Leave(left) -%}
if ("$function:deactivate" -like '*_OLD_VIRTUAL_*' -and ($null -ne $env:_OLD_VIRTUAL_PATH -or (Microsoft.PowerShell.Management\Test-Path variable:_OLD_VIRTUAL_PATH))) {
    & $function:deactivate
} else {
    $env:PATH = {% match left.path %}{% when Some(path) %}{{ path }}{% when None %}$null{% endmatch %}
    $env:PKG_CONFIG_PATH = {% match left.pkg_config_path %}{% when Some(path) %}{{ path }}{% when None %}$null{% endmatch %}
    $env:VIRTUAL_ENV = $null
    $env:VIRTUAL_ENV_PROMPT = $null
{%- for name in left.unset %}
    $env:{{ name.bare() }} = $null
{%- endfor %}
    # The hook's own, for shells that inherit an environment; not a function of the user's.
    if ($null -ne $function:deactivate -and "$($function:deactivate.Module)" -ceq 'venvsh') { $function:deactivate = $null }
}
{%- when Effect::SourceActivate { script, .. } -%}
. {{ script }}
{%- when Effect::Cd(dir) -%}
Microsoft.PowerShell.Management\Set-Location -LiteralPath {{ dir }}
{%- when Effect::Source { script, event } -%}
try { if ([System.IO.File]::Exists({{ script }})) { . {{ script }} {{ event.bare() }} } }
catch { Microsoft.PowerShell.Utility\Write-Error -ErrorRecord $_ -ErrorAction Continue }
{%- when Effect::Run { program, args, cwd } -%}
& {
    # Not by `&`: on Linux PowerShell expands `*` and `~` in a program's arguments even where they are quoted.
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
    $start.UseShellExecute = $false
    foreach ($word in @('-c', 'cd -- "$1" && shift && exec "$@"', 'sh', {{ cwd }}, {{ program }}{% for arg in args %}, {{ arg }}{% endfor %})) { $start.ArgumentList.Add($word) }
    [System.Diagnostics.Process]::Start($start).WaitForExit()
}
{%- when Effect::Set(name, value) -%}
$env:{{ name.bare() }} = {{ value }}
{%- when Effect::Unset(name) -%}
$env:{{ name.bare() }} = $null
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::CallFunction(_) %}
{%- endmatch %}
