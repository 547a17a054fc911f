@rem venvsh, protocol 1: v_workon. Written by `venvsh hook cmd`, which may write it again.
@setlocal
@set "VENVSH_HOOK=1:cmd::v_"
@rem In delayed expansion, which the plan cannot turn off, an exclamation mark has a meaning.
@if "!!"=="" set "VENVSH_HOOK=1:cmd:delayed:v_"
@setlocal DisableDelayedExpansion
@set _VENVSH_PROGRAM=C:\Program Files\venvsh\venvsh.exe
@set _VENVSH_PLANS=C:\Users\u\.cache\venvsh\plans
@if not exist "%_VENVSH_PROGRAM%" for %%I in (venvsh.exe) do @set "_VENVSH_PROGRAM=%%~$PATH:I"
@if defined _VENVSH_PROGRAM goto :directory
@echo venvsh: the program is gone, and none is on PATH 1>&2
@endlocal & endlocal & exit /b 127

:directory
@rem A directory of this call alone: md fails where there is one.
@set /a "_VENVSH_TRY+=1" >nul
@set "_VENVSH_PLAN=%_VENVSH_PLANS%\%RANDOM%%RANDOM%%RANDOM%"
@md "%_VENVSH_PLAN%" 2>nul && goto :run
@if %_VENVSH_TRY% lss 20 goto :directory
@rem The program says so if there is something to pass on.
@set "_VENVSH_PLAN=NUL"

:run
@set "VENVSH_EMIT=%_VENVSH_PLAN%\plan.bat"
@rem A variable of this name would hide the status.
@set "ERRORLEVEL="
@"%_VENVSH_PROGRAM%" workon %*
@rem One line, read before its first word runs: no variable is left, and a plan may call commands.
@endlocal & endlocal & (if exist "%VENVSH_EMIT%" call "%VENVSH_EMIT%") & rd /s /q "%_VENVSH_PLAN%" 2>nul & exit /b %ERRORLEVEL%
