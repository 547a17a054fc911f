
    # Follows the directory: one process after a change of directory, and one at the first prompt, which only somebody who types sees.
    $follow = {
        if ($env:VENVSH_NO_AUTO -or $PWD.Provider.Name -ne 'FileSystem') { return }
        if (!(Test-File $program) -and !(Microsoft.PowerShell.Core\Get-Command -Name venvsh -CommandType Application -ErrorAction Ignore)) {
            if (!$script:gone) { $script:gone = $true; [Console]::Error.WriteLine({{ gone }}) }
            return
        }
        $status = $global:LASTEXITCODE
        $known = foreach ($name in 'venvsh_off', 'venvsh_memory') { "$(Microsoft.PowerShell.Utility\Get-Variable -Name $name -Scope Global -ValueOnly -ErrorAction Ignore)" }
        try { Invoke-Venvsh 'auto' $known } catch { $global:Error.RemoveAt(0) } finally { $global:LASTEXITCODE = $status }
    }
    if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
        $users = $function:prompt
        $events = $ExecutionContext.SessionState.InvokeCommand
        $hasEvent = $null -ne $events.PSObject.Properties['LocationChangedAction']
        $handler = $null
        # Windows PowerShell 5.1 has no event: its prompt compares.
        $first = {
            $ok = $?
            if ($hasEvent) {
                Microsoft.PowerShell.Management\Set-Item -LiteralPath function:global:prompt -Value $users -WhatIf:$false -Confirm:$false -Verbose:$false
                $script:handler = [EventHandler[System.Management.Automation.LocationChangedEventArgs]] { & $follow }
                $events.LocationChangedAction = [Delegate]::Combine($events.LocationChangedAction, $handler)
            }
            if ($PWD.ProviderPath -cne $script:here) {
                $script:here = $PWD.ProviderPath
                & $follow
            }
            $next = if ($hasEvent) { $function:prompt } else { $users }
            # The user's prompt reads `$?`.
            if (!$ok) { Microsoft.PowerShell.Utility\Write-Error '' -ErrorAction Ignore }
            & $next
        }
        Microsoft.PowerShell.Management\Set-Item -LiteralPath function:global:prompt -Value $first -WhatIf:$false -Confirm:$false -Verbose:$false
        $first = $function:prompt
        $ExecutionContext.SessionState.Module.OnRemove = {
            if ($handler) { $events.LocationChangedAction = [Delegate]::Remove($events.LocationChangedAction, $handler) }
            if ([object]::ReferenceEquals($function:prompt, $first)) {
                Microsoft.PowerShell.Management\Set-Item -LiteralPath function:global:prompt -Value $users -WhatIf:$false -Confirm:$false -Verbose:$false
            }
        }
    }
