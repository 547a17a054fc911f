
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
            [CompletionResult]::new('mkproject', 'mkproject', [CompletionResultType]::ParameterValue, 'Make an environment and a directory in PROJECT_HOME, and enter both')
            [CompletionResult]::new('workon', 'workon', [CompletionResultType]::ParameterValue, 'Enter an environment; without a name the project''s, or list them')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Leave the environment')
            [CompletionResult]::new('lsvirtualenv', 'lsvirtualenv', [CompletionResultType]::ParameterValue, 'List the environments')
            [CompletionResult]::new('rmvirtualenv', 'rmvirtualenv', [CompletionResultType]::ParameterValue, 'Remove environments')
            [CompletionResult]::new('mktmpenv', 'mktmpenv', [CompletionResultType]::ParameterValue, 'Make an environment that goes away when it is left')
            [CompletionResult]::new('showvirtualenv', 'showvirtualenv', [CompletionResultType]::ParameterValue, 'Show what is known of an environment')
            [CompletionResult]::new('cpvirtualenv', 'cpvirtualenv', [CompletionResultType]::ParameterValue, 'Copy an environment and enter the copy')
            [CompletionResult]::new('mvvirtualenv', 'mvvirtualenv', [CompletionResultType]::ParameterValue, 'Rename an environment')
            [CompletionResult]::new('allvirtualenv', 'allvirtualenv', [CompletionResultType]::ParameterValue, 'Run a command in each environment')
            [CompletionResult]::new('setvirtualenvproject', 'setvirtualenvproject', [CompletionResultType]::ParameterValue, 'Link an environment to a project''s directory')
            [CompletionResult]::new('cdproject', 'cdproject', [CompletionResultType]::ParameterValue, 'Change to the project of the active environment')
            [CompletionResult]::new('cdvirtualenv', 'cdvirtualenv', [CompletionResultType]::ParameterValue, 'Change to the active environment''s directory')
            [CompletionResult]::new('cdsitepackages', 'cdsitepackages', [CompletionResultType]::ParameterValue, 'Change to the active environment''s site-packages')
            [CompletionResult]::new('lssitepackages', 'lssitepackages', [CompletionResultType]::ParameterValue, 'List the active environment''s site-packages')
            [CompletionResult]::new('add2virtualenv', 'add2virtualenv', [CompletionResultType]::ParameterValue, 'Add directories to what the active environment imports from')
            [CompletionResult]::new('toggleglobalsitepackages', 'toggleglobalsitepackages', [CompletionResultType]::ParameterValue, 'Let the active environment see the packages of its base, or no longer')
            [CompletionResult]::new('wipeenv', 'wipeenv', [CompletionResultType]::ParameterValue, 'Remove every package of the active environment but pip')
            [CompletionResult]::new('virtualenvwrapper', 'virtualenvwrapper', [CompletionResultType]::ParameterValue, 'Show the commands and the directories')
            [CompletionResult]::new('hook', 'hook', [CompletionResultType]::ParameterValue, 'Print the code for a shell''s start-up file')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an environment at a path')
            [CompletionResult]::new('activators', 'activators', [CompletionResultType]::ParameterValue, 'Write an environment''s activation scripts anew')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Print the code that enters an environment')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Run a command in an environment')
            [CompletionResult]::new('python', 'python', [CompletionResultType]::ParameterValue, 'List and find interpreters')
            [CompletionResult]::new('allow', 'allow', [CompletionResultType]::ParameterValue, 'Allow a project''s own hook scripts, as they are now')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Take that back')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of venvsh for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('compat', 'compat', [CompletionResultType]::ParameterValue, 'Serve a helper function of virtualenvwrapper')
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Let plugins know of an event')
            [CompletionResult]::new('complete', 'complete', [CompletionResultType]::ParameterValue, 'Answer a shell''s question what may come next')
            break
        }
        'venvsh;mkvirtualenv' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'What the prompt shows instead of the name; `.` for the name of the working directory')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Begin with these packages instead of pip')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Link it to the project in DIR')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Install PKG with pip; may be given several times')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Install what is named in FILE with pip')
            [CompletionResult]::new('--other-option', '--other-option', [CompletionResultType]::ParameterName, 'What [`NewArgs::prepare`] found that is none of our options')
            [CompletionResult]::new('--made', '--made', [CompletionResultType]::ParameterName, 'A function of the user''s has made the environment of that name: go on')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'See the packages of the base Python too')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Without pip')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Empty an environment that is there already')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;mkproject' {
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Fill the directory by the template; may be given several times')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Fill the directory by the template; may be given several times')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'What the prompt shows instead of the name; `.` for the name of the working directory')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Begin with these packages instead of pip')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Link it to the project in DIR')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Install PKG with pip; may be given several times')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Install what is named in FILE with pip')
            [CompletionResult]::new('--other-option', '--other-option', [CompletionResultType]::ParameterName, 'What [`NewArgs::prepare`] found that is none of our options')
            [CompletionResult]::new('--made', '--made', [CompletionResultType]::ParameterName, 'A function of the user''s has made the environment of that name: go on')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Go on if the project''s directory is there already')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Go on if the project''s directory is there already')
            [CompletionResult]::new('--entered', '--entered', [CompletionResultType]::ParameterName, 'The environment is there and active: go on')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'See the packages of the base Python too')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Without pip')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Empty an environment that is there already')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;workon' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Change to its project''s directory')
            [CompletionResult]::new('--cd', '--cd', [CompletionResultType]::ParameterName, 'Change to its project''s directory')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Stay where you are')
            [CompletionResult]::new('--no-cd', '--no-cd', [CompletionResultType]::ParameterName, 'Stay where you are')
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
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Names only')
            [CompletionResult]::new('--brief', '--brief', [CompletionResultType]::ParameterName, 'Names only')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Version, project, and what is wrong; this is the default')
            [CompletionResult]::new('--long', '--long', [CompletionResultType]::ParameterName, 'Version, project, and what is wrong; this is the default')
            [CompletionResult]::new('--size', '--size', [CompletionResultType]::ParameterName, 'Their sizes on disk too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'As JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;rmvirtualenv' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;mktmpenv' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'What the prompt shows instead of the name; `.` for the name of the working directory')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Begin with these packages instead of pip')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Link it to the project in DIR')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Install PKG with pip; may be given several times')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Install what is named in FILE with pip')
            [CompletionResult]::new('--other-option', '--other-option', [CompletionResultType]::ParameterName, 'What [`NewArgs::prepare`] found that is none of our options')
            [CompletionResult]::new('--made', '--made', [CompletionResultType]::ParameterName, 'A function of the user''s has made the environment of that name: go on')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Change to its directory')
            [CompletionResult]::new('--cd', '--cd', [CompletionResultType]::ParameterName, 'Change to its directory')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Stay where you are')
            [CompletionResult]::new('--no-cd', '--no-cd', [CompletionResultType]::ParameterName, 'Stay where you are')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'See the packages of the base Python too')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Without pip')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Empty an environment that is there already')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;showvirtualenv' {
            [CompletionResult]::new('--size', '--size', [CompletionResultType]::ParameterName, 'Its size on disk too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'As JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;cpvirtualenv' {
            [CompletionResult]::new('--made', '--made', [CompletionResultType]::ParameterName, 'A function of the user''s has made the copy: go on')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;mvvirtualenv' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;allvirtualenv' {
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'In N environments at once; each one''s output still comes whole and in order')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'In N environments at once; each one''s output still comes whole and in order')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Go on where it fails')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Go on where it fails')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;setvirtualenvproject' {
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
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'Take the directories out again')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;toggleglobalsitepackages' {
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Do not say what is the case now')
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
            [CompletionResult]::new('--cmd', '--cmd', [CompletionResultType]::ParameterName, 'Put PREFIX before the name of every function')
            [CompletionResult]::new('--no-cmd', '--no-cmd', [CompletionResultType]::ParameterName, 'Define no function but `venvsh`')
            [CompletionResult]::new('--no-completion', '--no-completion', [CompletionResultType]::ParameterName, 'Leave completion out')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;create' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--python', '--python', [CompletionResultType]::ParameterName, 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'What the prompt shows instead of the name; `.` for the name of the working directory')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Begin with these packages instead of pip')
            [CompletionResult]::new('--tcl-library', '--tcl-library', [CompletionResultType]::ParameterName, 'Set `TCL_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--tk-library', '--tk-library', [CompletionResultType]::ParameterName, 'Set `TK_LIBRARY` to DIR while the environment is active')
            [CompletionResult]::new('--system-site-packages', '--system-site-packages', [CompletionResultType]::ParameterName, 'See the packages of the base Python too')
            [CompletionResult]::new('--no-pip', '--no-pip', [CompletionResultType]::ParameterName, 'Without pip')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--always-copy', '--always-copy', [CompletionResultType]::ParameterName, 'Copy the interpreter instead of linking to it')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Empty an environment that is there already')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;activators' {
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Only the script for this shell; may be given several times')
            [CompletionResult]::new('--shell', '--shell', [CompletionResultType]::ParameterName, 'Only the script for this shell; may be given several times')
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
        'venvsh;python' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the interpreters, newest first')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Print where the interpreter is that a request means')
            break
        }
        'venvsh;python;list' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'As JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;python;find' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'As JSON, with all that is known of it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;allow' {
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
        'venvsh;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;compat' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;event' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Only this plugin; may be given several times')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only this plugin; may be given several times')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'venvsh;complete' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
