"""dis.dis of a module, and of a method."""
import dis
import types


def b(x):
    return x


def a(y):
    return lambda: y


m = types.ModuleType('m')
m.f = b
m.g = a
m.c = b.__code__
m.number = 1
m.int = int
dis.dis(m)
dis.dis(types.MethodType(b, 1))
print(types.FunctionType is type(b), types.CodeType is type(b.__code__), types.LambdaType, types.CellType,
      types.MethodType, types.BuiltinFunctionType, types.BuiltinMethodType, types.ModuleType, types.TracebackType,
      types.FrameType, types.MethodDescriptorType)
