if ( -f {{ readme }} ) then
    venvsh rmvirtualenv -- {{ name }}
endif
