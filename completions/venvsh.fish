# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_venvsh_global_optspecs
    string join \n h/help V/version
end

function __fish_venvsh_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_venvsh_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_venvsh_using_subcommand
    set -l cmd (__fish_venvsh_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c venvsh -n "__fish_venvsh_needs_command" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_needs_command" -s V -l version -d 'Print version'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "mkvirtualenv" -d 'Make an environment in WORKON_HOME and enter it'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "new" -d 'Make an environment in WORKON_HOME and enter it'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "mkproject" -d 'Make an environment and a directory in PROJECT_HOME, and enter both'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "workon" -d 'Enter an environment; without a name, list all'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "deactivate" -d 'Leave the environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "lsvirtualenv" -d 'List the environments'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "ls" -d 'List the environments'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "rmvirtualenv" -d 'Remove environments'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "rm" -d 'Remove environments'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "mktmpenv" -d 'Make an environment that `deactivate` deletes'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "showvirtualenv" -d 'Show details of an environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "show" -d 'Show details of an environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "cpvirtualenv" -d 'Copy an environment and enter the copy'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "cp" -d 'Copy an environment and enter the copy'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "mvvirtualenv" -d 'Rename an environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "mv" -d 'Rename an environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "allvirtualenv" -d 'Run a command in each environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "setvirtualenvproject" -d 'Link an environment to a project\'s directory'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "cdproject" -d 'Change to the project of the active environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "cdvirtualenv" -d 'Change to the active environment\'s directory'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "cdsitepackages" -d 'Change to the active environment\'s site-packages'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "lssitepackages" -d 'List the active environment\'s site-packages'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "add2virtualenv" -d 'Add directories to the active environment\'s import path'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "toggleglobalsitepackages" -d 'Turn access to the base Python\'s site-packages on or off'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "wipeenv" -d 'Remove all packages but pip, setuptools and wheel'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "virtualenvwrapper" -d 'Show the commands and the directories'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "hook" -d 'Print the code for a shell\'s start-up file'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "setup" -d 'Show or write the line for a shell\'s start-up file'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "uninstall" -d 'Remove the line that `setup` wrote, delete the caches, and say what remains'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "create" -d 'Make an environment at a path'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "activators" -d 'Rewrite an environment\'s activation scripts'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "activate" -d 'Print the code that enters an environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "run" -d 'Run a command in an environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "shell" -d 'Start a child shell in an environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "vars" -d 'Show or change the variables that an environment sets'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "python" -d 'List and find interpreters'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "repair" -d 'Repair environments whose Python was upgraded or is gone, or whose directory was moved'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "explain" -d 'Say which Python runs and where its modules come from'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "allow" -d 'Allow a project\'s hook scripts, as they are now, and its environment'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "deny" -d 'Withdraw `allow`'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "completions" -d 'Print the completion script of venvsh for a shell'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "cache" -d 'Show or delete the caches'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "gc" -d 'Find unused environments and caches, and delete them on request'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "help" -d 'Show the commands, or the help of one'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "doctor" -d 'Check the set-up and say how to fix it'
complete -c venvsh -n "__fish_venvsh_needs_command" -f -a "man" -d 'Print the manual page'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -s p -l python -d 'Python to use: 3.12, python3.12, pypy3, \'>=3.10\', a path or an environment; repeat it to name alternatives' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l prompt -d 'Text for the prompt instead of the name; `.` means the name of the working directory' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l parent -d 'See the packages of ENV, a name or a directory, after the environment\'s own, and use its Python' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l seed -d 'Install PKG instead of pip, as in \'pip>=24\'; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l pip -d 'Install this version of pip; 23.0 means any 23.0.x' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l setuptools -d 'Install this version of setuptools' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l wheel -d 'Install this version of wheel' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l tcl-library -d 'Set `TCL_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l tk-library -d 'Set `TK_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -s a -d 'Link the environment to the project in DIR' -r -f -a "(__fish_complete_directories)"
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -s i -d 'Install PKG with pip; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -s r -d 'Install the requirements in FILE with pip' -r -F
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l system-site-packages -d 'Give access to the base Python\'s site-packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l no-pip -d 'Do not install pip'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l download -d 'Let pip download the newest versions instead of using wheels on this machine'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l no-setuptools -d 'Do not install setuptools'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l no-wheel -d 'Do not install wheel'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l copies -l always-copy -d 'Copy the interpreter instead of linking to it'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l classic -d 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l relocatable -d 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l clear -d 'Replace an existing environment, and delete its packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l without-scm-ignore-files -d 'Write no .gitignore into the environment'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -s q -l quiet -d 'Do not print which Python the environment uses'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -l upgrade-deps -d 'Upgrade pip from the network'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -s p -l python -d 'Python to use: 3.12, python3.12, pypy3, \'>=3.10\', a path or an environment; repeat it to name alternatives' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l prompt -d 'Text for the prompt instead of the name; `.` means the name of the working directory' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l parent -d 'See the packages of ENV, a name or a directory, after the environment\'s own, and use its Python' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l seed -d 'Install PKG instead of pip, as in \'pip>=24\'; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l pip -d 'Install this version of pip; 23.0 means any 23.0.x' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l setuptools -d 'Install this version of setuptools' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l wheel -d 'Install this version of wheel' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l tcl-library -d 'Set `TCL_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l tk-library -d 'Set `TK_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -s a -d 'Link the environment to the project in DIR' -r -f -a "(__fish_complete_directories)"
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -s i -d 'Install PKG with pip; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -s r -d 'Install the requirements in FILE with pip' -r -F
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l system-site-packages -d 'Give access to the base Python\'s site-packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l no-pip -d 'Do not install pip'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l download -d 'Let pip download the newest versions instead of using wheels on this machine'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l no-setuptools -d 'Do not install setuptools'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l no-wheel -d 'Do not install wheel'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l copies -l always-copy -d 'Copy the interpreter instead of linking to it'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l classic -d 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l relocatable -d 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l clear -d 'Replace an existing environment, and delete its packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l without-scm-ignore-files -d 'Write no .gitignore into the environment'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -s q -l quiet -d 'Do not print which Python the environment uses'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -l upgrade-deps -d 'Upgrade pip from the network'
complete -c venvsh -n "__fish_venvsh_using_subcommand new" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s t -l template -d 'Apply template NAME; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s p -l python -d 'Python to use: 3.12, python3.12, pypy3, \'>=3.10\', a path or an environment; repeat it to name alternatives' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l prompt -d 'Text for the prompt instead of the name; `.` means the name of the working directory' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l parent -d 'See the packages of ENV, a name or a directory, after the environment\'s own, and use its Python' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l seed -d 'Install PKG instead of pip, as in \'pip>=24\'; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l pip -d 'Install this version of pip; 23.0 means any 23.0.x' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l setuptools -d 'Install this version of setuptools' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l wheel -d 'Install this version of wheel' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l tcl-library -d 'Set `TCL_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l tk-library -d 'Set `TK_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s a -d 'Link the environment to the project in DIR' -r -f -a "(__fish_complete_directories)"
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s i -d 'Install PKG with pip; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s r -d 'Install the requirements in FILE with pip' -r -F
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s f -l force -d 'Use an existing directory'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l system-site-packages -d 'Give access to the base Python\'s site-packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l no-pip -d 'Do not install pip'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l download -d 'Let pip download the newest versions instead of using wheels on this machine'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l no-setuptools -d 'Do not install setuptools'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l no-wheel -d 'Do not install wheel'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l copies -l always-copy -d 'Copy the interpreter instead of linking to it'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l classic -d 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l relocatable -d 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l clear -d 'Replace an existing environment, and delete its packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l without-scm-ignore-files -d 'Write no .gitignore into the environment'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s q -l quiet -d 'Do not print which Python the environment uses'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -l upgrade-deps -d 'Upgrade pip from the network'
complete -c venvsh -n "__fish_venvsh_using_subcommand mkproject" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand workon" -s c -l cd -d 'Change to the project\'s directory'
complete -c venvsh -n "__fish_venvsh_using_subcommand workon" -s n -l no-cd -d 'Do not change the directory'
complete -c venvsh -n "__fish_venvsh_using_subcommand workon" -l all -d 'List the environments of other tools too'
complete -c venvsh -n "__fish_venvsh_using_subcommand workon" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand deactivate" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand lsvirtualenv" -l all -d 'List the environments of other tools too, by tool'
complete -c venvsh -n "__fish_venvsh_using_subcommand lsvirtualenv" -s b -l brief -d 'List only names'
complete -c venvsh -n "__fish_venvsh_using_subcommand lsvirtualenv" -s l -l long -d 'Also list versions, projects and defects; this is the default'
complete -c venvsh -n "__fish_venvsh_using_subcommand lsvirtualenv" -l size -d 'Show sizes on disk'
complete -c venvsh -n "__fish_venvsh_using_subcommand lsvirtualenv" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand lsvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand ls" -l all -d 'List the environments of other tools too, by tool'
complete -c venvsh -n "__fish_venvsh_using_subcommand ls" -s b -l brief -d 'List only names'
complete -c venvsh -n "__fish_venvsh_using_subcommand ls" -s l -l long -d 'Also list versions, projects and defects; this is the default'
complete -c venvsh -n "__fish_venvsh_using_subcommand ls" -l size -d 'Show sizes on disk'
complete -c venvsh -n "__fish_venvsh_using_subcommand ls" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand ls" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand rmvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand rm" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s p -l python -d 'Python to use: 3.12, python3.12, pypy3, \'>=3.10\', a path or an environment; repeat it to name alternatives' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l prompt -d 'Text for the prompt instead of the name; `.` means the name of the working directory' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l parent -d 'See the packages of ENV, a name or a directory, after the environment\'s own, and use its Python' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l seed -d 'Install PKG instead of pip, as in \'pip>=24\'; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l pip -d 'Install this version of pip; 23.0 means any 23.0.x' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l setuptools -d 'Install this version of setuptools' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l wheel -d 'Install this version of wheel' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l tcl-library -d 'Set `TCL_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l tk-library -d 'Set `TK_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s a -d 'Link the environment to the project in DIR' -r -f -a "(__fish_complete_directories)"
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s i -d 'Install PKG with pip; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s r -d 'Install the requirements in FILE with pip' -r -F
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s c -l cd -d 'Change to the environment\'s directory'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s n -l no-cd -d 'Do not change the directory'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l system-site-packages -d 'Give access to the base Python\'s site-packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l no-pip -d 'Do not install pip'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l download -d 'Let pip download the newest versions instead of using wheels on this machine'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l no-setuptools -d 'Do not install setuptools'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l no-wheel -d 'Do not install wheel'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l copies -l always-copy -d 'Copy the interpreter instead of linking to it'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l classic -d 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l relocatable -d 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l clear -d 'Replace an existing environment, and delete its packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l without-scm-ignore-files -d 'Write no .gitignore into the environment'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s q -l quiet -d 'Do not print which Python the environment uses'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -l upgrade-deps -d 'Upgrade pip from the network'
complete -c venvsh -n "__fish_venvsh_using_subcommand mktmpenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand showvirtualenv" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand showvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand show" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand show" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cpvirtualenv" -s q -l quiet -d 'Do not print which Python the environment uses'
complete -c venvsh -n "__fish_venvsh_using_subcommand cpvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cp" -s q -l quiet -d 'Do not print which Python the environment uses'
complete -c venvsh -n "__fish_venvsh_using_subcommand cp" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand mvvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand mv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand allvirtualenv" -s j -l jobs -d 'Run in N environments at once, and print the output in order' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand allvirtualenv" -l fail-fast -d 'Stop at the first failure'
complete -c venvsh -n "__fish_venvsh_using_subcommand allvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand setvirtualenvproject" -l link -d 'Also make the link `.venv` in the project, where uv, poetry, pdm, pipenv and editors look'
complete -c venvsh -n "__fish_venvsh_using_subcommand setvirtualenvproject" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cdproject" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cdvirtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cdsitepackages" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand lssitepackages" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand add2virtualenv" -s d -d 'Remove the directories instead of adding them'
complete -c venvsh -n "__fish_venvsh_using_subcommand add2virtualenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand toggleglobalsitepackages" -s q -d 'Print nothing'
complete -c venvsh -n "__fish_venvsh_using_subcommand toggleglobalsitepackages" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand wipeenv" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand virtualenvwrapper" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l cmd -d 'Prefix the names of the functions: `v_` defines `v_workon`' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l auto -d 'Enter and leave environments as the directory changes; `--auto` alone means `--auto pwd`' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l dir -d 'For cmd: write a batch file for each command into DIR' -r -f -a "(__fish_complete_directories)"
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l no-cmd -d 'Define only the function `venvsh`'
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l no-completion -d 'Do not set up TAB completion'
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l no-prompt -d 'Do not draw the name of the active environment before the prompt'
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l unload -d 'Print the code that takes the hook out of the running shell; give it the options that the hook was loaded with'
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -l drop-in -d 'Print a file that takes the place of `virtualenvwrapper.sh`, for bash and zsh'
complete -c venvsh -n "__fish_venvsh_using_subcommand hook" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand setup" -l write -d 'Write the line into the shell\'s start-up file'
complete -c venvsh -n "__fish_venvsh_using_subcommand setup" -s n -l dry-run -d 'Write nothing, only show what --write would change'
complete -c venvsh -n "__fish_venvsh_using_subcommand setup" -l auto -d 'With a hook that enters and leaves environments as the directory changes'
complete -c venvsh -n "__fish_venvsh_using_subcommand setup" -l replace-virtualenvwrapper -d 'Turn off the lines of that file that load virtualenvwrapper'
complete -c venvsh -n "__fish_venvsh_using_subcommand setup" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand uninstall" -l dir -d 'Delete the batch files of `venvsh hook cmd` in DIR too' -r -f -a "(__fish_complete_directories)"
complete -c venvsh -n "__fish_venvsh_using_subcommand uninstall" -s n -l dry-run -d 'Only show what would be changed'
complete -c venvsh -n "__fish_venvsh_using_subcommand uninstall" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -s p -l python -d 'Python to use: 3.12, python3.12, pypy3, \'>=3.10\', a path or an environment; repeat it to name alternatives' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l prompt -d 'Text for the prompt instead of the name; `.` means the name of the working directory' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l parent -d 'See the packages of ENV, a name or a directory, after the environment\'s own, and use its Python' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l seed -d 'Install PKG instead of pip, as in \'pip>=24\'; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l pip -d 'Install this version of pip; 23.0 means any 23.0.x' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l setuptools -d 'Install this version of setuptools' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l wheel -d 'Install this version of wheel' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l tcl-library -d 'Set `TCL_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l tk-library -d 'Set `TK_LIBRARY` to DIR while the environment is active' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l system-site-packages -d 'Give access to the base Python\'s site-packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l no-pip -d 'Do not install pip'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l download -d 'Let pip download the newest versions instead of using wheels on this machine'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l no-setuptools -d 'Do not install setuptools'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l no-wheel -d 'Do not install wheel'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l copies -l always-copy -d 'Copy the interpreter instead of linking to it'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l classic -d 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l relocatable -d 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l clear -d 'Replace an existing environment, and delete its packages'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -l without-scm-ignore-files -d 'Write no .gitignore into the environment'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -s q -l quiet -d 'Show no progress'
complete -c venvsh -n "__fish_venvsh_using_subcommand create" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand activators" -s s -l shell -d 'Write only the script for this shell; may be repeated' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand activators" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand activate" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand run" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand shell" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and not __fish_seen_subcommand_from list set unset prepend append remove" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and not __fish_seen_subcommand_from list set unset prepend append remove" -a "list" -d 'List the variables, without their values'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and not __fish_seen_subcommand_from list set unset prepend append remove" -a "set" -d 'Set a variable: NAME VALUE, or NAME=VALUE for each'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and not __fish_seen_subcommand_from list set unset prepend append remove" -a "unset" -d 'Unset variables while the environment is active'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and not __fish_seen_subcommand_from list set unset prepend append remove" -a "prepend" -d 'Add a directory at the start of a list such as PATH'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and not __fish_seen_subcommand_from list set unset prepend append remove" -a "append" -d 'Add a directory at the end of a list such as PATH'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and not __fish_seen_subcommand_from list set unset prepend append remove" -a "remove" -d 'Stop changing a variable'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from list" -l values -d 'Print the values too'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from prepend" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from append" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand vars; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand python; and not __fish_seen_subcommand_from list find" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand python; and not __fish_seen_subcommand_from list find" -f -a "list" -d 'List the interpreters, newest first'
complete -c venvsh -n "__fish_venvsh_using_subcommand python; and not __fish_seen_subcommand_from list find" -f -a "find" -d 'Print the path of the matching interpreter'
complete -c venvsh -n "__fish_venvsh_using_subcommand python; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand python; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand python; and __fish_seen_subcommand_from find" -l json -d 'Print all details as JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand python; and __fish_seen_subcommand_from find" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand repair" -s p -l python -d 'Python to use: 3.12, python3.12, pypy3, or a path. For another version, the packages are installed again. Without -p, the newest patch release of the same version' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand repair" -s a -l all -d 'Repair all broken environments in `WORKON_HOME`'
complete -c venvsh -n "__fish_venvsh_using_subcommand repair" -s n -l dry-run -d 'Only show what would be done'
complete -c venvsh -n "__fish_venvsh_using_subcommand repair" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand explain" -l project -d 'Say which environment `workon .` enters in this directory, and why; without DIR, in the working directory' -r -f -a "(__fish_complete_directories)"
complete -c venvsh -n "__fish_venvsh_using_subcommand explain" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand explain" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand allow" -l below -d 'Allow the environments of all projects below the directory'
complete -c venvsh -n "__fish_venvsh_using_subcommand allow" -l list -d 'List everything that is allowed or denied'
complete -c venvsh -n "__fish_venvsh_using_subcommand allow" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand deny" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand completions" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and not __fish_seen_subcommand_from dir verify clean" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and not __fish_seen_subcommand_from dir verify clean" -f -a "dir" -d 'Print the directory of the caches'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and not __fish_seen_subcommand_from dir verify clean" -f -a "verify" -d 'Check the unpacked wheels, and delete damaged ones'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and not __fish_seen_subcommand_from dir verify clean" -f -a "clean" -d 'Delete the caches; commands fill them again when they need them'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and __fish_seen_subcommand_from dir" -l json -d 'Print the caches and their sizes as JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and __fish_seen_subcommand_from dir" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and __fish_seen_subcommand_from verify" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and __fish_seen_subcommand_from clean" -s n -l dry-run -d 'Only show what would be deleted'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and __fish_seen_subcommand_from clean" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand cache; and __fish_seen_subcommand_from clean" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand gc" -l days -d 'Days without use after which an environment is shown' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand gc" -l remove -d 'Delete these of the environments that are found, and nothing else' -r
complete -c venvsh -n "__fish_venvsh_using_subcommand gc" -s n -l dry-run -d 'Only show what is found'
complete -c venvsh -n "__fish_venvsh_using_subcommand gc" -s y -l yes -d 'Delete all that is found, the environments too'
complete -c venvsh -n "__fish_venvsh_using_subcommand gc" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand gc" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand help" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand doctor" -l json -d 'Print JSON'
complete -c venvsh -n "__fish_venvsh_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c venvsh -n "__fish_venvsh_using_subcommand man" -s h -l help -d 'Print help'
