& {
    $dir = '/home/u/demo/env'
    $name = 'demo'
    # Leave the live environment first, whichever tool made it. Live is what a tool's `deactivate` can undo in this shell: not an
    # inherited variable alone, nor a `deactivate` of the user's or of the hook's.
    if ("$function:deactivate" -like '*_OLD_VIRTUAL_*' -and ($null -ne $env:_OLD_VIRTUAL_PATH -or (Microsoft.PowerShell.Management\Test-Path variable:_OLD_VIRTUAL_PATH))) {
        & $function:deactivate
    }

    $state = @{
        Active = $true
        Dir = $dir
        Bin = "$dir/bin"; PkgConfig = "$dir/lib/pkgconfig"
        Path = $env:PATH; PythonHome = $env:PYTHONHOME; PkgConfigPath = $env:PKG_CONFIG_PATH; TclLibrary = $env:TCL_LIBRARY; TkLibrary = $env:TK_LIBRARY
        VirtualEnv = $env:VIRTUAL_ENV; VirtualEnvPrompt = $env:VIRTUAL_ENV_PROMPT
        Functions = @{ deactivate = $function:deactivate; pydoc = $function:pydoc; _old_virtual_prompt = $function:_old_virtual_prompt }
        Aliases = @(Microsoft.PowerShell.Utility\Get-Alias -Name deactivate, pydoc -Scope Global -ErrorAction Ignore)
        Prompt = $null; OwnPrompt = $null
    }
    $global:_OLD_VIRTUAL_PATH = $env:PATH
    $global:_OLD_VIRTUAL_STATE = $state

    $env:VIRTUAL_ENV = $dir
    $env:VIRTUAL_ENV_PROMPT = $name
    $env:PYTHONHOME = $null
    if ($env:PATH) { $env:PATH = "$dir/bin:$env:PATH" } else { $env:PATH = "$dir/bin" }
    if ($env:PKG_CONFIG_PATH) { $env:PKG_CONFIG_PATH = "$dir/lib/pkgconfig:$env:PKG_CONFIG_PATH" } else { $env:PKG_CONFIG_PATH = "$dir/lib/pkgconfig" }
    $tcl = '/usr/lib/tcl8.6'; $tk = '/usr/lib/tk8.6'
    if ($tcl) { $env:TCL_LIBRARY = $tcl }
    if ($tk) { $env:TK_LIBRARY = $tk }
    $state.NewPath = $env:PATH; $state.NewPkgConfigPath = $env:PKG_CONFIG_PATH; $state.Tcl = $tcl; $state.Tk = $tk

    foreach ($alias in $state.Aliases) {
        Microsoft.PowerShell.Management\Remove-Item "alias:$($alias.Name)" -Force -WhatIf:$false -Confirm:$false -Verbose:$false
    }

    function global:pydoc { & python -m pydoc @args }

    function global:deactivate {
        param([switch]$NonDestructive)
        $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
        if ($null -eq $state) { return }
        # In a scope of its own: what the script sets must not reach the variables of this function.
        try { if ([System.IO.File]::Exists('/home/u/.virtualenvs/predeactivate.ps1')) { & { . '/home/u/.virtualenvs/predeactivate.ps1' pre_deactivate } } }
        catch { Microsoft.PowerShell.Utility\Write-Error -ErrorRecord $_ -ErrorAction Continue }
        $state.Active = $false
        # What the user changed meanwhile stays: then only the one entry that was put in is taken out.
        $without = { param($list, $entry) $found = $false; @(foreach ($part in $list -split ':') { if (!$found -and $part -ceq $entry) { $found = $true } else { $part } }) -join ':' }
        if ($env:PATH -ceq $state.NewPath) { $env:PATH = $state.Path } else { $env:PATH = & $without $env:PATH $state.Bin }
        if ($env:PKG_CONFIG_PATH -ceq $state.NewPkgConfigPath) { $env:PKG_CONFIG_PATH = $state.PkgConfigPath } else { $env:PKG_CONFIG_PATH = & $without $env:PKG_CONFIG_PATH $state.PkgConfig }
        if ($null -eq $env:PYTHONHOME) { $env:PYTHONHOME = $state.PythonHome }
        if ($state.Tcl -and $env:TCL_LIBRARY -ceq $state.Tcl) { $env:TCL_LIBRARY = $state.TclLibrary }
        if ($state.Tk -and $env:TK_LIBRARY -ceq $state.Tk) { $env:TK_LIBRARY = $state.TkLibrary }
        $env:VIRTUAL_ENV = $state.VirtualEnv
        $env:VIRTUAL_ENV_PROMPT = $state.VirtualEnvPrompt
        # A prompt that someone put around ours stays; ours inside it now only passes through.
        if ($null -ne $state.OwnPrompt -and $function:prompt -eq $state.OwnPrompt) { $function:prompt = $state.Prompt }
        Microsoft.PowerShell.Utility\Remove-Variable -Name _OLD_VIRTUAL_PATH, _OLD_VIRTUAL_STATE -Scope Global -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
        $function:pydoc = $state.Functions.pydoc
        if ($null -ne $state.OwnPrompt) { $function:_old_virtual_prompt = $state.Functions._old_virtual_prompt }
        # Local, so it is neither exported nor left behind; the scripts see it.
        $VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV = $state.Dir
        try { if ([System.IO.File]::Exists('/home/u/.virtualenvs/it''s/postdeactivate.ps1')) { & { . '/home/u/.virtualenvs/it''s/postdeactivate.ps1' post_deactivate ([System.IO.Path]::GetFileName($state.Dir)) } } }
        catch { Microsoft.PowerShell.Utility\Write-Error -ErrorRecord $_ -ErrorAction Continue }
        if (!$NonDestructive) {
            $function:deactivate = $state.Functions.deactivate
            foreach ($alias in $state.Aliases) {
                Microsoft.PowerShell.Utility\Set-Alias -Name $alias.Name -Value $alias.Definition -Option $alias.Options -Description $alias.Description -Scope Global -Force -WhatIf:$false -Confirm:$false -Verbose:$false
            }
        }
    }

    if (!$env:VIRTUAL_ENV_DISABLE_PROMPT -and $null -ne $function:prompt -and $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
        $state.Prompt = $function:prompt
        ${function:global:prompt} = {
            $ok = $?
            if ($state.Active -and $env:VIRTUAL_ENV -ceq $state.Dir) {
                Microsoft.PowerShell.Utility\Write-Host "($($env:VIRTUAL_ENV_PROMPT -replace '\p{Cc}', ' ')) " -NoNewline
                if (!$ok) { Microsoft.PowerShell.Utility\Write-Error '' -ErrorAction Ignore }
            }
            & $state.Prompt
        }.GetNewClosure()
        $state.OwnPrompt = $function:prompt
        ${function:global:_old_virtual_prompt} = $state.Prompt    # where other tools' scripts look for it
    }
}

