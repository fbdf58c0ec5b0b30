"""dis.Bytecode: the instructions of a code object as an object."""

import dis
import io


class Bytecode:
    """Instructions, and texts about them, of whatever has code."""

    def __init__(self, x, *, first_line=None, current_offset=None):
        self.codeobj = _code(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self._original_object = x
        self.current_offset = current_offset

    def __iter__(self):
        return iter(dis.get_instructions(self.codeobj, first_line=self.first_line))

    def __repr__(self):
        return f'{type(self).__name__}({self._original_object!r})'

    @classmethod
    def from_traceback(cls, tb):
        """Of the innermost frame of a traceback."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """What code_info says."""
        return dis.code_info(self.codeobj)

    def dis(self):
        """The listing."""
        code = self.codeobj.replace(co_firstlineno=self.first_line)
        out = io.StringIO()
        at = -1 if self.current_offset is None else self.current_offset
        dis.disassemble(code, at, file=out)
        return out.getvalue()


def _code(x):
    x = getattr(x, '__func__', x)
    for name in '__code__', 'gi_code', 'ag_code', 'cr_code':
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if isinstance(x, str):
        try:
            x = compile(x, '<disassembly>', 'eval')
        except SyntaxError:
            x = compile(x, '<disassembly>', 'exec')
    if hasattr(x, 'co_code'):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


Bytecode.__module__ = 'dis'
