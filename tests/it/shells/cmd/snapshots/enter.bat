@call :enter
@set _OLD_VIRTUAL_SEEN_WORKON_HOME=C:\50%%
@set _OLD_VIRTUAL_BEFORE= ^"C:\Users\u\it's ^(1^)\predeactivate.bat^"
@set _OLD_VIRTUAL_AFTER= ^"C:\a b\postdeactivate.bat^" ^"C:\R^&D\postdeactivate.bat^"
@rem What postactivate scripts changed of PATH belongs to the activation.
@if defined _OLD_VIRTUAL_ACTIVE set "_OLD_VIRTUAL_NEW_PATH=%PATH%"
@exit /b 0

:leave
@if not defined _OLD_VIRTUAL_ACTIVE exit /b 0
@rem The user's scripts, which the plan of workon named: in quotes, one after another. They see these variables.
@if not defined _OLD_VIRTUAL_BEFORE if not defined _OLD_VIRTUAL_AFTER goto :path
@rem Those that the user has count, not these.
@for %%I in (WORKON_HOME VIRTUALENVWRAPPER_HOOK_DIR VIRTUALENVWRAPPER_PROJECT_FILENAME) do @if defined %%I set "_OLD_VIRTUAL_SEEN_%%I="
@for %%I in (WORKON_HOME VIRTUALENVWRAPPER_HOOK_DIR VIRTUALENVWRAPPER_PROJECT_FILENAME) do @if defined _OLD_VIRTUAL_SEEN_%%I call set "%%I=%%_OLD_VIRTUAL_SEEN_%%I%%"
@for %%I in (%_OLD_VIRTUAL_BEFORE%) do @if exist %%I call %%I pre_deactivate

:path
@rem PATH as activate.bat left it comes back whole; from a changed one, only our entry is taken out. No value is built in PATH itself,
@rem and none is compared with its quotes, because PATH may hold quotes with blanks between them.
@set "_OLD_VIRTUAL_OURS=%VIRTUAL_ENV%\Scripts"
@if defined _OLD_VIRTUAL_PATH set "_OLD_VIRTUAL_OURS=%_OLD_VIRTUAL_OURS%;%_OLD_VIRTUAL_PATH%"
@if defined _OLD_VIRTUAL_NEW_PATH set "_OLD_VIRTUAL_OURS=%_OLD_VIRTUAL_NEW_PATH%"
@if not defined PATH goto :variables
@if not "%PATH:"=%"=="%_OLD_VIRTUAL_OURS:"=%" goto :changed
@set "PATH=%_OLD_VIRTUAL_PATH%"
@goto :variables

:changed
@set "_OLD_VIRTUAL_OURS=;%PATH%;"
@call set "_OLD_VIRTUAL_OURS=%%_OLD_VIRTUAL_OURS:;%VIRTUAL_ENV%\Scripts;=;%%"
@set "_OLD_VIRTUAL_OURS=%_OLD_VIRTUAL_OURS:~1%"
@if defined _OLD_VIRTUAL_OURS set "_OLD_VIRTUAL_OURS=%_OLD_VIRTUAL_OURS:~0,-1%"
@set "PATH=%_OLD_VIRTUAL_OURS%"

