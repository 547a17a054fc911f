
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
            cand mkproject 'Make an environment and a directory in PROJECT_HOME, and enter both'
            cand workon 'Enter an environment; without a name the project''s, or list them'
            cand deactivate 'Leave the environment'
            cand lsvirtualenv 'List the environments'
            cand rmvirtualenv 'Remove environments'
            cand mktmpenv 'Make an environment that goes away when it is left'
            cand showvirtualenv 'Show what is known of an environment'
            cand cpvirtualenv 'Copy an environment and enter the copy'
            cand mvvirtualenv 'Rename an environment'
            cand allvirtualenv 'Run a command in each environment'
            cand setvirtualenvproject 'Link an environment to a project''s directory'
            cand cdproject 'Change to the project of the active environment'
            cand cdvirtualenv 'Change to the active environment''s directory'
            cand cdsitepackages 'Change to the active environment''s site-packages'
            cand lssitepackages 'List the active environment''s site-packages'
            cand add2virtualenv 'Add directories to what the active environment imports from'
            cand toggleglobalsitepackages 'Let the active environment see the packages of its base, or no longer'
            cand wipeenv 'Remove every package of the active environment but pip'
            cand virtualenvwrapper 'Show the commands and the directories'
            cand hook 'Print the code for a shell''s start-up file'
            cand create 'Make an environment at a path'
            cand activators 'Write an environment''s activation scripts anew'
            cand activate 'Print the code that enters an environment'
            cand run 'Run a command in an environment'
            cand python 'List and find interpreters'
            cand allow 'Allow a project''s own hook scripts, as they are now'
            cand deny 'Take that back'
            cand completions 'Print the completion script of venvsh for a shell'
            cand man 'Print the manual page'
            cand compat 'Serve a helper function of virtualenvwrapper'
            cand event 'Let plugins know of an event'
            cand complete 'Answer a shell''s question what may come next'
        }
        &'venvsh;mkvirtualenv'= {
            cand -p 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --python 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --prompt 'What the prompt shows instead of the name; `.` for the name of the working directory'
            cand --seed 'Begin with these packages instead of pip'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand -a 'Link it to the project in DIR'
            cand -i 'Install PKG with pip; may be given several times'
            cand -r 'Install what is named in FILE with pip'
            cand --other-option 'What [`NewArgs::prepare`] found that is none of our options'
            cand --made 'A function of the user''s has made the environment of that name: go on'
            cand --system-site-packages 'See the packages of the base Python too'
            cand --no-pip 'Without pip'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --clear 'Empty an environment that is there already'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;mkproject'= {
            cand -t 'Fill the directory by the template; may be given several times'
            cand --template 'Fill the directory by the template; may be given several times'
            cand -p 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --python 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --prompt 'What the prompt shows instead of the name; `.` for the name of the working directory'
            cand --seed 'Begin with these packages instead of pip'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand -a 'Link it to the project in DIR'
            cand -i 'Install PKG with pip; may be given several times'
            cand -r 'Install what is named in FILE with pip'
            cand --other-option 'What [`NewArgs::prepare`] found that is none of our options'
            cand --made 'A function of the user''s has made the environment of that name: go on'
            cand -f 'Go on if the project''s directory is there already'
            cand --force 'Go on if the project''s directory is there already'
            cand --entered 'The environment is there and active: go on'
            cand --system-site-packages 'See the packages of the base Python too'
            cand --no-pip 'Without pip'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --clear 'Empty an environment that is there already'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;workon'= {
            cand -c 'Change to its project''s directory'
            cand --cd 'Change to its project''s directory'
            cand -n 'Stay where you are'
            cand --no-cd 'Stay where you are'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;deactivate'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;lsvirtualenv'= {
            cand -b 'Names only'
            cand --brief 'Names only'
            cand -l 'Version, project, and what is wrong; this is the default'
            cand --long 'Version, project, and what is wrong; this is the default'
            cand --size 'Their sizes on disk too'
            cand --json 'As JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;rmvirtualenv'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;mktmpenv'= {
            cand -p 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --python 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --prompt 'What the prompt shows instead of the name; `.` for the name of the working directory'
            cand --seed 'Begin with these packages instead of pip'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand -a 'Link it to the project in DIR'
            cand -i 'Install PKG with pip; may be given several times'
            cand -r 'Install what is named in FILE with pip'
            cand --other-option 'What [`NewArgs::prepare`] found that is none of our options'
            cand --made 'A function of the user''s has made the environment of that name: go on'
            cand -c 'Change to its directory'
            cand --cd 'Change to its directory'
            cand -n 'Stay where you are'
            cand --no-cd 'Stay where you are'
            cand --system-site-packages 'See the packages of the base Python too'
            cand --no-pip 'Without pip'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --clear 'Empty an environment that is there already'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;showvirtualenv'= {
            cand --size 'Its size on disk too'
            cand --json 'As JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;cpvirtualenv'= {
            cand --made 'A function of the user''s has made the copy: go on'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;mvvirtualenv'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;allvirtualenv'= {
            cand -j 'In N environments at once; each one''s output still comes whole and in order'
            cand --jobs 'In N environments at once; each one''s output still comes whole and in order'
            cand -k 'Go on where it fails'
            cand --keep-going 'Go on where it fails'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;setvirtualenvproject'= {
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
            cand -d 'Take the directories out again'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;toggleglobalsitepackages'= {
            cand -q 'Do not say what is the case now'
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
            cand --cmd 'Put PREFIX before the name of every function'
            cand --no-cmd 'Define no function but `venvsh`'
            cand --no-completion 'Leave completion out'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;create'= {
            cand -p 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --python 'The Python: 3.12, python3.12, pypy3, ''>=3.10'', or a path; the first that fits, if given several times'
            cand --prompt 'What the prompt shows instead of the name; `.` for the name of the working directory'
            cand --seed 'Begin with these packages instead of pip'
            cand --tcl-library 'Set `TCL_LIBRARY` to DIR while the environment is active'
            cand --tk-library 'Set `TK_LIBRARY` to DIR while the environment is active'
            cand --system-site-packages 'See the packages of the base Python too'
            cand --no-pip 'Without pip'
            cand --copies 'Copy the interpreter instead of linking to it'
            cand --always-copy 'Copy the interpreter instead of linking to it'
            cand --clear 'Empty an environment that is there already'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;activators'= {
            cand -s 'Only the script for this shell; may be given several times'
            cand --shell 'Only the script for this shell; may be given several times'
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
        &'venvsh;python'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the interpreters, newest first'
            cand find 'Print where the interpreter is that a request means'
        }
        &'venvsh;python;list'= {
            cand --json 'As JSON'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;python;find'= {
            cand --json 'As JSON, with all that is known of it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;allow'= {
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
        &'venvsh;man'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;compat'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;event'= {
            cand -n 'Only this plugin; may be given several times'
            cand --name 'Only this plugin; may be given several times'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'venvsh;complete'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
