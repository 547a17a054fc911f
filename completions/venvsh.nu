module completions {

  # Python environments by name, in every shell
  export extern venvsh [
    --help(-h)                # Print help
    --version(-V)             # Print version
  ]

  # Make an environment in WORKON_HOME and enter it
  export extern "venvsh mkvirtualenv" [
    --python(-p): string      # The Python: 3.12, python3.12, pypy3, '>=3.10', or a path; the first that fits, if given several times
    --prompt: string          # What the prompt shows instead of the name; `.` for the name of the working directory
    --system-site-packages    # See the packages of the base Python too
    --no-pip                  # Without pip
    --seed: string            # Begin with these packages instead of pip
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --clear                   # Empty an environment that is there already
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    -a: directory             # Link it to the project in DIR
    -i: string                # Install PKG with pip; may be given several times
    -r: path                  # Install what is named in FILE with pip
    --other-option: string    # What [`NewArgs::prepare`] found that is none of our options
    --made: string            # A function of the user's has made the environment of that name: go on
    --help(-h)                # Print help
    ...names: string          # The environment's name; options may stand before and after it
  ]

  # Make an environment and a directory in PROJECT_HOME, and enter both
  export extern "venvsh mkproject" [
    --force(-f)               # Go on if the project's directory is there already
    --template(-t): string    # Fill the directory by the template; may be given several times
    --entered                 # The environment is there and active: go on
    --python(-p): string      # The Python: 3.12, python3.12, pypy3, '>=3.10', or a path; the first that fits, if given several times
    --prompt: string          # What the prompt shows instead of the name; `.` for the name of the working directory
    --system-site-packages    # See the packages of the base Python too
    --no-pip                  # Without pip
    --seed: string            # Begin with these packages instead of pip
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --clear                   # Empty an environment that is there already
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    -a: directory             # Link it to the project in DIR
    -i: string                # Install PKG with pip; may be given several times
    -r: path                  # Install what is named in FILE with pip
    --other-option: string    # What [`NewArgs::prepare`] found that is none of our options
    --made: string            # A function of the user's has made the environment of that name: go on
    --help(-h)                # Print help
    ...names: string          # The environment's name; options may stand before and after it
  ]

  # Enter an environment; without a name the project's, or list them
  export extern "venvsh workon" [
    --cd(-c)                  # Change to its project's directory
    --no-cd(-n)               # Stay where you are
    --help(-h)                # Print help
    name?: string             # The environment; `.` for the one named as this directory; without it the project's own, outside of projects a list
  ]

  def "nu-complete venvsh deactivate how" [] {
    [ "nondestructive" ]
  }

  # Leave the environment
  export extern "venvsh deactivate" [
    --help(-h)                # Print help
    how?: string@"nu-complete venvsh deactivate how" # Accepted for scripts of other tools
  ]

  # List the environments
  export extern "venvsh lsvirtualenv" [
    --brief(-b)               # Names only
    --long(-l)                # Version, project, and what is wrong; this is the default
    --size                    # Their sizes on disk too
    --json                    # As JSON
    --help(-h)                # Print help
  ]

  # Remove environments
  export extern "venvsh rmvirtualenv" [
    --help(-h)                # Print help
    ...names: string          # The environments
  ]

  # Make an environment that goes away when it is left
  export extern "venvsh mktmpenv" [
    --cd(-c)                  # Change to its directory
    --no-cd(-n)               # Stay where you are
    --python(-p): string      # The Python: 3.12, python3.12, pypy3, '>=3.10', or a path; the first that fits, if given several times
    --prompt: string          # What the prompt shows instead of the name; `.` for the name of the working directory
    --system-site-packages    # See the packages of the base Python too
    --no-pip                  # Without pip
    --seed: string            # Begin with these packages instead of pip
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --clear                   # Empty an environment that is there already
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    -a: directory             # Link it to the project in DIR
    -i: string                # Install PKG with pip; may be given several times
    -r: path                  # Install what is named in FILE with pip
    --other-option: string    # What [`NewArgs::prepare`] found that is none of our options
    --made: string            # A function of the user's has made the environment of that name: go on
    --help(-h)                # Print help
    ...names: string          # The environment's name; options may stand before and after it
  ]

  # Show what is known of an environment
  export extern "venvsh showvirtualenv" [
    --size                    # Its size on disk too
    --json                    # As JSON
    --help(-h)                # Print help
    environment?: string      # The environment; without it the active one
  ]

  # Copy an environment and enter the copy
  export extern "venvsh cpvirtualenv" [
    --made                    # A function of the user's has made the copy: go on
    --help(-h)                # Print help
    source: string            # The environment: a name, or a path to one outside `WORKON_HOME`
    target?: string           # The name of the copy; without it the directory's name, to take in an environment from outside
  ]

  # Rename an environment
  export extern "venvsh mvvirtualenv" [
    --help(-h)                # Print help
    source: string            # The environment
    target: string            # Its new name
  ]

  # Run a command in each environment
  export extern "venvsh allvirtualenv" [
    --keep-going(-k)          # Go on where it fails
    --jobs(-j): string        # In N environments at once; each one's output still comes whole and in order
    --help(-h)                # Print help
    ...command: string        # The command, which runs with the environment active and in its directory
  ]

  # Link an environment to a project's directory
  export extern "venvsh setvirtualenvproject" [
    --help(-h)                # Print help
    environment?: string      # The environment; without it the active one
    project?: directory       # The project's directory; without it the working directory
  ]

  # Change to the project of the active environment
  export extern "venvsh cdproject" [
    --help(-h)                # Print help
  ]

  # Change to the active environment's directory
  export extern "venvsh cdvirtualenv" [
    --help(-h)                # Print help
    subdirectory?: directory  # A directory below it
  ]

  # Change to the active environment's site-packages
  export extern "venvsh cdsitepackages" [
    --help(-h)                # Print help
    subdirectory?: directory  # A directory below it
  ]

  # List the active environment's site-packages
  export extern "venvsh lssitepackages" [
    --help(-h)                # Print help
    ...options: string        # Options for `ls`
  ]

  # Add directories to what the active environment imports from
  export extern "venvsh add2virtualenv" [
    -d                        # Take the directories out again
    --help(-h)                # Print help
    ...directories: directory # Directories that `import` shall look into; without one, those that were added are listed
  ]

  # Let the active environment see the packages of its base, or no longer
  export extern "venvsh toggleglobalsitepackages" [
    -q                        # Do not say what is the case now
    --help(-h)                # Print help
  ]

  # Remove every package of the active environment but pip
  export extern "venvsh wipeenv" [
    --help(-h)                # Print help
  ]

  # Show the commands and the directories
  export extern "venvsh virtualenvwrapper" [
    --help(-h)                # Print help
  ]

  # Print the code for a shell's start-up file
  export extern "venvsh hook" [
    --cmd: string             # Put PREFIX before the name of every function
    --no-cmd                  # Define no function but `venvsh`
    --no-completion           # Leave completion out
    --help(-h)                # Print help
    shell: string             # The shell: bash, zsh, fish, tcsh, powershell
  ]

  # Make an environment at a path
  export extern "venvsh create" [
    --python(-p): string      # The Python: 3.12, python3.12, pypy3, '>=3.10', or a path; the first that fits, if given several times
    --prompt: string          # What the prompt shows instead of the name; `.` for the name of the working directory
    --system-site-packages    # See the packages of the base Python too
    --no-pip                  # Without pip
    --seed: string            # Begin with these packages instead of pip
    --copies                  # Copy the interpreter instead of linking to it
    --always-copy             # Copy the interpreter instead of linking to it
    --clear                   # Empty an environment that is there already
    --tcl-library: string     # Set `TCL_LIBRARY` to DIR while the environment is active
    --tk-library: string      # Set `TK_LIBRARY` to DIR while the environment is active
    --help(-h)                # Print help
    dir: directory            # Where
  ]

  # Write an environment's activation scripts anew
  export extern "venvsh activators" [
    --shell(-s): string       # Only the script for this shell; may be given several times
    --help(-h)                # Print help
    environment: string       # The environment
  ]

  # Print the code that enters an environment
  export extern "venvsh activate" [
    --help(-h)                # Print help
    shell: string             # The shell that will evaluate the code
    environment: string       # The environment
  ]

  # Run a command in an environment
  export extern "venvsh run" [
    --help(-h)                # Print help
    environment: string       # The environment
    ...command: string        # The command and its arguments
  ]

  # List and find interpreters
  export extern "venvsh python" [
    --help(-h)                # Print help
  ]

  # List the interpreters, newest first
  export extern "venvsh python list" [
    --json                    # As JSON
    --help(-h)                # Print help
  ]

  # Print where the interpreter is that a request means
  export extern "venvsh python find" [
    --json                    # As JSON, with all that is known of it
    --help(-h)                # Print help
    request?: string          # 3.12, python3.12, pypy3, '>=3.10', or a path; without it the one that new environments get
  ]

  # Allow a project's own hook scripts, as they are now
  export extern "venvsh allow" [
    --help(-h)                # Print help
    directory?: directory     # The project's directory
  ]

  # Take that back
  export extern "venvsh deny" [
    --help(-h)                # Print help
    directory?: directory     # The project's directory
  ]

  # Print the completion script of venvsh for a shell
  export extern "venvsh completions" [
    --help(-h)                # Print help
    shell: string             # The shell
  ]

  # Print the manual page
  export extern "venvsh man" [
    --help(-h)                # Print help
  ]

  def "nu-complete venvsh compat function" [] {
    [ "absolutepath" "derive_workon_home" "expandpath" "get_python_version" "get_site_packages_dir" "initialize" "mktemp" "run_hook" "show_workon_options" "tempfile" "verify_active_environment" "verify_project_home" "verify_virtualenv" "verify_virtualenv_clone" "verify_workon_environment" "verify_workon_home" "version" ]
  }

  # Serve a helper function of virtualenvwrapper
  export extern "venvsh compat" [
    --help(-h)                # Print help
    function: string@"nu-complete venvsh compat function"
    ...args: string
  ]

  # Let plugins know of an event
  export extern "venvsh event" [
    --name(-n): string        # Only this plugin; may be given several times
    --help(-h)                # Print help
    what: string
    ...args: string
  ]

  # Answer a shell's question what may come next
  export extern "venvsh complete" [
    --help(-h)                # Print help
    shell: string
    index: string             # Which word is being typed; `-`: the last
  ]

}

export use completions *
