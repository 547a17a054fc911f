rm --recursive --force {{ directory }}
venvsh workon -- {{ root }}
