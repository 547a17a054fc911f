if ([System.IO.File]::Exists({{ readme }})) { venvsh rmvirtualenv {{ name }} }
