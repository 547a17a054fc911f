if ( -f {{ readme }} ) venvsh rmvirtualenv -- {{ name }}
