@if exist "{{ readme }}" call venvsh rmvirtualenv "{{ name }}" & exit /b
