@if not defined _OLD_VIRTUAL_ACTIVE exit /b 0
@rem PATH as activate.bat left it comes back whole; from a changed one, only our entry is taken out.
@set "_OLD_VIRTUAL_OURS=%VIRTUAL_ENV%\{{ bin_name }}"
@if defined _OLD_VIRTUAL_PATH set "_OLD_VIRTUAL_OURS=%_OLD_VIRTUAL_OURS%;%_OLD_VIRTUAL_PATH%"
@if not "%PATH%"=="%_OLD_VIRTUAL_OURS%" goto :changed
@set "PATH=%_OLD_VIRTUAL_PATH%"
@goto :variables

:changed
@set "PATH=;%PATH%;"
@call set "PATH=%%PATH:;%VIRTUAL_ENV%\{{ bin_name }};=;%%"
@if "%PATH:~0,1%"==";" set "PATH=%PATH:~1%"
@if "%PATH:~-1%"==";" set "PATH=%PATH:~0,-1%"

:variables
@set "_OLD_VIRTUAL_OURS="
@set "_OLD_VIRTUAL_PATH="
@if not defined PYTHONHOME set "PYTHONHOME=%_OLD_VIRTUAL_PYTHONHOME%"
@set "_OLD_VIRTUAL_PYTHONHOME="
@set "PKG_CONFIG_PATH=%_OLD_VIRTUAL_PKG_CONFIG_PATH%"
@set "_OLD_VIRTUAL_PKG_CONFIG_PATH="
{%- if tcl_library.is_some() %}
@set "TCL_LIBRARY=%_OLD_VIRTUAL_TCL_LIBRARY%"
@set "_OLD_VIRTUAL_TCL_LIBRARY="
{%- endif %}
{%- if tk_library.is_some() %}
@set "TK_LIBRARY=%_OLD_VIRTUAL_TK_LIBRARY%"
@set "_OLD_VIRTUAL_TK_LIBRARY="
{%- endif %}
@if defined _OLD_VIRTUAL_PROMPTED set "PROMPT=%_OLD_VIRTUAL_PROMPT%"
@set "_OLD_VIRTUAL_PROMPT="
@set "_OLD_VIRTUAL_PROMPTED="
@set "VIRTUAL_ENV=%_OLD_VIRTUAL_ENV%"
@set "VIRTUAL_ENV_PROMPT=%_OLD_VIRTUAL_ENV_PROMPT%"
@set "_OLD_VIRTUAL_ENV="
@set "_OLD_VIRTUAL_ENV_PROMPT="
@set "_OLD_VIRTUAL_ACTIVE="
@exit /b 0
