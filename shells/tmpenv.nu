if ({{ readme }} | path exists) {
    let root = ({{ readme }} | path dirname)
    if $env.PWD == $root or ($env.PWD | str starts-with $"($root)/") { cd ($root | path dirname) }
    venvsh rmvirtualenv -- {{ name }}
}
