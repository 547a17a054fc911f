{% if file -%}
@rem Activate: DIR\{{ bin_name }}\activate.bat (in another script: call ...)        Leave: deactivate
@rem Every line says @ itself, so that echo stays as it is; no block in parentheses, because PATH may hold one.
{% endif -%}
{% if file -%}
@rem What is active now knows best what it set; its files may be gone.
@if defined _OLD_VIRTUAL_ACTIVE if exist "%VIRTUAL_ENV%\{{ bin_name }}\deactivate.bat" call "%VIRTUAL_ENV%\{{ bin_name }}\deactivate.bat"
@if defined _OLD_VIRTUAL_ACTIVE call "%~dp0deactivate.bat"
{% else -%}
@if defined _OLD_VIRTUAL_ACTIVE call :leave
{% endif -%}
{% if file && !ascii %}
{% include "utf8.bat" %}
{% endif %}
@set "_OLD_VIRTUAL_ACTIVE=1"
@set "_OLD_VIRTUAL_ENV=%VIRTUAL_ENV%"
@set "_OLD_VIRTUAL_ENV_PROMPT=%VIRTUAL_ENV_PROMPT%"
@set "VIRTUAL_ENV={{ virtual_env }}"
{%- if file %}
@if not exist "%VIRTUAL_ENV%\pyvenv.cfg" for %%I in ("%~dp0..") do @set "VIRTUAL_ENV=%%~fI"
{%- endif %}
@set "VIRTUAL_ENV_PROMPT={{ prompt }}"
{%- if file %}

@if not exist "%VIRTUAL_ENV%\pyvenv.cfg" goto :moved
{%- endif %}

@set "_OLD_VIRTUAL_PATH=%PATH%"
@set "PATH=%VIRTUAL_ENV%\{{ bin_name }}"
@if defined _OLD_VIRTUAL_PATH set "PATH=%PATH%;%_OLD_VIRTUAL_PATH%"
@set "_OLD_VIRTUAL_PYTHONHOME=%PYTHONHOME%"
@set "PYTHONHOME="
@set "_OLD_VIRTUAL_PKG_CONFIG_PATH=%PKG_CONFIG_PATH%"
@set "PKG_CONFIG_PATH=%VIRTUAL_ENV%\lib\pkgconfig"
@if defined _OLD_VIRTUAL_PKG_CONFIG_PATH set "PKG_CONFIG_PATH=%PKG_CONFIG_PATH%;%_OLD_VIRTUAL_PKG_CONFIG_PATH%"
{%- if let Some(tcl) = tcl_library %}
@set "_OLD_VIRTUAL_TCL=1"
@set "_OLD_VIRTUAL_TCL_LIBRARY=%TCL_LIBRARY%"
@set "TCL_LIBRARY={{ tcl }}"
{%- endif %}
{%- if let Some(tk) = tk_library %}
@set "_OLD_VIRTUAL_TK=1"
@set "_OLD_VIRTUAL_TK_LIBRARY=%TK_LIBRARY%"
@set "TK_LIBRARY={{ tk }}"
{%- endif %}
{% for name in signs.any %}@if defined {{ name.bare() }} goto :entered
{% endfor %}@if not defined VIRTUAL_ENV_PROMPT goto :entered
@rem PROMPT gives $ a meaning: it is doubled where it is drawn.
@set "_OLD_VIRTUAL_PROMPTED=1"
@set "_OLD_VIRTUAL_PROMPT=%PROMPT%"
@if not defined PROMPT set "PROMPT=$P$G"
@set "PROMPT=(%VIRTUAL_ENV_PROMPT:$=$$%) %PROMPT%"

:entered
{%- if file && !ascii %}
{% include "utf8_end.bat" %}
{%- endif %}
@exit /b 0
{%- if file %}

:moved
@set "VIRTUAL_ENV=%_OLD_VIRTUAL_ENV%"
@set "VIRTUAL_ENV_PROMPT=%_OLD_VIRTUAL_ENV_PROMPT%"
@set "_OLD_VIRTUAL_ENV="
@set "_OLD_VIRTUAL_ENV_PROMPT="
@set "_OLD_VIRTUAL_ACTIVE="
{%- if !ascii %}
{% include "utf8_end.bat" %}
{%- endif %}
@echo the environment was moved, and its new place is not known: "%~f0" 1>&2
@exit /b 1
{%- endif %}
