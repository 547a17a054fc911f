{% if file -%}
@rem Activate: DIR\{{ bin_name }}\activate.bat (in another script: call ...)        Leave: deactivate
@rem Every line says @ itself, so that echo stays as it is; no block in parentheses, because PATH may hold one.
{% endif -%}
@rem What is active now knows best what it set; its files may be gone.
@if defined _OLD_VIRTUAL_ACTIVE if exist "%VIRTUAL_ENV%\{{ bin_name }}\deactivate.bat" call "%VIRTUAL_ENV%\{{ bin_name }}\deactivate.bat"
@if defined _OLD_VIRTUAL_ACTIVE call "%~dp0deactivate.bat"

@rem This file is UTF-8. Some languages end the answer of chcp in a dot.
@set "_OLD_VIRTUAL_CODEPAGE="
@for /F "tokens=2 delims=:." %%I in ('"%SystemRoot%\System32\chcp.com"') do @set "_OLD_VIRTUAL_CODEPAGE=%%I"
@if defined _OLD_VIRTUAL_CODEPAGE "%SystemRoot%\System32\chcp.com" 65001 >nul

@set "_OLD_VIRTUAL_ACTIVE=1"
@set "_OLD_VIRTUAL_ENV=%VIRTUAL_ENV%"
@set "_OLD_VIRTUAL_ENV_PROMPT=%VIRTUAL_ENV_PROMPT%"
@set "VIRTUAL_ENV={{ virtual_env }}"
@if not exist "%VIRTUAL_ENV%\pyvenv.cfg" for %%I in ("%~dp0..") do @set "VIRTUAL_ENV=%%~fI"
@set "VIRTUAL_ENV_PROMPT={{ prompt }}"

@if not exist "%VIRTUAL_ENV%\pyvenv.cfg" goto :moved

@set "_OLD_VIRTUAL_PATH=%PATH%"
@set "PATH=%VIRTUAL_ENV%\{{ bin_name }}"
@if defined _OLD_VIRTUAL_PATH set "PATH=%PATH%;%_OLD_VIRTUAL_PATH%"
@set "_OLD_VIRTUAL_PYTHONHOME=%PYTHONHOME%"
@set "PYTHONHOME="
@set "_OLD_VIRTUAL_PKG_CONFIG_PATH=%PKG_CONFIG_PATH%"
@set "PKG_CONFIG_PATH=%VIRTUAL_ENV%\lib\pkgconfig"
@if defined _OLD_VIRTUAL_PKG_CONFIG_PATH set "PKG_CONFIG_PATH=%PKG_CONFIG_PATH%;%_OLD_VIRTUAL_PKG_CONFIG_PATH%"
{%- if let Some(tcl) = tcl_library %}
@set "_OLD_VIRTUAL_TCL_LIBRARY=%TCL_LIBRARY%"
@set "TCL_LIBRARY={{ tcl }}"
{%- endif %}
{%- if let Some(tk) = tk_library %}
@set "_OLD_VIRTUAL_TK_LIBRARY=%TK_LIBRARY%"
@set "TK_LIBRARY={{ tk }}"
{%- endif %}
@if defined VIRTUAL_ENV_DISABLE_PROMPT goto :codepage
@if not defined VIRTUAL_ENV_PROMPT goto :codepage
@rem PROMPT gives $ a meaning: it is doubled where it is drawn.
@set "_OLD_VIRTUAL_PROMPTED=1"
@set "_OLD_VIRTUAL_PROMPT=%PROMPT%"
@if not defined PROMPT set "PROMPT=$P$G"
@set "PROMPT=(%VIRTUAL_ENV_PROMPT:$=$$%) %PROMPT%"

:codepage
@if defined _OLD_VIRTUAL_CODEPAGE "%SystemRoot%\System32\chcp.com" %_OLD_VIRTUAL_CODEPAGE% >nul
@set "_OLD_VIRTUAL_CODEPAGE="
@exit /b 0

:moved
@set "VIRTUAL_ENV=%_OLD_VIRTUAL_ENV%"
@set "VIRTUAL_ENV_PROMPT=%_OLD_VIRTUAL_ENV_PROMPT%"
@set "_OLD_VIRTUAL_ENV="
@set "_OLD_VIRTUAL_ENV_PROMPT="
@set "_OLD_VIRTUAL_ACTIVE="
@if defined _OLD_VIRTUAL_CODEPAGE "%SystemRoot%\System32\chcp.com" %_OLD_VIRTUAL_CODEPAGE% >nul
@set "_OLD_VIRTUAL_CODEPAGE="
@echo the environment was moved, and its new place is not known: "%~f0" 1>&2
@exit /b 1
