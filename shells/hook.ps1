# venvsh, protocol 1. In $PROFILE:   venvsh hook powershell | Out-String | Invoke-Expression
if ($function:venvsh) { Microsoft.PowerShell.Core\Remove-Module -Name venvsh -ErrorAction Ignore -WhatIf:$false -Confirm:$false }
# An alias would win over the function of the same name.
if ($alias:venvsh{% for verb in verbs %} -or $alias:{{ verb.function.bare() }}{% endfor %}) {
    Microsoft.PowerShell.Management\Remove-Item -Path 'alias:venvsh'{% for verb in verbs %}, 'alias:{{ verb.function.bare() }}'{% endfor %} -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false -Verbose:$false
}
Microsoft.PowerShell.Core\New-Module -Name venvsh -ScriptBlock {
    $program = {{ program }}
    $emit = ({{ emit_dir }} + "/$PID")

    # Runs the program, then what it wants changed, in the scope that called the command.
    function Invoke-Venvsh {
        param([System.Management.Automation.PSCmdlet]$Caller, [string]$Verb, [object[]]$Words)
        $PSNativeCommandUseErrorActionPreference = $false
        $env:VENVSH_HOOK = {{ channel }}
        $env:VENVSH_EMIT = $emit
        $env:VENVSH_WORDS = @(if ($Verb) { $Verb }; foreach ($word in $Words) { foreach ($one in $word) { $one } }) -join [char]31
        try { & $program }
        finally { $env:VENVSH_HOOK = $null; $env:VENVSH_EMIT = $null; $env:VENVSH_WORDS = $null }
        $status = $LASTEXITCODE
        $full = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'
        if (Microsoft.PowerShell.Management\Test-Path -LiteralPath $emit) {
            $code = Microsoft.PowerShell.Management\Get-Content -LiteralPath $emit -Raw -Encoding utf8
            Microsoft.PowerShell.Management\Remove-Item -LiteralPath $emit -WhatIf:$false -Confirm:$false
            if ($code -and $full) { $Caller.SessionState.InvokeCommand.InvokeScript($Caller.SessionState, [scriptblock]::Create($code)) }
            elseif ($code) { Microsoft.PowerShell.Utility\Invoke-Expression $code }
        }
        $global:LASTEXITCODE = $status
        if ($status -ne 0 -and $full) {
            # The program has said what went wrong; this is for $?, && and -ErrorAction.
            if ($Caller.GetVariableValue('ErrorActionPreference') -eq 'Stop') { $ErrorActionPreference = 'Stop' } else { $ErrorActionPreference = 'SilentlyContinue' }
            $Caller.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new("$Verb`: exit status $status"), 'venvsh', 0, $null))
        }
    }

    # The first word is the verb; PowerShell has taken a `--` away.
    function venvsh {
        [CmdletBinding(PositionalBinding = $false)]
        param({% for option in program_options %}{% include "option.ps1" %}, {% endfor %}[Parameter(DontShow, ValueFromRemainingArguments)][object[]]${-words})
        $first, $rest = foreach ($word in ${-words}) { $word }
        Invoke-Venvsh $PSCmdlet "$first" @({% for option in program_options %}{% include "value.ps1" %}; {% endfor %}foreach ($word in $rest) { $word })
    }
{%- for verb in verbs %}
    function {{ verb.function.bare() }} {
        [CmdletBinding(PositionalBinding = $false)]
        param({% for option in verb.options %}{% include "option.ps1" %}, {% endfor %}[Parameter(DontShow, ValueFromRemainingArguments)][object[]]${-words})
        Invoke-Venvsh $PSCmdlet {{ verb.verb.bare() }} @({% for option in verb.options %}{% include "value.ps1" %}; {% endfor %}foreach ($word in ${-words}) { $word })
    }
{%- endfor %}
    # A shell that inherited an environment: what it lacks is the function that leaves it. The program's answer removes it.
    if ($env:VIRTUAL_ENV -and $null -eq $function:deactivate) {
        function deactivate {
            [CmdletBinding(PositionalBinding = $false)]
            param()
            Invoke-Venvsh $PSCmdlet deactivate @()
        }
        Microsoft.PowerShell.Core\Export-ModuleMember -Function deactivate
    }
{%- if completion %}

    if (!$env:VENVSH_NO_COMPLETION) {
        Microsoft.PowerShell.Core\Register-ArgumentCompleter -Native -CommandName venvsh{% for verb in verbs %}, {{ verb.function.bare() }}{% endfor %} -ScriptBlock {
            param($word, $line, $cursor)
            $words = @(foreach ($element in $line.CommandElements) {
                if ($element.Extent.StartOffset -lt $cursor) {
                    if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value } else { $element.Extent.Text }
                }
            })
            if ($word -eq '') { $words += '' }
            $env:VENVSH_HOOK = {{ channel }}
            $env:VENVSH_WORDS = @('complete'; 'powershell'; '-'; '--'; $words) -join [char]31
            try { $found = @(& $program) }
            finally { $env:VENVSH_HOOK = $null; $env:VENVSH_WORDS = $null }
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
    Microsoft.PowerShell.Core\Export-ModuleMember -Function venvsh{% for verb in verbs %}, {{ verb.function.bare() }}{% endfor %}
} | Microsoft.PowerShell.Core\Import-Module -Global -DisableNameChecking

