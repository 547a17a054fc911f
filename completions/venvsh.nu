module completions {

  # Python environments by name, in every shell
  export extern venvsh [
    --help(-h)                # Print help
    --version(-V)             # Print version
  ]

  # Make an environment in WORKON_HOME and enter it
  export extern "venvsh mkvirtualenv" [
    --python(-p): string      # Python to use: 3.12, python3.12, pypy3, '>=3.10', a path or an environment; repeat it to name alternatives
    --prompt: string          # Text for the prompt instead of the name; `.` means the name of the working directory
    --parent: string          # See the packages of ENV, a name or a directory, after the environment's own, and use its Python
    --system-site-packages    # Give access to the base Python's site-packages
    --no-pip                  # Do not install pip
    --seed: string            # Install PKG instead of pip, as in 'pip>=24'; may be repeated
    --pip: string             # Install this version of pip; 23.0 means any 23.0.x
    --setuptools: string      # Install this version of setuptools
    --wheel: string           # Install this version of wheel
    --download                # Let pip download the newest versions instead of using wheels on this machine
    --no-setuptools           # Do not install setuptools
    --no-wheel                # Do not install wheel
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --classic                 # Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10
    --relocatable             # Write scripts that find the environment by their own place, so that its directory can be moved and copied
    --clear                   # Replace an existing environment, and delete its packages
    --without-scm-ignore-files # Write no .gitignore into the environment
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    -a: directory             # Link the environment to the project in DIR
    -i: string                # Install PKG with pip; may be repeated
    -r: path                  # Install the requirements in FILE with pip
    --quiet(-q)               # Do not print which Python the environment uses
    --upgrade-deps            # Upgrade pip from the network
    --help(-h)                # Print help
    name: string              # Name of the environment; options may come before or after it
  ]

  # Make an environment and a directory in PROJECT_HOME, and enter both
  export extern "venvsh mkproject" [
    --force(-f)               # Use an existing directory
    --template(-t): string    # Apply template NAME; may be repeated
    --python(-p): string      # Python to use: 3.12, python3.12, pypy3, '>=3.10', a path or an environment; repeat it to name alternatives
    --prompt: string          # Text for the prompt instead of the name; `.` means the name of the working directory
    --parent: string          # See the packages of ENV, a name or a directory, after the environment's own, and use its Python
    --system-site-packages    # Give access to the base Python's site-packages
    --no-pip                  # Do not install pip
    --seed: string            # Install PKG instead of pip, as in 'pip>=24'; may be repeated
    --pip: string             # Install this version of pip; 23.0 means any 23.0.x
    --setuptools: string      # Install this version of setuptools
    --wheel: string           # Install this version of wheel
    --download                # Let pip download the newest versions instead of using wheels on this machine
    --no-setuptools           # Do not install setuptools
    --no-wheel                # Do not install wheel
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --classic                 # Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10
    --relocatable             # Write scripts that find the environment by their own place, so that its directory can be moved and copied
    --clear                   # Replace an existing environment, and delete its packages
    --without-scm-ignore-files # Write no .gitignore into the environment
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    -a: directory             # Link the environment to the project in DIR
    -i: string                # Install PKG with pip; may be repeated
    -r: path                  # Install the requirements in FILE with pip
    --quiet(-q)               # Do not print which Python the environment uses
    --upgrade-deps            # Upgrade pip from the network
    --help(-h)                # Print help
    name: string              # Name of the environment and of the project's directory; options may come before or after it
  ]

  # Enter an environment; without a name, list all
  export extern "venvsh workon" [
    --cd(-c)                  # Change to the project's directory
    --no-cd(-n)               # Do not change the directory
    --all                     # List the environments of other tools too
    --help(-h)                # Print help
    name?: string             # Name or path of the environment, `TOOL:NAME`, or `.` for the one of this directory; without a name, list all
  ]

  def "nu-complete venvsh deactivate how" [] {
    [ "nondestructive" ]
  }

  # Leave the environment
  export extern "venvsh deactivate" [
    --help(-h)                # Print help
    how?: string@"nu-complete venvsh deactivate how" # Accepted from the activation scripts of other tools
  ]

  # List the environments
  export extern "venvsh lsvirtualenv" [
    --all                     # List the environments of other tools too, by tool
    --brief(-b)               # List only names
    --long(-l)                # Also list versions, projects and defects; this is the default
    --size                    # Show sizes on disk
    --json                    # Print JSON
    --help(-h)                # Print help
  ]

  # Remove environments
  export extern "venvsh rmvirtualenv" [
    --help(-h)                # Print help
    ...names: string          # Names of the environments
  ]

  # Make an environment that `deactivate` deletes
  export extern "venvsh mktmpenv" [
    --cd(-c)                  # Change to the environment's directory
    --no-cd(-n)               # Do not change the directory
    --python(-p): string      # Python to use: 3.12, python3.12, pypy3, '>=3.10', a path or an environment; repeat it to name alternatives
    --prompt: string          # Text for the prompt instead of the name; `.` means the name of the working directory
    --parent: string          # See the packages of ENV, a name or a directory, after the environment's own, and use its Python
    --system-site-packages    # Give access to the base Python's site-packages
    --no-pip                  # Do not install pip
    --seed: string            # Install PKG instead of pip, as in 'pip>=24'; may be repeated
    --pip: string             # Install this version of pip; 23.0 means any 23.0.x
    --setuptools: string      # Install this version of setuptools
    --wheel: string           # Install this version of wheel
    --download                # Let pip download the newest versions instead of using wheels on this machine
    --no-setuptools           # Do not install setuptools
    --no-wheel                # Do not install wheel
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --classic                 # Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10
    --relocatable             # Write scripts that find the environment by their own place, so that its directory can be moved and copied
    --clear                   # Replace an existing environment, and delete its packages
    --without-scm-ignore-files # Write no .gitignore into the environment
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    -a: directory             # Link the environment to the project in DIR
    -i: string                # Install PKG with pip; may be repeated
    -r: path                  # Install the requirements in FILE with pip
    --quiet(-q)               # Do not print which Python the environment uses
    --upgrade-deps            # Upgrade pip from the network
    --help(-h)                # Print help
  ]

  # Show details of an environment
  export extern "venvsh showvirtualenv" [
    --size                    # Accepted for old scripts: the size is always shown
    --json                    # Print JSON
    --help(-h)                # Print help
    environment?: string      # Name or directory of the environment; without it, the active one
  ]

  # Copy an environment and enter the copy
  export extern "venvsh cpvirtualenv" [
    --quiet(-q)               # Do not print which Python the environment uses
    --help(-h)                # Print help
    source: string            # Environment to copy: a name, or the path of one outside `WORKON_HOME`
    target?: string           # Name of the copy; a source outside `WORKON_HOME` gives its directory's name by default
  ]

  # Rename an environment
  export extern "venvsh mvvirtualenv" [
    --help(-h)                # Print help
    source: string            # Name of the environment
    target: string            # New name
  ]

  # Run a command in each environment
  export extern "venvsh allvirtualenv" [
    --fail-fast               # Stop at the first failure
    --keep-going(-k)          # Visit all environments, which is the default
    --jobs(-j): string        # Run in N environments at once, and print the output in order
    --help(-h)                # Print help
    ...command: string        # Command to run in the environment's directory, with the environment active
  ]

  # Link an environment to a project's directory
  export extern "venvsh setvirtualenvproject" [
    --link                    # Also make the link `.venv` in the project, where uv, poetry, pdm, pipenv and editors look
    --help(-h)                # Print help
    environment?: string      # Name or directory of the environment; without it, the active one
    project?: directory       # Directory of the project; without it, the working directory
  ]

  # Change to the project of the active environment
  export extern "venvsh cdproject" [
    --help(-h)                # Print help
  ]

  # Change to the active environment's directory
  export extern "venvsh cdvirtualenv" [
    --help(-h)                # Print help
    subdirectory?: string     # A directory in the environment
  ]

  # Change to the active environment's site-packages
  export extern "venvsh cdsitepackages" [
    --help(-h)                # Print help
    subdirectory?: string     # A directory in site-packages
  ]

  # List the active environment's site-packages
  export extern "venvsh lssitepackages" [
    --help(-h)                # Print help
    ...options: string        # Options for `ls`
  ]

  # Add directories to the active environment's import path
  export extern "venvsh add2virtualenv" [
    -d                        # Remove the directories instead of adding them
    --help(-h)                # Print help
    ...directories: directory # Directories to add; without any, list those added before
  ]

  # Turn access to the base Python's site-packages on or off
  export extern "venvsh toggleglobalsitepackages" [
    -q                        # Print nothing
    --help(-h)                # Print help
  ]

  # Remove all packages but pip, setuptools and wheel
  export extern "venvsh wipeenv" [
    --help(-h)                # Print help
  ]

  # Show the commands and the directories
  export extern "venvsh virtualenvwrapper" [
    --help(-h)                # Print help
  ]

  # Print the code for a shell's start-up file
  export extern "venvsh hook" [
    --cmd: string             # Prefix the names of the functions: `v_` defines `v_workon`
    --no-cmd                  # Define only the function `venvsh`
    --no-completion           # Do not set up TAB completion
    --no-prompt               # Do not draw the name of the active environment before the prompt
    --auto: string            # Enter and leave environments as the directory changes; `--auto` alone means `--auto pwd`
    --unload                  # Print the code that takes the hook out of the running shell; give it the options that the hook was loaded with
    --dir: directory          # For cmd: write a batch file for each command into DIR
    --drop-in                 # Print a file that takes the place of `virtualenvwrapper.sh`, for bash and zsh
    --help(-h)                # Print help
    shell?: string            # bash, zsh, fish, tcsh, powershell, ksh, sh, nushell, xonsh, elvish, cmd
  ]

  # Show or write the line for a shell's start-up file
  export extern "venvsh setup" [
    --write                   # Write the line into the shell's start-up file
    --dry-run(-n)             # Write nothing, only show what --write would change
    --auto                    # With a hook that enters and leaves environments as the directory changes
    --replace-virtualenvwrapper # Turn off the lines of that file that load virtualenvwrapper
    --help(-h)                # Print help
    shell?: string            # Shell to set up; the default is the running one, or else the one that SHELL names
  ]

  # Remove the line that `setup` wrote, delete the caches, and say what remains
  export extern "venvsh uninstall" [
    --dry-run(-n)             # Only show what would be changed
    --dir: directory          # Delete the batch files of `venvsh hook cmd` in DIR too
    --help(-h)                # Print help
  ]

  # Make an environment at a path
  export extern "venvsh create" [
    --python(-p): string      # Python to use: 3.12, python3.12, pypy3, '>=3.10', a path or an environment; repeat it to name alternatives
    --prompt: string          # Text for the prompt instead of the name; `.` means the name of the working directory
    --parent: string          # See the packages of ENV, a name or a directory, after the environment's own, and use its Python
    --system-site-packages    # Give access to the base Python's site-packages
    --no-pip                  # Do not install pip
    --seed: string            # Install PKG instead of pip, as in 'pip>=24'; may be repeated
    --pip: string             # Install this version of pip; 23.0 means any 23.0.x
    --setuptools: string      # Install this version of setuptools
    --wheel: string           # Install this version of wheel
    --download                # Let pip download the newest versions instead of using wheels on this machine
    --no-setuptools           # Do not install setuptools
    --no-wheel                # Do not install wheel
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --classic                 # Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10
    --relocatable             # Write scripts that find the environment by their own place, so that its directory can be moved and copied
    --clear                   # Replace an existing environment, and delete its packages
    --without-scm-ignore-files # Write no .gitignore into the environment
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    --quiet(-q)               # Show no progress
    --help(-h)                # Print help
    dir: directory            # Directory of the new environment
  ]

  # Rewrite an environment's activation scripts
  export extern "venvsh activators" [
    --shell(-s): string       # Write only the script for this shell; may be repeated
    --help(-h)                # Print help
    environment: string       # Name or directory of the environment
  ]

  # Print the code that enters an environment
  export extern "venvsh activate" [
    --help(-h)                # Print help
    shell: string             # The shell that evaluates the code
    environment: string       # Name or directory of the environment
  ]

  # Run a command in an environment
  export extern "venvsh run" [
    --help(-h)                # Print help
    environment: string       # Name or directory of the environment
    ...command: string        # Command and its arguments
  ]

  # Start a child shell in an environment
  export extern "venvsh shell" [
    --help(-h)                # Print help
    environment: string       # Name or directory of the environment
  ]

  # Show or change the variables that an environment sets
  export extern "venvsh vars" [
    --help(-h)                # Print help
    environment?: string      # Name or directory of the environment; `.` for the one of this project; without NAME, the active one
  ]

  # List the variables, without their values
  export extern "venvsh vars list" [
    --values                  # Print the values too
    --json                    # Print JSON
    --help(-h)                # Print help
  ]

  # Set a variable: NAME VALUE, or NAME=VALUE for each
  export extern "venvsh vars set" [
    --help(-h)                # Print help
    ...words: string          # NAME VALUE, or NAME=VALUE for each; NAME alone reads the value from standard input, where no other user can see it
  ]

  # Unset variables while the environment is active
  export extern "venvsh vars unset" [
    --help(-h)                # Print help
    ...names: string          # Name of the variable
  ]

  # Add a directory at the start of a list such as PATH
  export extern "venvsh vars prepend" [
    --help(-h)                # Print help
    name: string              # Name of the list
    directory: directory      # Directory
  ]

  # Add a directory at the end of a list such as PATH
  export extern "venvsh vars append" [
    --help(-h)                # Print help
    name: string              # Name of the list
    directory: directory      # Directory
  ]

  # Stop changing a variable
  export extern "venvsh vars remove" [
    --help(-h)                # Print help
    name: string              # Name of the variable
    directory?: directory     # The one directory that was added; without it, all of them
  ]

  # List and find interpreters
  export extern "venvsh python" [
    --help(-h)                # Print help
  ]

  # List the interpreters, newest first
  export extern "venvsh python list" [
    --json                    # Print JSON
    --help(-h)                # Print help
  ]

  # Print the path of the matching interpreter
  export extern "venvsh python find" [
    --json                    # Print all details as JSON
    --help(-h)                # Print help
    request?: string          # 3.12, python3.12, pypy3, '>=3.10', a path or an environment; without it, the default of new environments
  ]

  # Repair environments whose Python was upgraded or is gone, or whose directory was moved
  export extern "venvsh repair" [
    --all(-a)                 # Repair all broken environments in `WORKON_HOME`
    --dry-run(-n)             # Only show what would be done
    --python(-p): string      # Python to use: 3.12, python3.12, pypy3, or a path. For another version, the packages are installed again. Without -p, the newest patch release of the same version
    --help(-h)                # Print help
    ...names: string          # Environments: names or paths. A working one is not touched, unless `-p` asks for another version of Python or its parent has changed to one
  ]

  # Say which Python runs and where its modules come from
  export extern "venvsh explain" [
    --project: directory      # Say which environment `workon .` enters in this directory, and why; without DIR, in the working directory
    --json                    # Print JSON
    --help(-h)                # Print help
    subject?: string          # A Python, an environment or a command; without it, the `python` that the shell finds
    package?: string          # Say who provides this package or module there
  ]

  # Allow a project's hook scripts, as they are now, and its environment
  export extern "venvsh allow" [
    --below                   # Allow the environments of all projects below the directory
    --list                    # List everything that is allowed or denied
    --help(-h)                # Print help
    directory?: directory     # Directory of the project
  ]

  # Withdraw `allow`
  export extern "venvsh deny" [
    --help(-h)                # Print help
    directory?: directory     # Directory of the project
  ]

  # Print the completion script of venvsh for a shell
  export extern "venvsh completions" [
    --help(-h)                # Print help
    shell: string             # bash, zsh, fish, powershell, nushell, elvish
  ]

  # Show or delete the caches
  export extern "venvsh cache" [
    --help(-h)                # Print help
  ]

  # Print the directory of the caches
  export extern "venvsh cache dir" [
    --json                    # Print the caches and their sizes as JSON
    --help(-h)                # Print help
  ]

  # Check the unpacked wheels, and delete damaged ones
  export extern "venvsh cache verify" [
    --json                    # Print JSON
    --help(-h)                # Print help
  ]

  # Delete the caches; commands fill them again when they need them
  export extern "venvsh cache clean" [
    --dry-run(-n)             # Only show what would be deleted
    --json                    # Print JSON
    --help(-h)                # Print help
  ]

  # Find unused environments and caches, and delete them on request
  export extern "venvsh gc" [
    --days: string            # Days without use after which an environment is shown
    --dry-run(-n)             # Only show what is found
    --yes(-y)                 # Delete all that is found, the environments too
    --remove: string          # Delete these of the environments that are found, and nothing else
    --json                    # Print JSON
    --help(-h)                # Print help
  ]

  # Show the commands, or the help of one
  export extern "venvsh help" [
    --help(-h)                # Print help
    ...command: string        # Command to explain; without it, list all
  ]

  # Check the set-up and say how to fix it
  export extern "venvsh doctor" [
    --json                    # Print JSON
    --help(-h)                # Print help
  ]

  # Print the manual page
  export extern "venvsh man" [
    --help(-h)                # Print help
  ]

}

export use completions *
