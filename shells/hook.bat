@rem venvsh, protocol {{ protocol }}: {{ function }}. Written by `venvsh hook cmd`, which may write it again.
@setlocal
@set "VENVSH_HOOK={{ channel }}"
@rem In delayed expansion, which the plan cannot turn off, an exclamation mark has a meaning.
@if "!!"=="" set "VENVSH_HOOK={{ channel_delayed }}"
@setlocal DisableDelayedExpansion
{%- if !ascii %}
{% include "utf8.bat" %}
{%- endif %}
@set _VENVSH_PROGRAM={{ program }}
@set _VENVSH_PLANS={{ emit_dir }}
{%- if !ascii %}
{% include "utf8_end.bat" %}
{%- endif %}
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
@"%_VENVSH_PROGRAM%" {% if let Some(verb) = verb %}{{ verb }} {% endif %}%*
@rem One line, read before its first word runs: no variable is left, and a plan may call commands.
@endlocal & endlocal & (if exist "%VENVSH_EMIT%" call "%VENVSH_EMIT%") & rd /s /q "%_VENVSH_PLAN%" 2>nul & exit /b %ERRORLEVEL%
