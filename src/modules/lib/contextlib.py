"""Helpers for the with statement."""

import abc
import sys
from functools import wraps
from types import MethodType

__all__ = [
    "asynccontextmanager",
    "contextmanager",
    "closing",
    "nullcontext",
    "AbstractContextManager",
    "AbstractAsyncContextManager",
    "AsyncExitStack",
    "ContextDecorator",
    "ExitStack",
    "redirect_stdout",
    "redirect_stderr",
    "suppress",
]


def _defines(cls, *names):
    """Whether a class has all these methods, for a __subclasshook__."""
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class AbstractContextManager(abc.ABC):
    """What can stand in a with statement."""

    def __enter__(self):
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractContextManager:
            return _defines(C, "__enter__", "__exit__")
        return NotImplemented


class AbstractAsyncContextManager(abc.ABC):
    """What can stand in an async with statement."""

    async def __aenter__(self):
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractAsyncContextManager:
            return _defines(C, "__aenter__", "__aexit__")
        return NotImplemented


class ContextDecorator:
    """A context manager that can also decorate functions."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class _GeneratorContextManagerBase:
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        self.__doc__ = getattr(func, "__doc__", None) or type(self).__doc__

    def _forget(self):
        # The arguments need not live as long as the body of the with statement.
        del self.args, self.kwds, self.func


class _GeneratorContextManager(
    _GeneratorContextManagerBase, AbstractContextManager, ContextDecorator
):
    """A context manager made from a generator that yields once."""

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    def __enter__(self):
        self._forget()
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, type, value, traceback):
        if type is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = type()
        try:
            self.gen.throw(type, value, traceback)
        except StopIteration as e:
            # The one thrown in may also come out, when the generator has not begun.
            return e is not value
        except RuntimeError as e:
            if e is value or (type is StopIteration and e.__cause__ is value):
                return False
            raise
        except:
            if sys.exc_info()[1] is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(
    _GeneratorContextManagerBase, AbstractAsyncContextManager
):
    """A context manager made from an asynchronous generator that yields once."""

    async def __aenter__(self):
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(typ, value, traceback)
        except StopAsyncIteration as e:
            return e is not value
        except RuntimeError as e:
            if e is value:
                return False
            stopped = isinstance(value, (StopIteration, StopAsyncIteration))
            if stopped and e.__cause__ is value:
                return False
            raise
        except BaseException as e:
            if e is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after athrow()")


def contextmanager(func):
    """Make a context manager of a generator function that yields once."""

    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper


def asynccontextmanager(func):
    """Make an asynchronous context manager of an asynchronous generator function."""

    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper


class closing(AbstractContextManager):
    """Closes an object at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class _RedirectStream(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        # A stack: one manager may be entered again inside its own block.
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Sends what the block prints elsewhere."""

    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Sends what the block writes as errors elsewhere."""

    _stream = "stderr"


class suppress(AbstractContextManager):
    """Ends the block quietly when one of these exceptions is raised."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        return exctype is not None and issubclass(exctype, self._exceptions)


class nullcontext(AbstractContextManager):
    """Does nothing but hand out a value."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass


def _method_arguments(name, args, kwds):
    """Split (self, callback, *args), where older code may name the callback."""
    if len(args) >= 2:
        self, callback, *args = args
    elif not args:
        raise TypeError(
            "descriptor '%s' of '_BaseExitStack' object needs an argument" % name
        )
    elif "callback" in kwds:
        callback = kwds.pop("callback")
        self, *args = args
        import warnings

        warnings.warn(
            "Passing 'callback' as keyword argument is deprecated",
            DeprecationWarning,
            stacklevel=3,
        )
    else:
        raise TypeError(
            "%s expected at least 1 positional argument, got %d"
            % (name, len(args) - 1)
        )
    return self, callback, args


class _BaseExitStack:
    """What ExitStack and AsyncExitStack have in common."""

    def __init__(self):
        # Pairs: whether the function is an ordinary one, and it.
        self._exit_callbacks = []

    @staticmethod
    def _create_exit_wrapper(cm, cm_exit):
        return MethodType(cm_exit, cm)

    @staticmethod
    def _create_cb_wrapper(callback, /, *args, **kwds):
        def _exit_wrapper(exc_type, exc, tb):
            callback(*args, **kwds)

        return _exit_wrapper

    def pop_all(self):
        """Hand all callbacks over to a new stack."""
        other = type(self)()
        other._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = []
        return other

    def push(self, exit):
        """Register an __exit__ method, or a function with its signature."""
        try:
            exit_method = type(exit).__exit__
        except AttributeError:
            self._push_exit_callback(exit)
        else:
            self._push_cm_exit(exit, exit_method)
        return exit

    def enter_context(self, cm):
        """Enter a context manager and register its exit."""
        cls = type(cm)
        exit_method = cls.__exit__
        result = cls.__enter__(cm)
        self._push_cm_exit(cm, exit_method)
        return result

    def callback(*args, **kwds):
        """Register any function with arguments for it."""
        self, callback, args = _method_arguments("callback", args, kwds)
        wrapper = self._create_cb_wrapper(callback, *args, **kwds)
        wrapper.__wrapped__ = callback
        self._push_exit_callback(wrapper)
        return callback

    callback.__text_signature__ = "($self, callback, /, *args, **kwds)"

    def _push_cm_exit(self, cm, cm_exit):
        self._push_exit_callback(self._create_exit_wrapper(cm, cm_exit), True)

    def _push_exit_callback(self, callback, is_sync=True):
        self._exit_callbacks.append((is_sync, callback))


def _chain(new, old, outer):
    """Hang an exception below the innermost one that a callback's exception replaces."""
    while True:
        context = new.__context__
        if context is old:
            # Python itself has done it.
            return
        if context is None or context is outer:
            break
        new = context
    new.__context__ = old


class _Unwinding:
    """The exception in flight while callbacks run."""

    def __init__(self, details):
        self.received = details[0] is not None
        self.details = details
        # What was being handled around the with statement is nobody's context.
        self.outer = sys.exc_info()[1]
        self.suppressed = False
        self.pending = False

    def returned(self, answer):
        if answer:
            self.suppressed = True
            self.pending = False
            self.details = (None, None, None)

    def raised(self):
        details = sys.exc_info()
        _chain(details[1], self.details[1], self.outer)
        self.pending = True
        self.details = details

    def finish(self):
        if self.pending:
            error = self.details[1]
            # The statement below sets the context anew.
            context = error.__context__
            try:
                raise error
            except BaseException:
                error.__context__ = context
                raise
        return self.received and self.suppressed


class ExitStack(_BaseExitStack, AbstractContextManager):
    """A stack of context managers and callbacks that the block fills."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        state = _Unwinding(exc_details)
        while self._exit_callbacks:
            is_sync, callback = self._exit_callbacks.pop()
            try:
                state.returned(callback(*state.details))
            except:
                state.raised()
        return state.finish()

    def close(self):
        """Run the callbacks now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """An ExitStack that takes asynchronous ones too."""

    @staticmethod
    def _create_async_exit_wrapper(cm, cm_exit):
        return MethodType(cm_exit, cm)

    @staticmethod
    def _create_async_cb_wrapper(callback, /, *args, **kwds):
        async def _exit_wrapper(exc_type, exc, tb):
            await callback(*args, **kwds)

        return _exit_wrapper

    async def enter_async_context(self, cm):
        """Enter an asynchronous context manager and register its exit."""
        cls = type(cm)
        exit_method = cls.__aexit__
        result = await cls.__aenter__(cm)
        self._push_async_cm_exit(cm, exit_method)
        return result

    def push_async_exit(self, exit):
        """Register an __aexit__ method, or a coroutine function with its signature."""
        try:
            exit_method = type(exit).__aexit__
        except AttributeError:
            self._push_exit_callback(exit, False)
        else:
            self._push_async_cm_exit(exit, exit_method)
        return exit

    def push_async_callback(*args, **kwds):
        """Register any coroutine function with arguments for it."""
        self, callback, args = _method_arguments("push_async_callback", args, kwds)
        wrapper = self._create_async_cb_wrapper(callback, *args, **kwds)
        wrapper.__wrapped__ = callback
        self._push_exit_callback(wrapper, False)
        return callback

    push_async_callback.__text_signature__ = "($self, callback, /, *args, **kwds)"

    async def aclose(self):
        """Run the callbacks now."""
        await self.__aexit__(None, None, None)

    def _push_async_cm_exit(self, cm, cm_exit):
        self._push_exit_callback(self._create_async_exit_wrapper(cm, cm_exit), False)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        state = _Unwinding(exc_details)
        while self._exit_callbacks:
            is_sync, callback = self._exit_callbacks.pop()
            try:
                answer = callback(*state.details)
                if not is_sync:
                    answer = await answer
                state.returned(answer)
            except:
                state.raised()
        return state.finish()
