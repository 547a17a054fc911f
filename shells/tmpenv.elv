use path
if (path:is-regular {{ readme }}) { venvsh rmvirtualenv -- {{ name }} }
