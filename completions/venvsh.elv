
use builtin;
use str;

set edit:completion:arg-completer[venvsh] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'venvsh'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'venvsh'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand mkvirtualenv 'Make an environment in WORKON_HOME and enter it'
            cand new 'Make an environment in WORKON_HOME and enter it'
            cand mkproject 'Make an environment and a directory in PROJECT_HOME, and enter both'
            cand workon 'Enter an environment; without a name, list all'
            cand deactivate 'Leave the environment'
            cand lsvirtualenv 'List the environments'
            cand ls 'List the environments'
            cand rmvirtualenv 'Remove environments'
            cand rm 'Remove environments'
            cand mktmpenv 'Make an environment that `deactivate` deletes'
            cand showvirtualenv 'Show details of an environment'
            cand show 'Show details of an environment'
            cand cpvirtualenv 'Copy an environment and enter the copy'
            cand cp 'Copy an environment and enter the copy'
            cand mvvirtualenv 'Rename an environment'
            cand mv 'Rename an environment'
            cand allvirtualenv 'Run a command in each environment'
            cand setvirtualenvproject 'Link an environment to a project''s directory'
            cand cdproject 'Change to the project of the active environment'
            cand cdvirtualenv 'Change to the active environment''s directory'
            cand cdsitepackages 'Change to the active environment''s site-packages'
            cand lssitepackages 'List the active environment''s site-packages'
            cand add2virtualenv 'Add directories to the active environment''s import path'
            cand toggleglobalsitepackages 'Turn access to the base Python''s site-packages on or off'
            cand wipeenv 'Remove all packages but pip, setuptools and wheel'
            cand virtualenvwrapper 'Show the commands and the directories'
            cand hook 'Print the code for a shell''s start-up file'
            cand setup 'Show or write the line for a shell''s start-up file'
            cand uninstall 'Remove the line that `setup` wrote, delete the caches, and say what remains'
            cand create 'Make an environment at a path'
            cand activators 'Rewrite an environment''s activation scripts'
            cand activate 'Print the code that enters an environment'
            cand run 'Run a command in an environment'
            cand shell 'Start a child shell in an environment'
            cand vars 'Show or change the variables that an environment sets'
            cand python 'List and find interpreters'
            cand repair 'Repair environments whose Python was upgraded or is gone, or whose directory was moved'
            cand explain 'Say which Python runs and where its modules come from'
            cand allow 'Allow a project''s hook scripts, as they are now, and its environment'
            cand deny 'Withdraw `allow`'
            cand completions 'Print the completion script of venvsh for a shell'
            cand cache 'Show or delete the caches'
            cand gc 'Find unused environments and caches, and delete them on request'
            cand help 'Show the commands, or the help of one'
            cand doctor 'Check the set-up and say how to fix it'
            cand man 'Print the manual page'
        }
        &'venvsh;mkvirtualenv'= {
            cand -p 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --python 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --prompt 'Text for the prompt instead of the name; `.` means the name of the working directory'
            cand --parent 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python'
            cand --seed 'Install PKG instead of pip, as in ''pip>=24''; may be repeated'
            cand --pip 'Install this version of pip; 23.0 means any 23.0.x'
            cand --setuptools 'Install this version of setuptools'
            cand --wheel 'Install this version of wheel'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand -a 'Link the environment to the project in DIR'
            cand -i 'Install PKG with pip; may be repeated'
            cand -r 'Install the requirements in FILE with pip'
            cand --system-site-packages 'Give access to the base Python''s site-packages'
            cand --no-pip 'Do not install pip'
            cand --download 'Let pip download the newest versions instead of using wheels on this machine'
            cand --no-setuptools 'Do not install setuptools'
            cand --no-wheel 'Do not install wheel'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --classic 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
            cand --relocatable 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
            cand --clear 'Replace an existing environment, and delete its packages'
            cand --without-scm-ignore-files 'Write no .gitignore into the environment'
            cand -q 'Do not print which Python the environment uses'
            cand --quiet 'Do not print which Python the environment uses'
            cand --upgrade-deps 'Upgrade pip from the network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;new'= {
            cand -p 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --python 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --prompt 'Text for the prompt instead of the name; `.` means the name of the working directory'
            cand --parent 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python'
            cand --seed 'Install PKG instead of pip, as in ''pip>=24''; may be repeated'
            cand --pip 'Install this version of pip; 23.0 means any 23.0.x'
            cand --setuptools 'Install this version of setuptools'
            cand --wheel 'Install this version of wheel'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand -a 'Link the environment to the project in DIR'
            cand -i 'Install PKG with pip; may be repeated'
            cand -r 'Install the requirements in FILE with pip'
            cand --system-site-packages 'Give access to the base Python''s site-packages'
            cand --no-pip 'Do not install pip'
            cand --download 'Let pip download the newest versions instead of using wheels on this machine'
            cand --no-setuptools 'Do not install setuptools'
            cand --no-wheel 'Do not install wheel'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --classic 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
            cand --relocatable 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
            cand --clear 'Replace an existing environment, and delete its packages'
            cand --without-scm-ignore-files 'Write no .gitignore into the environment'
            cand -q 'Do not print which Python the environment uses'
            cand --quiet 'Do not print which Python the environment uses'
            cand --upgrade-deps 'Upgrade pip from the network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;mkproject'= {
            cand -t 'Apply template NAME; may be repeated'
            cand --template 'Apply template NAME; may be repeated'
            cand -p 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --python 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --prompt 'Text for the prompt instead of the name; `.` means the name of the working directory'
            cand --parent 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python'
            cand --seed 'Install PKG instead of pip, as in ''pip>=24''; may be repeated'
            cand --pip 'Install this version of pip; 23.0 means any 23.0.x'
            cand --setuptools 'Install this version of setuptools'
            cand --wheel 'Install this version of wheel'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand -a 'Link the environment to the project in DIR'
            cand -i 'Install PKG with pip; may be repeated'
            cand -r 'Install the requirements in FILE with pip'
            cand -f 'Use an existing directory'
            cand --force 'Use an existing directory'
            cand --system-site-packages 'Give access to the base Python''s site-packages'
            cand --no-pip 'Do not install pip'
            cand --download 'Let pip download the newest versions instead of using wheels on this machine'
            cand --no-setuptools 'Do not install setuptools'
            cand --no-wheel 'Do not install wheel'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --classic 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
            cand --relocatable 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
            cand --clear 'Replace an existing environment, and delete its packages'
            cand --without-scm-ignore-files 'Write no .gitignore into the environment'
            cand -q 'Do not print which Python the environment uses'
            cand --quiet 'Do not print which Python the environment uses'
            cand --upgrade-deps 'Upgrade pip from the network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;workon'= {
            cand -c 'Change to the project''s directory'
            cand --cd 'Change to the project''s directory'
            cand -n 'Do not change the directory'
            cand --no-cd 'Do not change the directory'
            cand --all 'List the environments of other tools too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;deactivate'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;lsvirtualenv'= {
            cand --all 'List the environments of other tools too, by tool'
            cand -b 'List only names'
            cand --brief 'List only names'
            cand -l 'Also list versions, projects and defects; this is the default'
            cand --long 'Also list versions, projects and defects; this is the default'
            cand --size 'Show sizes on disk'
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;ls'= {
            cand --all 'List the environments of other tools too, by tool'
            cand -b 'List only names'
            cand --brief 'List only names'
            cand -l 'Also list versions, projects and defects; this is the default'
            cand --long 'Also list versions, projects and defects; this is the default'
            cand --size 'Show sizes on disk'
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;rmvirtualenv'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;rm'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;mktmpenv'= {
            cand -p 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --python 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --prompt 'Text for the prompt instead of the name; `.` means the name of the working directory'
            cand --parent 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python'
            cand --seed 'Install PKG instead of pip, as in ''pip>=24''; may be repeated'
            cand --pip 'Install this version of pip; 23.0 means any 23.0.x'
            cand --setuptools 'Install this version of setuptools'
            cand --wheel 'Install this version of wheel'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand -a 'Link the environment to the project in DIR'
            cand -i 'Install PKG with pip; may be repeated'
            cand -r 'Install the requirements in FILE with pip'
            cand -c 'Change to the environment''s directory'
            cand --cd 'Change to the environment''s directory'
            cand -n 'Do not change the directory'
            cand --no-cd 'Do not change the directory'
            cand --system-site-packages 'Give access to the base Python''s site-packages'
            cand --no-pip 'Do not install pip'
            cand --download 'Let pip download the newest versions instead of using wheels on this machine'
            cand --no-setuptools 'Do not install setuptools'
            cand --no-wheel 'Do not install wheel'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --classic 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
            cand --relocatable 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
            cand --clear 'Replace an existing environment, and delete its packages'
            cand --without-scm-ignore-files 'Write no .gitignore into the environment'
            cand -q 'Do not print which Python the environment uses'
            cand --quiet 'Do not print which Python the environment uses'
            cand --upgrade-deps 'Upgrade pip from the network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;showvirtualenv'= {
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;show'= {
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cpvirtualenv'= {
            cand -q 'Do not print which Python the environment uses'
            cand --quiet 'Do not print which Python the environment uses'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cp'= {
            cand -q 'Do not print which Python the environment uses'
            cand --quiet 'Do not print which Python the environment uses'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;mvvirtualenv'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;mv'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;allvirtualenv'= {
            cand -j 'Run in N environments at once, and print the output in order'
            cand --jobs 'Run in N environments at once, and print the output in order'
            cand --fail-fast 'Stop at the first failure'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;setvirtualenvproject'= {
            cand --link 'Also make the link `.venv` in the project, where uv, poetry, pdm, pipenv and editors look'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cdproject'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cdvirtualenv'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cdsitepackages'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;lssitepackages'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;add2virtualenv'= {
            cand -d 'Remove the directories instead of adding them'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;toggleglobalsitepackages'= {
            cand -q 'Print nothing'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;wipeenv'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;virtualenvwrapper'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;hook'= {
            cand --cmd 'Prefix the names of the functions: `v_` defines `v_workon`'
            cand --auto 'Enter and leave environments as the directory changes; `--auto` alone means `--auto pwd`'
            cand --dir 'For cmd: write a batch file for each command into DIR'
            cand --no-cmd 'Define only the function `venvsh`'
            cand --no-completion 'Do not set up TAB completion'
            cand --no-prompt 'Do not draw the name of the active environment before the prompt'
            cand --unload 'Print the code that takes the hook out of the running shell; give it the options that the hook was loaded with'
            cand --drop-in 'Print a file that takes the place of `virtualenvwrapper.sh`, for bash and zsh'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;setup'= {
            cand --write 'Write the line into the shell''s start-up file'
            cand -n 'Write nothing, only show what --write would change'
            cand --dry-run 'Write nothing, only show what --write would change'
            cand --auto 'With a hook that enters and leaves environments as the directory changes'
            cand --replace-virtualenvwrapper 'Turn off the lines of that file that load virtualenvwrapper'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;uninstall'= {
            cand --dir 'Delete the batch files of `venvsh hook cmd` in DIR too'
            cand -n 'Only show what would be changed'
            cand --dry-run 'Only show what would be changed'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;create'= {
            cand -p 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --python 'Python to use: 3.12, python3.12, pypy3, ''>=3.10'', a path or an environment; repeat it to name alternatives'
            cand --prompt 'Text for the prompt instead of the name; `.` means the name of the working directory'
            cand --parent 'See the packages of ENV, a name or a directory, after the environment''s own, and use its Python'
            cand --seed 'Install PKG instead of pip, as in ''pip>=24''; may be repeated'
            cand --pip 'Install this version of pip; 23.0 means any 23.0.x'
            cand --setuptools 'Install this version of setuptools'
            cand --wheel 'Install this version of wheel'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand --system-site-packages 'Give access to the base Python''s site-packages'
            cand --no-pip 'Do not install pip'
            cand --download 'Let pip download the newest versions instead of using wheels on this machine'
            cand --no-setuptools 'Do not install setuptools'
            cand --no-wheel 'Do not install wheel'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --classic 'Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10'
            cand --relocatable 'Write scripts that find the environment by their own place, so that its directory can be moved and copied'
            cand --clear 'Replace an existing environment, and delete its packages'
            cand --without-scm-ignore-files 'Write no .gitignore into the environment'
            cand -q 'Show no progress'
            cand --quiet 'Show no progress'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;activators'= {
            cand -s 'Write only the script for this shell; may be repeated'
            cand --shell 'Write only the script for this shell; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;activate'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;run'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;shell'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;vars'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the variables, without their values'
            cand set 'Set a variable: NAME VALUE, or NAME=VALUE for each'
            cand unset 'Unset variables while the environment is active'
            cand prepend 'Add a directory at the start of a list such as PATH'
            cand append 'Add a directory at the end of a list such as PATH'
            cand remove 'Stop changing a variable'
        }
        &'venvsh;vars;list'= {
            cand --values 'Print the values too'
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;vars;set'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;vars;unset'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;vars;prepend'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;vars;append'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;vars;remove'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;python'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the interpreters, newest first'
            cand find 'Print the path of the matching interpreter'
        }
        &'venvsh;python;list'= {
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;python;find'= {
            cand --json 'Print all details as JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;repair'= {
            cand -p 'Python to use: 3.12, python3.12, pypy3, or a path. For another version, the packages are installed again. Without -p, the newest patch release of the same version'
            cand --python 'Python to use: 3.12, python3.12, pypy3, or a path. For another version, the packages are installed again. Without -p, the newest patch release of the same version'
            cand -a 'Repair all broken environments in `WORKON_HOME`'
            cand --all 'Repair all broken environments in `WORKON_HOME`'
            cand -n 'Only show what would be done'
            cand --dry-run 'Only show what would be done'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;explain'= {
            cand --project 'Say which environment `workon .` enters in this directory, and why; without DIR, in the working directory'
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;allow'= {
            cand --below 'Allow the environments of all projects below the directory'
            cand --list 'List everything that is allowed or denied'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;deny'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;completions'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cache'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand dir 'Print the directory of the caches'
            cand verify 'Check the unpacked wheels, and delete damaged ones'
            cand clean 'Delete the caches; commands fill them again when they need them'
        }
        &'venvsh;cache;dir'= {
            cand --json 'Print the caches and their sizes as JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cache;verify'= {
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cache;clean'= {
            cand -n 'Only show what would be deleted'
            cand --dry-run 'Only show what would be deleted'
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;gc'= {
            cand --days 'Days without use after which an environment is shown'
            cand --remove 'Delete these of the environments that are found, and nothing else'
            cand -n 'Only show what is found'
            cand --dry-run 'Only show what is found'
            cand -y 'Delete all that is found, the environments too'
            cand --yes 'Delete all that is found, the environments too'
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;help'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;doctor'= {
            cand --json 'Print JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;man'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
