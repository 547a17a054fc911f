if test -f {{ readme }}
    venvsh rmvirtualenv -- {{ name }}
end
