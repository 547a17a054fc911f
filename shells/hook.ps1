# venvsh, protocol {{ protocol }}. In $PROFILE:   venvsh hook powershell | Out-String | Invoke-Expression
{% if !prompt %}$env:{{ no_prompt.bare() }} = '1'
{% endif %}if ($function:venvsh) { Microsoft.PowerShell.Core\Remove-Module -Name venvsh -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false }
# The user's own by these names are told, because they do not come back.
if ($alias:venvsh -or $function:venvsh{% for (function, _) in commands %} -or $alias:{{ function }} -or $function:{{ function }}{% endfor %}) {
    & {
        foreach ($name in 'venvsh'{% for (function, _) in commands %}, '{{ function }}'{% endfor %}) {
            foreach ($kind in 'alias', 'function') {
                if (!(Microsoft.PowerShell.Management\Test-Path -LiteralPath "${kind}:$name")) { continue }
                $told = "venvsh: the command $name takes the place of your $kind $name"
                if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { [Console]::Error.WriteLine($told) } else { Microsoft.PowerShell.Utility\Write-Warning $told }
            }
        }
    }
}
# An alias would win over the function of the same name.
if ($alias:venvsh{% for (function, _) in commands %} -or $alias:{{ function }}{% endfor %}) {
    Microsoft.PowerShell.Management\Remove-Item -Path 'alias:venvsh'{% for (function, _) in commands %}, 'alias:{{ function }}'{% endfor %} -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
}
# The blocks in front belong to the user's session: the module dots them, and they run where the command was called.
Microsoft.PowerShell.Core\New-Module -Name venvsh -Verbose:$false -ArgumentList { . ([scriptblock]::Create($args[0])) }, { Microsoft.PowerShell.Utility\Invoke-Expression $args[0] }, { $ErrorActionPreference } -ScriptBlock {
    param($runBlock, $runText, $preference)
    $program = {{ program }}
    $shared = ({{ emit_dir }} + "/$PID")

    # The words as they were typed: `3.10`, `-p=3.12`, `--` and the options of other programs come through. PowerShell's own parser reads the
    # call once more; values of variables and other expressions are those that the function got. The items of a list stand between U+001E.
    $item = [string][char]30
    function Read-Words {
        param($Given, $Call, [bool]$Full)
        $plain = $true
        foreach ($one in $Given) { if ($one -isnot [string] -or $one -match '^[-.~]') { $plain = $false; break } }
        if ($plain) { return $Given }
        $words = @()
        $at = -1
        if ($Full) {
            $text = if ($Call.Statement) { $Call.Statement } else { "$($Call.Line)".Substring([Math]::Max(0, $Call.OffsetInLine - 1)) }
            $found = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$null).Find({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $false)
            $end = -1
            foreach ($element in $found.CommandElements) {
                if ($at -lt 0) { $at = 0; continue }
                $count = 1
                $kind = $element.GetType().Name
                if ($kind -eq 'StringConstantExpressionAst') {
                    $word = $element.Value
                    if ($element.StringConstantType -eq 'BareWord' -and $word -match '^~($|/)') { $word = $HOME + $word.Substring(1) }
                } elseif ($kind -eq 'ConstantExpressionAst') {
                    $word = $element.Extent.Text
                } elseif ($kind -eq 'CommandParameterAst' -and ($null -eq $element.Argument -or $element.Argument -is [System.Management.Automation.Language.ConstantExpressionAst])) {
                    $word = $element.Extent.Text
                    if ($element.Argument) { $count = 2 } elseif ($word -ceq '--' -and "$($Given[$at])" -cne '--') { $count = 0 }
                } elseif ($kind -eq 'CommandParameterAst') {
                    $word = "$($Given[$at])" + (@($Given[$at + 1]) -join $item)
                    $count = 2
                } elseif ($kind -eq 'ArrayLiteralAst') {
                    $value = $Given[$at]
                    $which = -1
                    $word = @(foreach ($one in $element.Elements) {
                        $which++
                        if ($one -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $one.Value }
                        elseif ($one -is [System.Management.Automation.Language.ConstantExpressionAst]) { $one.Extent.Text }
                        else { $value[$which] }
                    }) -join $item
                } elseif ($kind -eq 'VariableExpressionAst' -and $element.Splatted) {
                    $at = -1
                    break
                } else {
                    $word = @($Given[$at]) -join $item
                }
                # `-p=3.12` is a parameter and a number with nothing between them.
                if ($element.Extent.StartOffset -eq $end) { $words[-1] += $word } elseif ($null -ne $Given[$at] -or !$count) { $words += $word }
                $end = if ($kind -eq 'CommandParameterAst') { $element.Extent.EndOffset } else { -1 }
                $at += $count
            }
        }
        if ($at -eq @($Given).Count) { return $words }
        # Splatted, called without a text, or a constrained language: the values as they are.
        foreach ($one in $Given) { @($one) -join $item }
    }

    # .NET is ten times as fast as the cmdlets; a constrained session has the cmdlets only.
    function Test-File {
        param([string]$Path)
        if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') { [System.IO.File]::Exists($Path) } else { $Path -and (Microsoft.PowerShell.Management\Test-Path -LiteralPath $Path) }
    }

    $failure = { Set-Failure }
    function Set-Failure {
        [CmdletBinding()]
        param()
        $PSCmdlet.InvokeCommand.HasErrors = $true
    }

    # Runs the program, then what it wants changed, in the scope that called the command.
    function Invoke-Venvsh {
        param([string]$Verb, $Given, $Call, $Piped)
        $PSNativeCommandUseErrorActionPreference = $false
        $script:failed = $script:message = $null
        $script:action = 'Continue'
        $full = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'
        $script:stop = (. $preference) -eq 'Stop'
        $words = @(if ($Verb -ne 'venvsh') { $Verb{% if let Some(prefix) = prefix %} -creplace '^{{ prefix.bare() }}', ''{% endif %} }; Read-Words $Given $Call $full) -join [char]31
        if ($words -notmatch '^(run|allvirtualenv)(\x1f|$)' -and $words -match '\x1f-(?:ErrorAction|EA)(?::|\x1f)(\w+)') { $script:stop = $Matches[1] -eq 'Stop'; $words = $words.Replace($Matches[0], '') }
        # A directory of this call alone, that nobody else can enter; where .NET has none, the program's own.
        $dir = $null
        $plan = $shared
        if ($full -and [System.IO.Directory].GetMethod('CreateTempSubdirectory')) {
            $plan = ''
            try { $dir = [System.IO.Directory]::CreateTempSubdirectory('venvsh-').FullName; $plan = "$dir/plan" } catch { $global:Error.RemoveAt(0) }
        }
        $status = 127
        $code = $null
        if (!(Test-File $program)) {
            foreach ($other in Microsoft.PowerShell.Core\Get-Command -Name venvsh -CommandType Application -ErrorAction Ignore) { $script:program = $other.Source; break }
        }
        $env:VENVSH_HOOK = {{ channel }}
        $env:VENVSH_EMIT = $plan
        $env:VENVSH_WORDS = $words
        try {
            if ($Call.ExpectingInput) { $Piped | & $program } else { & $program }
            $status = $global:LASTEXITCODE
            if (Test-File $plan) { $code = if ($full) { [System.IO.File]::ReadAllText($plan) } else { Microsoft.PowerShell.Management\Get-Content -LiteralPath $plan -Raw -Encoding utf8 } }
        } catch [System.Management.Automation.CommandNotFoundException], [System.Management.Automation.ApplicationFailedException] {
            $script:message = "cannot start $program"
        } finally {
            $env:VENVSH_HOOK = $null; $env:VENVSH_EMIT = $null; $env:VENVSH_WORDS = $null
            if ($dir) { [System.IO.Directory]::Delete($dir, $true) }
            elseif (Test-File $plan) { Microsoft.PowerShell.Management\Remove-Item -LiteralPath $plan -WhatIf:$false -Confirm:$false }
        }
        # What stops the plan fails the command.
        try { if ($code -and $full) { . $runBlock $code } elseif ($code) { . $runText $code } }
        catch { if ($status -eq 0) { $status = 1 }; $script:message = $_.Exception.Message }
        $global:LASTEXITCODE = $status
        if ($status -ne 0) {
            # The program has said what went wrong; this is for try and catch, $? and &&. The command itself does it: its place is the user's.
            if ($stop) { $script:action = 'Stop'; if (!$message) { $script:message = "exit status $status" } }
            if ($full) { $script:failed = $failure.GetSteppablePipeline() }
        }
    }

    $commands = @('venvsh'{% for (function, _) in commands %}, '{{ function }}'{% endfor %})
    $command = {
        Invoke-Venvsh $MyInvocation.MyCommand.Name $args $MyInvocation $input
        if ($message) { Microsoft.PowerShell.Utility\Write-Error $message -ErrorId venvsh -CategoryActivity $MyInvocation.MyCommand.Name -ErrorAction $action }
        # What a steppable pipeline fails, its caller fails: a function that takes its words as they are has no other way.
        if ($failed) { $failed.Begin($false); $failed.End() }
    }
    foreach ($name in $commands) { Microsoft.PowerShell.Management\Set-Item -LiteralPath "function:$name" -Value $command -WhatIf:$false -Confirm:$false -Verbose:$false }
    # A shell that inherited an environment: what it lacks is the function that leaves it. The program's answer removes it.
    if ($env:VIRTUAL_ENV -and $null -eq $function:deactivate) {
        Microsoft.PowerShell.Management\Set-Item -LiteralPath function:deactivate -Value $command -WhatIf:$false -Confirm:$false -Verbose:$false
        Microsoft.PowerShell.Core\Export-ModuleMember -Function deactivate -Verbose:$false
    }
{%- if completion %}

    if (!$env:VENVSH_NO_COMPLETION) {
        Microsoft.PowerShell.Core\Register-ArgumentCompleter -Native -CommandName $commands -ScriptBlock {
            param($word, $line, $cursor)
            $status = $global:LASTEXITCODE
            $words = @(foreach ($element in $line.CommandElements) {
                if ($element.Extent.StartOffset -lt $cursor) {
                    if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value }
                    else { $element.Extent.Text }
                }
            })
            if ($word -eq '') { $words += '' }
            if ($words[-1] -match '^~/') { $words[-1] = $HOME + $words[-1].Substring(1) }
            if (!(Test-File $program)) { return }
            $env:VENVSH_HOOK = {{ channel }}
            $env:VENVSH_WORDS = @('complete'; 'powershell'; '-'; '--'; $words) -join [char]31
            try { $found = @(& $program) }
            finally { $env:VENVSH_HOOK = $null; $env:VENVSH_WORDS = $null; $global:LASTEXITCODE = $status }
            foreach ($one in $found) {
                $value, $about = $one -split "`t", 2
                if (!$about) { $about = $value }
                $text = $value
                if ($value -notmatch '^[\w./:=+-]+$') { $text = "'" + ($value -replace "(['\u2018\u2019\u201a\u201b])", '$1$1') + "'" }
                [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
            }
        }
    }
{%- endif %}
{%- if follows %}
{% include "auto.ps1" %}
{%- endif %}
    Microsoft.PowerShell.Core\Export-ModuleMember -Function $commands -Verbose:$false
} | Microsoft.PowerShell.Core\Import-Module -Global -DisableNameChecking -Verbose:$false
# The script for PowerShell in the place of `initialize`, which sees where things are, in the scope of this text.
& {
    $found = @{ Given = @() }
    $directory = $env:WORKON_HOME
    if (!$directory) { $directory = "$HOME/.virtualenvs" }
    $values = @{ WORKON_HOME = $directory; VIRTUALENVWRAPPER_PROJECT_FILENAME = '.project' }
    if ($env:VIRTUALENVWRAPPER_HOOK_DIR) { $directory = $env:VIRTUALENVWRAPPER_HOOK_DIR }
    $values.VIRTUALENVWRAPPER_HOOK_DIR = $directory
    $found.Script = "$directory/initialize.ps1"
    if (!(Microsoft.PowerShell.Management\Test-Path -LiteralPath $found.Script -PathType Leaf)) { return }
    foreach ($name in $values.Keys) {
        if (Microsoft.PowerShell.Management\Test-Path -LiteralPath "env:$name") { continue }
        Microsoft.PowerShell.Management\Set-Item -LiteralPath "env:$name" -Value $values[$name] -WhatIf:$false -Confirm:$false -Verbose:$false
        $found.Given += $name
    }
    $found
} | Microsoft.PowerShell.Core\ForEach-Object {
    $venvsh_found = $_
    # The loop is for a `break` in the script, which would end the user's own.
    foreach ($_ in 1) { try { . $venvsh_found.Script initialize } catch { Microsoft.PowerShell.Utility\Write-Error -Message "$_" -CategoryActivity "$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)" -ErrorAction Continue } }
    foreach ($_ in $venvsh_found.Given) { Microsoft.PowerShell.Management\Remove-Item -LiteralPath "env:$_" -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false }
    Microsoft.PowerShell.Utility\Remove-Variable -Name venvsh_found -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
}

