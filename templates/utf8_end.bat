@if defined _OLD_VIRTUAL_CODEPAGE "%SystemRoot%\System32\chcp.com" %_OLD_VIRTUAL_CODEPAGE% >nul
@set "_OLD_VIRTUAL_CODEPAGE="
