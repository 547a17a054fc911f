if ("$function:deactivate" -like '*_OLD_VIRTUAL_*' -and ($null -ne $env:_OLD_VIRTUAL_PATH -or (Microsoft.PowerShell.Management\Test-Path variable:_OLD_VIRTUAL_PATH))) {
    & $function:deactivate
} else {
    $env:PATH = '/home/u/it''s'
    $env:PKG_CONFIG_PATH = $null
    $env:VIRTUAL_ENV = $null
    $env:VIRTUAL_ENV_PROMPT = $null
    # The hook's own, for shells that inherit an environment; not a function of the user's.
    if ($null -ne $function:deactivate -and "$($function:deactivate.Module)" -ceq 'venvsh') { $function:deactivate = $null }
}
if ("$function:deactivate" -like '*_OLD_VIRTUAL_*' -and ($null -ne $env:_OLD_VIRTUAL_PATH -or (Microsoft.PowerShell.Management\Test-Path variable:_OLD_VIRTUAL_PATH))) {
    & $function:deactivate
} else {
    $env:PATH = $null
    $env:PKG_CONFIG_PATH = $null
    $env:VIRTUAL_ENV = $null
    $env:VIRTUAL_ENV_PROMPT = $null
    # The hook's own, for shells that inherit an environment; not a function of the user's.
    if ($null -ne $function:deactivate -and "$($function:deactivate.Module)" -ceq 'venvsh') { $function:deactivate = $null }
}
. '/home/u/it''s'
Microsoft.PowerShell.Management\Set-Location -LiteralPath '/home/u/it''s'
try { if ([System.IO.File]::Exists('/home/u/it''s')) { . '/home/u/it''s' postactivate } }
catch { Microsoft.PowerShell.Utility\Write-Error -ErrorRecord $_ -ErrorAction Continue }
& {
    # Not by `&`: on Linux PowerShell expands `*` and `~` in a program's arguments even where they are quoted.
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
    $start.UseShellExecute = $false
    foreach ($word in @('-c', 'cd -- "$1" && shift && exec "$@"', 'sh', '/home/u/it''s', '/home/u/it''s', '/home/u/it''s', '*')) { $start.ArgumentList.Add($word) }
    [System.Diagnostics.Process]::Start($start).WaitForExit()
}
$env:PROJECT = '/home/u/it''s'
$env:PROJECT = $null
