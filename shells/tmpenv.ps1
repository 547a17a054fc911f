if (Microsoft.PowerShell.Management\Test-Path -LiteralPath {{ readme }}) { venvsh rmvirtualenv {{ name }} }
