
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'venvsh' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'venvsh'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'venvsh' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('mkvirtualenv', 'mkvirtualenv', [CompletionResultType]::ParameterValue, 'Make an environment in WORKON_HOME and enter it')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Make an environment in WORKON_HOME and enter it')
            [CompletionResult]::new('mkproject', 'mkproject', [CompletionResultType]::ParameterValue, 'Make an environment and a directory in PROJECT_HOME, and enter both')
            [CompletionResult]::new('workon', 'workon', [CompletionResultType]::ParameterValue, 'Enter an environment; without a name, list all')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Leave the environment')
            [CompletionResult]::new('lsvirtualenv', 'lsvirtualenv', [CompletionResultType]::ParameterValue, 'List the environments')
            [CompletionResult]::new('ls', 'ls', [CompletionResultType]::ParameterValue, 'List the environments')
            [CompletionResult]::new('rmvirtualenv', 'rmvirtualenv', [CompletionResultType]::ParameterValue, 'Remove environments')
            [CompletionResult]::new('rm', 'rm', [CompletionResultType]::ParameterValue, 'Remove environments')
            [CompletionResult]::new('mktmpenv', 'mktmpenv', [CompletionResultType]::ParameterValue, 'Make an environment that `deactivate` deletes')
            [CompletionResult]::new('showvirtualenv', 'showvirtualenv', [CompletionResultType]::ParameterValue, 'Show details of an environment')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show details of an environment')
            [CompletionResult]::new('cpvirtualenv', 'cpvirtualenv', [CompletionResultType]::ParameterValue, 'Copy an environment and enter the copy')
            [CompletionResult]::new('cp', 'cp', [CompletionResultType]::ParameterValue, 'Copy an environment and enter the copy')
            [CompletionResult]::new('mvvirtualenv', 'mvvirtualenv', [CompletionResultType]::ParameterValue, 'Rename an environment')
            [CompletionResult]::new('mv', 'mv', [CompletionResultType]::ParameterValue, 'Rename an environment')
            [CompletionResult]::new('allvirtualenv', 'allvirtualenv', [CompletionResultType]::ParameterValue, 'Run a command in each environment')
            [CompletionResult]::new('setvirtualenvproject', 'setvirtualenvproject', [CompletionResultType]::ParameterValue, 'Link an environment to a project''s directory')
            [CompletionResult]::new('cdproject', 'cdproject', [CompletionResultType]::ParameterValue, 'Change to the project of the active environment')
            [CompletionResult]::new('cdvirtualenv', 'cdvirtualenv', [CompletionResultType]::ParameterValue, 'Change to the active environment''s directory')
            [CompletionResult]::new('cdsitepackages', 'cdsitepackages', [CompletionResultType]::ParameterValue, 'Change to the active environment''s site-packages')
            [CompletionResult]::new('lssitepackages', 'lssitepackages', [CompletionResultType]::ParameterValue, 'List the active environment''s site-packages')
            [CompletionResult]::new('add2virtualenv', 'add2virtualenv', [CompletionResultType]::ParameterValue, 'Add directories to the active environment''s import path')
            [CompletionResult]::new('toggleglobalsitepackages', 'toggleglobalsitepackages', [CompletionResultType]::ParameterValue, 'Turn access to the base Python''s site-packages on or off')
            [CompletionResult]::new('wipeenv', 'wipeenv', [CompletionResultType]::ParameterValue, 'Remove all packages but pip, setuptools and wheel')
            [CompletionResult]::new('virtualenvwrapper', 'virtualenvwrapper', [CompletionResultType]::ParameterValue, 'Show the commands and the directories')
            [CompletionResult]::new('hook', 'hook', [CompletionResultType]::ParameterValue, 'Print the code for a shell''s start-up file')
            [CompletionResult]::new('setup', 'setup', [CompletionResultType]::ParameterValue, 'Show or write the line for a shell''s start-up file')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Remove the line that `setup` wrote, delete the caches, and say what remains')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an environment at a path')
            [CompletionResult]::new('activators', 'activators', [CompletionResultType]::ParameterValue, 'Rewrite an environment''s activation scripts')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Print the code that enters an environment')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Run a command in an environment')
            [CompletionResult]::new('shell', 'shell', [CompletionResultType]::ParameterValue, 'Start a child shell in an environment')
            [CompletionResult]::new('vars', 'vars', [CompletionResultType]::ParameterValue, 'Show or change the variables that an environment sets')
            [CompletionResult]::new('python', 'python', [CompletionResultType]::ParameterValue, 'List and find interpreters')
            [CompletionResult]::new('repair', 'repair', [CompletionResultType]::ParameterValue, 'Repair environments whose Python was upgraded or is gone, or whose directory was moved')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say which Python runs and where its modules come from')
            [CompletionResult]::new('allow', 'allow', [CompletionResultType]::ParameterValue, 'Allow a project''s hook scripts, as they are now, and its environment')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Withdraw `allow`')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of venvsh for a shell')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Show or delete the caches')
            [CompletionResult]::new('gc', 'gc', [CompletionResultType]::ParameterValue, 'Find unused environments and caches, and delete them on request')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Show the commands, or the help of one')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check the set-up and say how to fix it')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            break
        }
        'venvsh;mkvirtualenv' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'Text for the prompt instead of the name; `.` means the name of the working directory')
            [CompletionResult]::new('--parent', '--parent', [CompletionResultType]::ParameterName, 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Install PKG instead of pip, as in ''pip>=24''; may be repeated')
            [CompletionResult]::new('--pip', '--pip', [CompletionResultType]::ParameterName, 'Install this version of pip; 23.0 means any 23.0.x')
            [CompletionResult]::new('--setuptools', '--setuptools', [CompletionResultType]::ParameterName, 'Install this version of setuptools')
            [CompletionResult]::new('--wheel', '--wheel', [CompletionResultType]::ParameterName, 'Install this version of wheel')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Link the environment to the project in DIR')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Install PKG with pip; may be repeated')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Install the requirements in FILE with pip')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'Give access to the base Python''s site-packages')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Do not install pip')
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Let pip download the newest versions instead of using wheels on this machine')
            [CompletionResult]::new('--no-setuptools', '--no-setuptools', [CompletionResultType]::ParameterName, 'Do not install setuptools')
            [CompletionResult]::new('--no-wheel', '--no-wheel', [CompletionResultType]::ParameterName, 'Do not install wheel')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--classic', '--classic', [CompletionResultType]::ParameterName, 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10')
            [CompletionResult]::new('--relocatable', '--relocatable', [CompletionResultType]::ParameterName, 'Write scripts that find the environment by their own place, so that its directory can be moved and copied')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Replace an existing environment, and delete its packages')
            [CompletionResult]::new('--without-scm-ignore-files', '--without-scm-ignore-files', [CompletionResultType]::ParameterName, 'Write no .gitignore into the environment')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--upgrade-deps', '--upgrade-deps', [CompletionResultType]::ParameterName, 'Upgrade pip from the network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;new' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'Text for the prompt instead of the name; `.` means the name of the working directory')
            [CompletionResult]::new('--parent', '--parent', [CompletionResultType]::ParameterName, 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Install PKG instead of pip, as in ''pip>=24''; may be repeated')
            [CompletionResult]::new('--pip', '--pip', [CompletionResultType]::ParameterName, 'Install this version of pip; 23.0 means any 23.0.x')
            [CompletionResult]::new('--setuptools', '--setuptools', [CompletionResultType]::ParameterName, 'Install this version of setuptools')
            [CompletionResult]::new('--wheel', '--wheel', [CompletionResultType]::ParameterName, 'Install this version of wheel')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Link the environment to the project in DIR')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Install PKG with pip; may be repeated')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Install the requirements in FILE with pip')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'Give access to the base Python''s site-packages')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Do not install pip')
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Let pip download the newest versions instead of using wheels on this machine')
            [CompletionResult]::new('--no-setuptools', '--no-setuptools', [CompletionResultType]::ParameterName, 'Do not install setuptools')
            [CompletionResult]::new('--no-wheel', '--no-wheel', [CompletionResultType]::ParameterName, 'Do not install wheel')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--classic', '--classic', [CompletionResultType]::ParameterName, 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10')
            [CompletionResult]::new('--relocatable', '--relocatable', [CompletionResultType]::ParameterName, 'Write scripts that find the environment by their own place, so that its directory can be moved and copied')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Replace an existing environment, and delete its packages')
            [CompletionResult]::new('--without-scm-ignore-files', '--without-scm-ignore-files', [CompletionResultType]::ParameterName, 'Write no .gitignore into the environment')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--upgrade-deps', '--upgrade-deps', [CompletionResultType]::ParameterName, 'Upgrade pip from the network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;mkproject' {
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Apply template NAME; may be repeated')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Apply template NAME; may be repeated')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'Text for the prompt instead of the name; `.` means the name of the working directory')
            [CompletionResult]::new('--parent', '--parent', [CompletionResultType]::ParameterName, 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Install PKG instead of pip, as in ''pip>=24''; may be repeated')
            [CompletionResult]::new('--pip', '--pip', [CompletionResultType]::ParameterName, 'Install this version of pip; 23.0 means any 23.0.x')
            [CompletionResult]::new('--setuptools', '--setuptools', [CompletionResultType]::ParameterName, 'Install this version of setuptools')
            [CompletionResult]::new('--wheel', '--wheel', [CompletionResultType]::ParameterName, 'Install this version of wheel')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Link the environment to the project in DIR')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Install PKG with pip; may be repeated')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Install the requirements in FILE with pip')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Use an existing directory')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Use an existing directory')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'Give access to the base Python''s site-packages')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Do not install pip')
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Let pip download the newest versions instead of using wheels on this machine')
            [CompletionResult]::new('--no-setuptools', '--no-setuptools', [CompletionResultType]::ParameterName, 'Do not install setuptools')
            [CompletionResult]::new('--no-wheel', '--no-wheel', [CompletionResultType]::ParameterName, 'Do not install wheel')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--classic', '--classic', [CompletionResultType]::ParameterName, 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10')
            [CompletionResult]::new('--relocatable', '--relocatable', [CompletionResultType]::ParameterName, 'Write scripts that find the environment by their own place, so that its directory can be moved and copied')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Replace an existing environment, and delete its packages')
            [CompletionResult]::new('--without-scm-ignore-files', '--without-scm-ignore-files', [CompletionResultType]::ParameterName, 'Write no .gitignore into the environment')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--upgrade-deps', '--upgrade-deps', [CompletionResultType]::ParameterName, 'Upgrade pip from the network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;workon' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Change to the project''s directory')
            [CompletionResult]::new('--cd', '--cd', [CompletionResultType]::ParameterName, 'Change to the project''s directory')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do not change the directory')
            [CompletionResult]::new('--no-cd', '--no-cd', [CompletionResultType]::ParameterName, 'Do not change the directory')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List the environments of other tools too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;deactivate' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;lsvirtualenv' {
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List the environments of other tools too, by tool')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'List only names')
            [CompletionResult]::new('--brief', '--brief', [CompletionResultType]::ParameterName, 'List only names')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Also list versions, projects and defects; this is the default')
            [CompletionResult]::new('--long', '--long', [CompletionResultType]::ParameterName, 'Also list versions, projects and defects; this is the default')
            [CompletionResult]::new('--size', '--size', [CompletionResultType]::ParameterName, 'Show sizes on disk')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;ls' {
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List the environments of other tools too, by tool')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'List only names')
            [CompletionResult]::new('--brief', '--brief', [CompletionResultType]::ParameterName, 'List only names')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Also list versions, projects and defects; this is the default')
            [CompletionResult]::new('--long', '--long', [CompletionResultType]::ParameterName, 'Also list versions, projects and defects; this is the default')
            [CompletionResult]::new('--size', '--size', [CompletionResultType]::ParameterName, 'Show sizes on disk')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;rmvirtualenv' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;rm' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;mktmpenv' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'Text for the prompt instead of the name; `.` means the name of the working directory')
            [CompletionResult]::new('--parent', '--parent', [CompletionResultType]::ParameterName, 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Install PKG instead of pip, as in ''pip>=24''; may be repeated')
            [CompletionResult]::new('--pip', '--pip', [CompletionResultType]::ParameterName, 'Install this version of pip; 23.0 means any 23.0.x')
            [CompletionResult]::new('--setuptools', '--setuptools', [CompletionResultType]::ParameterName, 'Install this version of setuptools')
            [CompletionResult]::new('--wheel', '--wheel', [CompletionResultType]::ParameterName, 'Install this version of wheel')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Link the environment to the project in DIR')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Install PKG with pip; may be repeated')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Install the requirements in FILE with pip')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Change to the environment''s directory')
            [CompletionResult]::new('--cd', '--cd', [CompletionResultType]::ParameterName, 'Change to the environment''s directory')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do not change the directory')
            [CompletionResult]::new('--no-cd', '--no-cd', [CompletionResultType]::ParameterName, 'Do not change the directory')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'Give access to the base Python''s site-packages')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Do not install pip')
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Let pip download the newest versions instead of using wheels on this machine')
            [CompletionResult]::new('--no-setuptools', '--no-setuptools', [CompletionResultType]::ParameterName, 'Do not install setuptools')
            [CompletionResult]::new('--no-wheel', '--no-wheel', [CompletionResultType]::ParameterName, 'Do not install wheel')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--classic', '--classic', [CompletionResultType]::ParameterName, 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10')
            [CompletionResult]::new('--relocatable', '--relocatable', [CompletionResultType]::ParameterName, 'Write scripts that find the environment by their own place, so that its directory can be moved and copied')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Replace an existing environment, and delete its packages')
            [CompletionResult]::new('--without-scm-ignore-files', '--without-scm-ignore-files', [CompletionResultType]::ParameterName, 'Write no .gitignore into the environment')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--upgrade-deps', '--upgrade-deps', [CompletionResultType]::ParameterName, 'Upgrade pip from the network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;showvirtualenv' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;show' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cpvirtualenv' {
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cp' {
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Do not print which Python the environment uses')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;mvvirtualenv' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;mv' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;allvirtualenv' {
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Run in N environments at once, and print the output in order')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Run in N environments at once, and print the output in order')
            [CompletionResult]::new('--fail-fast', '--fail-fast', [CompletionResultType]::ParameterName, 'Stop at the first failure')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;setvirtualenvproject' {
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Also make the link `.venv` in the project, where uv, poetry, pdm, pipenv and editors look')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cdproject' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cdvirtualenv' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cdsitepackages' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;lssitepackages' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;add2virtualenv' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'Remove the directories instead of adding them')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;toggleglobalsitepackages' {
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print nothing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;wipeenv' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;virtualenvwrapper' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;hook' {
            [CompletionResult]::new('--cmd', '--cmd', [CompletionResultType]::ParameterName, 'Prefix the names of the functions: `v_` defines `v_workon`')
            [CompletionResult]::new('--auto', '--auto', [CompletionResultType]::ParameterName, 'Enter and leave environments as the directory changes; `--auto` alone means `--auto pwd`')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'For cmd: write a batch file for each command into DIR')
            [CompletionResult]::new('--no-cmd', '--no-cmd', [CompletionResultType]::ParameterName, 'Define only the function `venvsh`')
            [CompletionResult]::new('--no-completion', '--no-completion', [CompletionResultType]::ParameterName, 'Do not set up TAB completion')
            [CompletionResult]::new('--no-prompt', '--no-prompt', [CompletionResultType]::ParameterName, 'Do not draw the name of the active environment before the prompt')
            [CompletionResult]::new('--unload', '--unload', [CompletionResultType]::ParameterName, 'Print the code that takes the hook out of the running shell; give it the options that the hook was loaded with')
            [CompletionResult]::new('--drop-in', '--drop-in', [CompletionResultType]::ParameterName, 'Print a file that takes the place of `virtualenvwrapper.sh`, for bash and zsh')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;setup' {
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write the line into the shell''s start-up file')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Write nothing, only show what --write would change')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Write nothing, only show what --write would change')
            [CompletionResult]::new('--auto', '--auto', [CompletionResultType]::ParameterName, 'With a hook that enters and leaves environments as the directory changes')
            [CompletionResult]::new('--replace-virtualenvwrapper', '--replace-virtualenvwrapper', [CompletionResultType]::ParameterName, 'Turn off the lines of that file that load virtualenvwrapper')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;uninstall' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Delete the batch files of `venvsh hook cmd` in DIR too')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only show what would be changed')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only show what would be changed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;create' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'Text for the prompt instead of the name; `.` means the name of the working directory')
            [CompletionResult]::new('--parent', '--parent', [CompletionResultType]::ParameterName, 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Install PKG instead of pip, as in ''pip>=24''; may be repeated')
            [CompletionResult]::new('--pip', '--pip', [CompletionResultType]::ParameterName, 'Install this version of pip; 23.0 means any 23.0.x')
            [CompletionResult]::new('--setuptools', '--setuptools', [CompletionResultType]::ParameterName, 'Install this version of setuptools')
            [CompletionResult]::new('--wheel', '--wheel', [CompletionResultType]::ParameterName, 'Install this version of wheel')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'Give access to the base Python''s site-packages')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Do not install pip')
            [CompletionResult]::new('--download', '--download', [CompletionResultType]::ParameterName, 'Let pip download the newest versions instead of using wheels on this machine')
            [CompletionResult]::new('--no-setuptools', '--no-setuptools', [CompletionResultType]::ParameterName, 'Do not install setuptools')
            [CompletionResult]::new('--no-wheel', '--no-wheel', [CompletionResultType]::ParameterName, 'Do not install wheel')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--classic', '--classic', [CompletionResultType]::ParameterName, 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10')
            [CompletionResult]::new('--relocatable', '--relocatable', [CompletionResultType]::ParameterName, 'Write scripts that find the environment by their own place, so that its directory can be moved and copied')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Replace an existing environment, and delete its packages')
            [CompletionResult]::new('--without-scm-ignore-files', '--without-scm-ignore-files', [CompletionResultType]::ParameterName, 'Write no .gitignore into the environment')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;activators' {
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Write only the script for this shell; may be repeated')
            [CompletionResult]::new('--shell', '--shell', [CompletionResultType]::ParameterName, 'Write only the script for this shell; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;activate' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;run' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;shell' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;vars' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the variables, without their values')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a variable: NAME VALUE, or NAME=VALUE for each')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Unset variables while the environment is active')
            [CompletionResult]::new('prepend', 'prepend', [CompletionResultType]::ParameterValue, 'Add a directory at the start of a list such as PATH')
            [CompletionResult]::new('append', 'append', [CompletionResultType]::ParameterValue, 'Add a directory at the end of a list such as PATH')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Stop changing a variable')
            break
        }
        'venvsh;vars;list' {
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Print the values too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;vars;set' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;vars;unset' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;vars;prepend' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;vars;append' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;vars;remove' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;python' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the interpreters, newest first')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Print the path of the matching interpreter')
            break
        }
        'venvsh;python;list' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;python;find' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print all details as JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;repair' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, or a path. For another version, the packages are installed again. Without -p, the newest patch release of the same version')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'Python to use: 3.12, python3.12, pypy3, or a path. For another version, the packages are installed again. Without -p, the newest patch release of the same version')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Repair all broken environments in `WORKON_HOME`')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Repair all broken environments in `WORKON_HOME`')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only show what would be done')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only show what would be done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;explain' {
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'Say which environment `workon .` enters in this directory, and why; without DIR, in the working directory')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;allow' {
            [CompletionResult]::new('--below', '--below', [CompletionResultType]::ParameterName, 'Allow the environments of all projects below the directory')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List everything that is allowed or denied')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;deny' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cache' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('dir', 'dir', [CompletionResultType]::ParameterValue, 'Print the directory of the caches')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check the unpacked wheels, and delete damaged ones')
            [CompletionResult]::new('clean', 'clean', [CompletionResultType]::ParameterValue, 'Delete the caches; commands fill them again when they need them')
            break
        }
        'venvsh;cache;dir' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the caches and their sizes as JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cache;verify' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cache;clean' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only show what would be deleted')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only show what would be deleted')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;gc' {
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'Days without use after which an environment is shown')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'Delete these of the environments that are found, and nothing else')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only show what is found')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only show what is found')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Delete all that is found, the environments too')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Delete all that is found, the environments too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;help' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;doctor' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
