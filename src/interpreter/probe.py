import sys
def of(name, where=sys): return getattr(where, name, None)
impl = of('implementation')
pypy = of('pypy_version_info')
info = sys.version_info
lib = of('__file__', sys.modules.get('os'))
abi = of('abiflags')
if abi is None and info[0] > 2 and not pypy:
    # Windows has them since 3.14.
    abi = ('free-threading' in sys.version and 't' or '') + (of('gettotalrefcount') and 'd' or '')
if not lib:
    try:
        import os; lib = os.__file__
    except Exception: lib = None
out = [
    'venvsh-answer-1', sys.executable,
    of('base_prefix') or of('real_prefix') or sys.prefix,
    of('base_exec_prefix') or of('real_prefix') or sys.exec_prefix,
    '%d.%d.%d' % tuple(info[:3]), info[3], str(info[4]),
    (impl and impl.name) or (pypy and 'pypy') or 'cpython',
    impl and of('cache_tag', impl), abi, of('platlibdir') or 'lib',
    str(sys.maxsize), lib,
]
try:
    import _tkinter
    out.append(str(_tkinter.create(None, 'venvsh', 'Venvsh', 0, 1, 0).eval('info library')))
except BaseException:
    out.append('')
def code(text):
    if not text: return b''
    return text if isinstance(text, bytes) else text.encode('utf-8', 'surrogateescape')
getattr(sys.stdout, 'buffer', sys.stdout).write(b'\0'.join([code(text) for text in out] + [b'end\n']))
