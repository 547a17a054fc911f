import os
if os.path.isfile({{ readme }}):
    venvsh rmvirtualenv -- @({{ name }})
