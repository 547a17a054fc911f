if (!$function:venvsh) { & {{ program }} hook powershell | Microsoft.PowerShell.Utility\Out-String | Microsoft.PowerShell.Utility\Invoke-Expression }
venvsh workon {{ root }}
