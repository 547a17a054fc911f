@rem This file is UTF-8. Some languages end the answer of chcp in a dot.
@set "_OLD_VIRTUAL_CODEPAGE="
@for /F "tokens=2 delims=:." %%I in ('"%SystemRoot%\System32\chcp.com"') do @set "_OLD_VIRTUAL_CODEPAGE=%%I"
@if defined _OLD_VIRTUAL_CODEPAGE "%SystemRoot%\System32\chcp.com" 65001 >nul
