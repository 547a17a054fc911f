function _venvsh_drawn
    test -n "{% for name in signs.any %}${{ name.bare() }}{% endfor %}"; and return
    builtin contains fish{% for name in signs.named %} ${{ name.bare() }}{% endfor %}; and return
    builtin string match -q 'venvsh: *' -- (builtin functions -Dv fish_prompt)[-1]; and return 1
    builtin functions fish_prompt | builtin string match -q '*VIRTUAL_ENV*'
end