:variables
@set "_OLD_VIRTUAL_OURS="
@set "_OLD_VIRTUAL_NEW_PATH="
@set "_OLD_VIRTUAL_PATH="
@if not defined PYTHONHOME set "PYTHONHOME=%_OLD_VIRTUAL_PYTHONHOME%"
@set "_OLD_VIRTUAL_PYTHONHOME="
@set "PKG_CONFIG_PATH=%_OLD_VIRTUAL_PKG_CONFIG_PATH%"
@set "_OLD_VIRTUAL_PKG_CONFIG_PATH="
@if defined _OLD_VIRTUAL_TCL set "TCL_LIBRARY=%_OLD_VIRTUAL_TCL_LIBRARY%"
@set "_OLD_VIRTUAL_TCL_LIBRARY="
@set "_OLD_VIRTUAL_TCL="
@if defined _OLD_VIRTUAL_TK set "TK_LIBRARY=%_OLD_VIRTUAL_TK_LIBRARY%"
@set "_OLD_VIRTUAL_TK_LIBRARY="
@set "_OLD_VIRTUAL_TK="
@rem Another tool's deactivate.bat unsets VIRTUAL_ENV, and has restored the prompt then.
@if defined _OLD_VIRTUAL_PROMPTED if defined VIRTUAL_ENV set "PROMPT=%_OLD_VIRTUAL_PROMPT%"
@set "_OLD_VIRTUAL_PROMPT="
@set "_OLD_VIRTUAL_PROMPTED="
@set "VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV=%VIRTUAL_ENV%"
@set "VIRTUAL_ENV=%_OLD_VIRTUAL_ENV%"
@set "VIRTUAL_ENV_PROMPT=%_OLD_VIRTUAL_ENV_PROMPT%"
@set "_OLD_VIRTUAL_ENV="
@set "_OLD_VIRTUAL_ENV_PROMPT="
@set "_OLD_VIRTUAL_ACTIVE="
@if not defined _OLD_VIRTUAL_BEFORE if not defined _OLD_VIRTUAL_AFTER exit /b 0
@rem One line, because a script may delete the environment, and this file with it.
@(for %%I in (%_OLD_VIRTUAL_AFTER%) do @if exist %%I call %%I post_deactivate) & (for %%I in (WORKON_HOME VIRTUALENVWRAPPER_HOOK_DIR VIRTUALENVWRAPPER_PROJECT_FILENAME) do @if defined _OLD_VIRTUAL_SEEN_%%I set "%%I=") & (for %%I in (WORKON_HOME VIRTUALENVWRAPPER_HOOK_DIR VIRTUALENVWRAPPER_PROJECT_FILENAME) do @set "_OLD_VIRTUAL_SEEN_%%I=") & set "VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV=" & set "_OLD_VIRTUAL_BEFORE=" & set "_OLD_VIRTUAL_AFTER=" & exit /b 0

:enter
@if defined _OLD_VIRTUAL_ACTIVE call :leave

@set "_OLD_VIRTUAL_ACTIVE=1"
@set "_OLD_VIRTUAL_ENV=%VIRTUAL_ENV%"
@set "_OLD_VIRTUAL_ENV_PROMPT=%VIRTUAL_ENV_PROMPT%"
@set "VIRTUAL_ENV=C:\Users\u\.virtualenvs\demo"
@set "VIRTUAL_ENV_PROMPT=demo"

@set "_OLD_VIRTUAL_PATH=%PATH%"
@set "PATH=%VIRTUAL_ENV%\Scripts"
@if defined _OLD_VIRTUAL_PATH set "PATH=%PATH%;%_OLD_VIRTUAL_PATH%"
@set "_OLD_VIRTUAL_PYTHONHOME=%PYTHONHOME%"
@set "PYTHONHOME="
@set "_OLD_VIRTUAL_PKG_CONFIG_PATH=%PKG_CONFIG_PATH%"
@set "PKG_CONFIG_PATH=%VIRTUAL_ENV%\lib\pkgconfig"
@if defined _OLD_VIRTUAL_PKG_CONFIG_PATH set "PKG_CONFIG_PATH=%PKG_CONFIG_PATH%;%_OLD_VIRTUAL_PKG_CONFIG_PATH%"
@set "_OLD_VIRTUAL_TCL=1"
@set "_OLD_VIRTUAL_TCL_LIBRARY=%TCL_LIBRARY%"
@set "TCL_LIBRARY=C:\tcl"
@if defined POSH_THEME goto :entered
@if defined VENVSH_NO_PROMPT goto :entered
@if defined VIRTUAL_ENV_DISABLE_PROMPT goto :entered
@if not defined VIRTUAL_ENV_PROMPT goto :entered
@rem PROMPT gives $ a meaning: it is doubled where it is drawn.
@set "_OLD_VIRTUAL_PROMPTED=1"
@set "_OLD_VIRTUAL_PROMPT=%PROMPT%"
@if not defined PROMPT set "PROMPT=$P$G"
@set "PROMPT=(%VIRTUAL_ENV_PROMPT:$=$$%) %PROMPT%"

:entered
@exit /b 0
