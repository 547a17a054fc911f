{%- if file -%}
# Activates this environment in the running PowerShell:   . path/to/activate.ps1      Leave it with:   deactivate
{% endif -%}
& {
    $dir = {{ virtual_env }}
    $name = {{ prompt }}
    $full = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'
    # `Test-Path` takes `\` for `/`; .NET cannot be called where the language is constrained.
    $exists = { param($path) if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { [System.IO.File]::Exists($path) } else { Microsoft.PowerShell.Management\Test-Path -LiteralPath "Microsoft.PowerShell.Core\FileSystem::$path" } }
{%- if file %}
    if (![string]::Equals($PSScriptRoot, "$dir{% if windows %}\Scripts{% else %}/bin{% endif %}"{% if windows %}, 'OrdinalIgnoreCase'{% endif %}) -and !(& $exists "$dir/pyvenv.cfg")) {
        # The environment was moved: this file's own place decides, if there is an environment around it.
        $own = $PSScriptRoot -replace '[\\/][^\\/]*$'
        # `return`, because `throw` goes on where errors are silenced.
        if (!(& $exists "$own/pyvenv.cfg")) { throw "venvsh: no environment at $dir"; return }
        $dir = $own
    }
{%- endif %}
    # Leave the live environment first, whichever tool made it. Live is what a tool's `deactivate` can undo in this shell: not an
    # inherited VIRTUAL_ENV or _OLD_VIRTUAL_PATH alone, nor a `deactivate` of the user's or of the hook's.
    if ("${function:global:deactivate}" -like '*_OLD_VIRTUAL_*' -and ($null -ne $env:_OLD_VIRTUAL_PATH -or (Microsoft.PowerShell.Management\Test-Path variable:_OLD_VIRTUAL_PATH))) {
        & ${function:global:deactivate}
    }
    # Another tool laid its `deactivate` over ours: what it did not know of is still to be undone.
    $stale = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
    if ($stale -is [hashtable] -and $null -ne $stale['Leave']) { & $stale['Leave'] }

    # What is protected is found before anything changes. A protected prompt or pydoc is left alone.
    $protected = { param($item, $options) foreach ($found in @(Microsoft.PowerShell.Management\Get-Item -LiteralPath $item -ErrorAction Ignore)) { if ("$($found.Options)" -match $options) { $item } } }
    $obstacles = @(& $protected function:deactivate 'ReadOnly|Constant|AllScope'; & $protected alias:deactivate Constant; foreach ($variable in '_OLD_VIRTUAL_PATH', '_OLD_VIRTUAL_STATE', '_OLD_PKG_CONFIG_PATH') { & $protected "variable:$variable" 'ReadOnly|Constant' })
    if ($obstacles) { throw "venvsh: nothing was changed, because this is read-only: $($obstacles -join ' ')"; return }
    $pydoc = !@(& $protected function:pydoc 'ReadOnly|Constant|AllScope'; & $protected alias:pydoc Constant)
    $draw = !({% for name in signs.any %}{% if !loop.first %} -or {% endif %}$env:{{ name.bare() }}{% endfor %}{% for name in signs.named %} -or $env:{{ name.bare() }} -in 'powershell', 'pwsh'{% endfor %}) -and $full -and $null -ne ${function:global:prompt} -and !(& $protected function:prompt 'ReadOnly|Constant|AllScope')

    $tcl = {% match tcl_library %}{% when Some(tcl) %}{{ tcl }}{% when None %}$null{% endmatch %}; $tk = {% match tk_library %}{% when Some(tk) %}{{ tk }}{% when None %}$null{% endmatch %}
    $state = @{
        Active = $true; Exists = $exists
        Dir = $dir; Bin = "$dir{% if windows %}\Scripts{% else %}/bin{% endif %}"; PkgConfig = "$dir{% if windows %}\lib\pkgconfig{% else %}/lib/pkgconfig{% endif %}"; Tcl = $tcl; Tk = $tk
        Path = $env:PATH; PythonHome = $env:PYTHONHOME; PkgConfigPath = $env:PKG_CONFIG_PATH; TclLibrary = $env:TCL_LIBRARY; TkLibrary = $env:TK_LIBRARY
        VirtualEnv = $env:VIRTUAL_ENV; VirtualEnvPrompt = $env:VIRTUAL_ENV_PROMPT
        NewPath = if ($env:PATH) { "$dir{% if windows %}\Scripts{% else %}/bin{% endif %}{% if windows %};{% else %}:{% endif %}$env:PATH" } else { "$dir{% if windows %}\Scripts{% else %}/bin{% endif %}" }
        NewPkgConfigPath = if ($env:PKG_CONFIG_PATH) { "$dir{% if windows %}\lib\pkgconfig{% else %}/lib/pkgconfig{% endif %}{% if windows %};{% else %}:{% endif %}$env:PKG_CONFIG_PATH" } else { "$dir{% if windows %}\lib\pkgconfig{% else %}/lib/pkgconfig{% endif %}" }
        Deactivate = ${function:global:deactivate}; Pydoc = ${function:global:pydoc}; Prompt = ${function:global:prompt}; OldPrompt = ${function:global:_old_virtual_prompt}
        Aliases = @(Microsoft.PowerShell.Utility\Get-Alias -Name @('deactivate'; if ($pydoc) { 'pydoc' }) -Scope Global -ErrorAction Ignore)
        Leave = $null; Variables = $null; Left = $null; OwnPydoc = $null; OwnPrompt = $null; OwnOldPrompt = $null
    }
    foreach ($alias in $state.Aliases) {
        # An alias of all scopes has a copy in each.
        do { Microsoft.PowerShell.Management\Remove-Item "alias:$($alias.Name)" -Force -WhatIf:$false -Confirm:$false -Verbose:$false }
        while ("$($alias.Options)" -match 'AllScope' -and (Microsoft.PowerShell.Management\Test-Path "alias:$($alias.Name)"))
    }

    function global:deactivate {
        param([switch]$NonDestructive)
        $state = Microsoft.PowerShell.Utility\Get-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -ValueOnly -ErrorAction Ignore
        if ($state -isnot [hashtable]) {
            Microsoft.PowerShell.Utility\Write-Error 'venvsh: cannot deactivate: the variable _OLD_VIRTUAL_STATE was removed. Start a new shell.'
            return
        }
        if ($state.Active) {
            $state.Active = $false
            # The environment's own variables, see plan.ps1.
            if ($null -ne $state.Variables) { & $state.Variables $state }
            # What the user changed meanwhile stays: then only the one entry that was put in is taken out.
            $left = { param($now, $new, $old, $entry)
                if ($null -eq $now -or [string]::Equals($now, $old{% if windows %}, 'OrdinalIgnoreCase'{% endif %})) { return $now }
                if ([string]::Equals($now, $new{% if windows %}, 'OrdinalIgnoreCase'{% endif %})) { return $old }
                $found = $false
                $rest = @(foreach ($part in $now -split '{% if windows %};{% else %}:{% endif %}') { if (!$found -and [string]::Equals($part, $entry{% if windows %}, 'OrdinalIgnoreCase'{% endif %})) { $found = $true } else { $part } }) -join '{% if windows %};{% else %}:{% endif %}'
                if ($rest -or $null -ne $old) { $rest } else { $null }
            }
            $env:PATH = & $left $env:PATH $state.NewPath $state.Path $state.Bin
            $env:PKG_CONFIG_PATH = & $left $env:PKG_CONFIG_PATH $state.NewPkgConfigPath $state.PkgConfigPath $state.PkgConfig
            if ($null -eq $env:PYTHONHOME) { $env:PYTHONHOME = $state.PythonHome }
            if ($state.Tcl -and [string]::Equals($env:TCL_LIBRARY, $state.Tcl{% if windows %}, 'OrdinalIgnoreCase'{% endif %})) { $env:TCL_LIBRARY = $state.TclLibrary }
            if ($state.Tk -and [string]::Equals($env:TK_LIBRARY, $state.Tk{% if windows %}, 'OrdinalIgnoreCase'{% endif %})) { $env:TK_LIBRARY = $state.TkLibrary }
            $env:VIRTUAL_ENV = $state.VirtualEnv
            $env:VIRTUAL_ENV_PROMPT = $state.VirtualEnvPrompt
            # A prompt that someone put around ours stays; ours inside it now only passes through.
            if ($null -ne $state.OwnPrompt -and $function:prompt -eq $state.OwnPrompt) { $function:prompt = $state.Prompt }
            # Functions of others by these names stay; other tools take theirs away without asking what was there.
            if ($null -ne $state.OwnPydoc -and ($null -eq $function:pydoc -or $function:pydoc -eq $state.OwnPydoc)) {
                if ($null -eq $state.Pydoc) { $function:pydoc = $null } else { ${function:global:pydoc} = $state.Pydoc }
            }
            if ($null -ne $state.OwnOldPrompt -and ($null -eq $function:_old_virtual_prompt -or $function:_old_virtual_prompt -eq $state.OwnOldPrompt)) {
                if ($null -eq $state.OldPrompt) { $function:_old_virtual_prompt = $null } else { ${function:global:_old_virtual_prompt} = $state.OldPrompt }
            }
            # What a hook that follows the directory remembers, see plan.ps1.
            if ($null -ne $state.Left) { & $state.Left }
            Microsoft.PowerShell.Utility\Remove-Variable -Name _OLD_VIRTUAL_PATH, _OLD_PKG_CONFIG_PATH -Scope Global -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
        }
        if (!$NonDestructive) {
            Microsoft.PowerShell.Utility\Remove-Variable -Name _OLD_VIRTUAL_STATE -Scope Global -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
            if ($null -eq $function:deactivate -or $function:deactivate -eq $state.Leave) {
                if ($null -eq $state.Deactivate) { $function:deactivate = $null } else { ${function:global:deactivate} = $state.Deactivate }
            }
            foreach ($alias in $state.Aliases) {
                $null = Microsoft.PowerShell.Utility\Set-Alias -Name $alias.Name -Value $alias.Definition -Option $alias.Options -Description $alias.Description -Scope Global -Force -WhatIf:$false -Confirm:$false -Verbose:$false
            }
        }
    }
    if ($pydoc) { function global:pydoc { & python -m pydoc @args } }
    if ($full -and $null -ne ${function:global:deactivate}.Module) {
        # Called from a module: without this, the functions would go with it.
        ${function:global:deactivate} = ${function:global:deactivate}.Ast.Body.GetScriptBlock()
        if ($pydoc) { ${function:global:pydoc} = ${function:global:pydoc}.Ast.Body.GetScriptBlock() }
    }
    $state.Leave = ${function:global:deactivate}
    if ($pydoc) { $state.OwnPydoc = ${function:global:pydoc} }

    # The first two by the names that other tools look for. Read-only, so that clearing the session's variables does not take it.
    $global:_OLD_VIRTUAL_PATH = $env:PATH
    $global:_OLD_PKG_CONFIG_PATH = $env:PKG_CONFIG_PATH
    $null = Microsoft.PowerShell.Utility\Set-Variable -Name _OLD_VIRTUAL_STATE -Value $state -Scope Global -Option ReadOnly -Force -WhatIf:$false -Confirm:$false -Verbose:$false

    $env:VIRTUAL_ENV = $dir
    $env:VIRTUAL_ENV_PROMPT = $name
    $env:PYTHONHOME = $null
    $env:PATH = $state.NewPath
    $env:PKG_CONFIG_PATH = $state.NewPkgConfigPath
    if ($tcl) { $env:TCL_LIBRARY = $tcl }
    if ($tk) { $env:TK_LIBRARY = $tk }

    if ($draw) {
        ${function:global:prompt} = {
            $ok = $?
            if ($state.Active -and [string]::Equals($env:VIRTUAL_ENV, $state.Dir{% if windows %}, 'OrdinalIgnoreCase'{% endif %})) {
                Microsoft.PowerShell.Utility\Write-Host "($($env:VIRTUAL_ENV_PROMPT -replace '\p{Cc}', ' ')) " -NoNewline -InformationAction Continue
            }
            # The user's prompt reads `$?`, also when this one only passes through.
            if (!$ok) { Microsoft.PowerShell.Utility\Write-Error '' -ErrorAction Ignore }
            & $state.Prompt
        }.GetNewClosure()
        $state.OwnPrompt = ${function:global:prompt}
        # Where other tools' scripts look for it.
        if (!(& $protected function:_old_virtual_prompt 'ReadOnly|Constant|AllScope')) {
            ${function:global:_old_virtual_prompt} = $state.Prompt
            $state.OwnOldPrompt = ${function:global:_old_virtual_prompt}
        }
    }
}
