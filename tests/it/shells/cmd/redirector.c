/* A stand-in for CPython's venvlauncher.exe, which no package has: `home` of pyvenv.cfg, in the directory above, is where the python.exe
   is that gets the command line. The statuses are those of PC/venvlauncher.c. */
#include <windows.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

int main(void) {
    wchar_t self[MAX_PATH], config[MAX_PATH + 16], home[MAX_PATH], base[MAX_PATH + 16];
    char text[8192], *at, *end;
    GetModuleFileNameW(NULL, self, MAX_PATH);
    wcscpy(config, self);
    *wcsrchr(config, L'\\') = 0;
    *wcsrchr(config, L'\\') = 0;
    wcscat(config, L"\\pyvenv.cfg");
    FILE *file = _wfopen(config, L"rb");
    if (!file) return 106;
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    if (!(at = strstr(text, "home")) || !(at = strchr(at, '='))) return 107;
    for (at++; *at == ' '; at++) {}
    for (end = at; *end && *end != '\r' && *end != '\n'; end++) {}
    *end = 0;
    MultiByteToWideChar(CP_UTF8, 0, at, -1, home, MAX_PATH);
    _snwprintf(base, MAX_PATH + 16, L"%ls\\python.exe", home);
    if (GetFileAttributesW(base) == INVALID_FILE_ATTRIBUTES) return 103;
    SetEnvironmentVariableW(L"__PYVENV_LAUNCHER__", self);
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION started;
    GetStartupInfoW(&start);
    if (!CreateProcessW(base, GetCommandLineW(), NULL, NULL, TRUE, 0, NULL, NULL, &start, &started)) return 101;
    WaitForSingleObject(started.hProcess, INFINITE);
    DWORD status = 1;
    GetExitCodeProcess(started.hProcess, &status);
    return (int)status;
}
