{% match effect %}
{%- when Effect::Activate(_) %}
{%- when Effect::Leaving { before, after, variables } -%}
# `deactivate` with the user's scripts around it. A closure: only so the blocks, which belong to the user's session, run where `deactivate`
# is called, and what a script sets can be taken back there. A constrained language has none.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -isnot [hashtable]) { return }
    $state.Before = {
{%- for script in before %}
        foreach ($_ in 1) { try { if (& $args[0] {{ script }}) { . {{ script }} pre_deactivate } } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
{%- endfor %}
    }
    $state.After = {
        $VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV = $args[1]
        try {
{%- for script in after %}
            foreach ($_ in 1) { try { if (& $args[0] {{ script }}) { . {{ script }} post_deactivate $args[2] } } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
{%- endfor %}
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
{%- for (name, value) in variables %}
        $lacks_{{ name.bare() }} = $null -eq $env:{{ name.bare() }}
        if ($lacks_{{ name.bare() }}) { $env:{{ name.bare() }} = {{ value }} }
{%- endfor %}
        try {
            if ($active) { . $state.Before $state.Exists }
            & $state.Inner -NonDestructive:$NonDestructive
            if ($active) { . $state.After $state.Exists $state.Dir ($state.Dir -replace '^.*[\\/]') }
        } finally {
{%- for (name, _) in variables %}
            if ($lacks_{{ name.bare() }}) { $env:{{ name.bare() }} = $null }
{%- endfor %}
            $global:LASTEXITCODE = $status
        }
    }
    if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { $leave = $leave.GetNewClosure() }
    ${function:global:deactivate} = $leave
    # What the function is now, so that leaving knows it for ours.
    $state.Leave = ${function:global:deactivate}
}
{%- when Effect::Variables(changes) -%}
# The environment's own variables. `deactivate` restores them.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -isnot [hashtable]) { return }
    $state.OldVariables = @{ {% for name in changes.only_here %}{{ name.bare() }} = $env:{{ name.bare() }}; {% endfor %}}
    $state.NewVariables = @{}
{%- for change in changes.all %}
{%- let name = changes.variables[loop.index0].bare() %}
{%- let entry = changes.entries[loop.index0].bare() %}
{%- match change.how %}
{%- when How::Set(value) %}
    $env:{{ name }} = {{ value }}
{%- when How::Unset %}
    $env:{{ name }} = $null
{%- when How::Prepend(value) %}
    $state.{{ entry }} = {{ value }}
    $env:{{ name }} = if ($env:{{ name }}) { "$($state.{{ entry }}){% if windows %};{% else %}:{% endif %}$env:{{ name }}" } else { $state.{{ entry }} }
{%- when How::Append(value) %}
    $state.{{ entry }} = {{ value }}
    $env:{{ name }} = if ($env:{{ name }}) { "$($env:{{ name }}){% if windows %};{% else %}:{% endif %}$($state.{{ entry }})" } else { $state.{{ entry }} }
{%- endmatch %}
    $state.NewVariables.{{ name }} = $env:{{ name }}
{%- if name.0 == "PATH" %}
    $state.NewPath = $env:PATH
{%- else if name.0 == "PKG_CONFIG_PATH" %}
    $state.NewPkgConfigPath = $env:PKG_CONFIG_PATH
{%- endif %}
{%- endfor %}
    $state.Variables = {
        $state = $args[0]
        # A list that the user has changed loses only our directory.
        $without = { param($now, $entry, $old)
            $found = $false
            $rest = @(foreach ($part in $now -split '{% if windows %};{% else %}:{% endif %}') { if (!$found -and [string]::Equals($part, $entry)) { $found = $true } else { $part } }) -join '{% if windows %};{% else %}:{% endif %}'
            if ($rest -or $null -ne $old) { $rest } else { $null }
        }
{%- for change in changes.all %}
{%- if change.how.is_list() %}
{%- let name = changes.variables[loop.index0].bare() %}
        if ($null -ne $env:{{ name }} -and ![string]::Equals($env:{{ name }}, $state.NewVariables.{{ name }})) { $env:{{ name }} = & $without $env:{{ name }} $state.{{ changes.entries[loop.index0].bare() }} $state.OldVariables.{{ name }} }
{%- endif %}
{%- endfor %}
{%- for name in changes.only_here %}
        if ([string]::Equals($env:{{ name.bare() }}, $state.NewVariables.{{ name.bare() }})) { $env:{{ name.bare() }} = $state.OldVariables.{{ name.bare() }} }
{%- endfor %}
    }
}
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
{%- for (name, value) in left.set %}
    $env:{{ name.bare() }} = {{ value }}
{%- endfor %}
{%- for name in left.unset %}
    $env:{{ name.bare() }} = $null
{%- endfor %}
    # The hook's own, for shells that inherit an environment; not a function of the user's.
    if ($null -ne $function:deactivate -and "$($function:deactivate.Module)" -ceq 'venvsh') { $function:deactivate = $null }
}
{%- when Effect::SourceActivate { script, .. } -%}
. {{ script }}
{%- when Effect::Switch(switch) -%}
$env:PATH = {% match switch.path %}{% when Some(path) %}{{ path }}{% when None %}$null{% endmatch %}
{%- if switch.entered %}
# One of the user's own stays.
if ($null -eq $function:deactivate) { function global:deactivate { venvsh deactivate @args } }
{%- else %}
if ("$function:deactivate" -like '*venvsh deactivate @args*') { ${function:global:deactivate} = $null }
{%- endif %}
{%- when Effect::Cd(dir) -%}
Microsoft.PowerShell.Management\Set-Location -LiteralPath {{ dir }}
{%- when Effect::Source { script, event } -%}
# The loop is for a `break` in the script, which would end the user's own.
foreach ($_ in 1) { try { . {{ script }} {{ event.bare() }} } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
{%- when Effect::Run { program, args, cwd } -%}
& {
    # Not by `&`: on Linux PowerShell expands `*` and `~` in a program's arguments even where they are quoted.
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
    $start.UseShellExecute = $false
    foreach ($word in @('-c', 'cd -- "$1" && shift && exec "$@"', 'sh', {{ cwd }}, {{ program }}{% for arg in args %}, {{ arg }}{% endfor %})) { $start.ArgumentList.Add($word) }
    [System.Diagnostics.Process]::Start($start).WaitForExit()
}
{%- when Effect::Set(name, value) | Effect::Lend(name, value) -%}
$env:{{ name.bare() }} = {{ value }}
{%- when Effect::Unset(name) | Effect::TakeBack(name) -%}
$env:{{ name.bare() }} = $null
{%- when Effect::Follow(followed) -%}
{% if let Some(path) = followed.path %}$env:PATH = {{ path }}
{% endif -%}
$env:VENVSH_AUTO = {% match followed.owner %}{% when Some(owner) %}{{ owner }}{% when None %}$null{% endmatch %}
$global:venvsh_off = {% match followed.off %}{% when Some(off) %}{{ off }}{% when None %}$null{% endmatch %}
{%- if let Some(memory) = followed.memory %}
$global:venvsh_memory = {{ memory }}
{%- endif %}
# Who leaves by hand is not taken in again here.
& {
    $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($state -isnot [hashtable]) { return }
    $state.Left = {
        $global:venvsh_off = if ($env:VENVSH_AUTO) { $env:VENVSH_AUTO } else { "$($PWD.ProviderPath)/." }
        $env:VENVSH_AUTO = $null
    }
}
{%- when Effect::Snippet(_) %}
{%- when Effect::Resume(_) %}
{%- when Effect::Ask(_) %}
{%- when Effect::CallFunction(_) %}
{%- endmatch %}
