try {
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
# `deactivate` with the user's scripts around it. A closure: only so the blocks, which belong to the user's session, run where `deactivate`
# is called, and what a script sets can be taken back there. A constrained language has none.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -isnot [hashtable]) { return }
    $state.Before = {
        foreach ($_ in 1) { try { if (& $args[0] '/home/u/it''s') { . '/home/u/it''s' pre_deactivate } } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
    }
    $state.After = {
        $VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV = $args[1]
        try {
            foreach ($_ in 1) { try { if (& $args[0] '/home/u/it''s') { . '/home/u/it''s' post_deactivate $args[2] } } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
            foreach ($_ in 1) { try { if (& $args[0] '/home/u/it''s') { . '/home/u/it''s' post_deactivate $args[2] } } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
        } finally { Microsoft.PowerShell.Utility\Remove-Variable -Name VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false }
    }
    $state.Inner = $state.Leave
    $leave = {
        param([switch]$NonDestructive)
        $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
        if ($state -isnot [hashtable]) {
            Microsoft.PowerShell.Utility\Write-Error 'venvsh: cannot deactivate: the variable _OLD_VIRTUAL_STATE was removed. Start a new shell.'
            return
        }
        $active = $state.Active
        # A program in a script, or its `exit`, must not change the status that the user sees.
        $status = $global:LASTEXITCODE
        $lacks_WORKON_HOME = $null -eq $env:WORKON_HOME
        if ($lacks_WORKON_HOME) { $env:WORKON_HOME = '/home/u/it''s' }
        try {
            if ($active) { . $state.Before $state.Exists }
            & $state.Inner -NonDestructive:$NonDestructive
            if ($active) { . $state.After $state.Exists $state.Dir ($state.Dir -replace '^.*[\\/]') }
        } finally {
            if ($lacks_WORKON_HOME) { $env:WORKON_HOME = $null }
            $global:LASTEXITCODE = $status
        }
    }
    if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { $leave = $leave.GetNewClosure() }
    ${function:global:deactivate} = $leave
    # What the function is now, so that leaving knows it for ours.
    $state.Leave = ${function:global:deactivate}
}
# What `postactivate` scripts changed of PATH and the prompt belongs to the activation.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -is [hashtable]) {
        $state.NewPath = $env:PATH
        $state.OwnPrompt = $function:prompt
    }
}
Microsoft.PowerShell.Management\Set-Location -LiteralPath '/home/u/it''s'
# The loop is for a `break` in the script, which would end the user's own.
foreach ($_ in 1) { try { . '/home/u/it''s' postactivate } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
& {
    # Not by `&`: on Linux PowerShell expands `*` and `~` in a program's arguments even where they are quoted.
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
    $start.UseShellExecute = $false
    foreach ($word in @('-c', 'cd -- "$1" && shift && exec "$@"', 'sh', '/home/u/it''s', '/home/u/it''s', '/home/u/it''s', '*')) { $start.ArgumentList.Add($word) }
    [System.Diagnostics.Process]::Start($start).WaitForExit()
}
$env:SET = '/home/u/it''s'
$env:SET = $null
$env:PROJECT = '/home/u/it''s'
$env:PROJECT = $null
$env:PATH = '/home/u/it''s'
# One of the user's own stays.
if ($null -eq $function:deactivate) { function global:deactivate { venvsh deactivate @args } }
$env:PATH = $null
if ("$function:deactivate" -like '*venvsh deactivate @args*') { ${function:global:deactivate} = $null }
$env:PATH = '/home/u/it''s'
$env:VENVSH_AUTO = '/home/u/it''s'
$global:venvsh_off = '/home/u/it''s'
$global:venvsh_memory = '/home/u/it''s'
# Who leaves by hand is not taken in again here.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -isnot [hashtable]) { return }
    $state.Left = {
        $global:venvsh_off = if ($env:VENVSH_AUTO) { $env:VENVSH_AUTO } else { "$($PWD.ProviderPath)/." }
        $env:VENVSH_AUTO = $null
    }
}
$env:VENVSH_AUTO = $null
$global:venvsh_off = $null
# Who leaves by hand is not taken in again here.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -isnot [hashtable]) { return }
    $state.Left = {
        $global:venvsh_off = if ($env:VENVSH_AUTO) { $env:VENVSH_AUTO } else { "$($PWD.ProviderPath)/." }
        $env:VENVSH_AUTO = $null
    }
}
} finally {
$env:PROJECT = $null
}
