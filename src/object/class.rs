//! The table of builtin classes. A row is `Ident "python name" Base`; the class object is made on
//! first use (`vm.class_object`), its methods come from `types::methods_of`.

/// Calls `$m! { rows }` with every builtin class; a base stands before its classes.
#[macro_export]
macro_rules! for_each_class {
    ($m:ident) => {
        $m! {
            Object "object" Object;
            Type "type" Object;
            NoneType "NoneType" Object;
            NotImplementedType "NotImplementedType" Object;
            EllipsisType "ellipsis" Object;
            Int "int" Object;
            Bool "bool" Int;
            Float "float" Object;
            Str "str" Object;
            Tuple "tuple" Object;
            List "list" Object;
            Dict "dict" Object;
            DictKeys "dict_keys" Object;
            DictValues "dict_values" Object;
            DictItems "dict_items" Object;
            DictKeyIter "dict_keyiterator" Object;
            DictValueIter "dict_valueiterator" Object;
            DictItemIter "dict_itemiterator" Object;
            DictReverseKeyIter "dict_reversekeyiterator" Object;
            DictReverseValueIter "dict_reversevalueiterator" Object;
            DictReverseItemIter "dict_reverseitemiterator" Object;
            Range "range" Object;
            RangeIter "range_iterator" Object;
            LongRangeIter "longrange_iterator" Object;
            TupleIter "tuple_iterator" Object;
            ListIter "list_iterator" Object;
            ListReverseIter "list_reverseiterator" Object;
            StrIter "str_iterator" Object;
            SeqIter "iterator" Object;
            CallableIter "callable_iterator" Object;
            Enumerate "enumerate" Object;
            Zip "zip" Object;
            Map "map" Object;
            Filter "filter" Object;
            Reversed "reversed" Object;
            Function "function" Object;
            BuiltinFunction "builtin_function_or_method" Object;
            MethodDescriptor "method_descriptor" Object;
            Method "method" Object;
            Cell "cell" Object;
            Code "code" Object;
            Traceback "traceback" Object;
            Frame "frame" Object;
            WrapperDescriptor "wrapper_descriptor" Object;
            MethodWrapper "method-wrapper" Object;
            ClassMethodDescriptor "classmethod_descriptor" Object;
            GetSetDescriptor "getset_descriptor" Object;
            MemberDescriptor "member_descriptor" Object;
            StaticMethod "staticmethod" Object;
            MappingProxy "mappingproxy" Object;
            WeakRef "weakref" Object;
            Lock "lock" Object;
            RLock "RLock" Object;
            HostFunction "host_function" Object;
            Module "module" Object;
            TextIo "TextIOWrapper" Object;
            VersionInfo "version_info" Tuple;
            Instruction "Instruction" Tuple;
            Set "set" Object;
            FrozenSet "frozenset" Object;
            SetIter "set_iterator" Object;
            Bytes "bytes" Object;
            BytesIter "bytes_iterator" Object;
            Slice "slice" Object;
            Complex "complex" Object;
            SimpleNamespace "SimpleNamespace" Object;
            ModuleSpec "ModuleSpec" Object;
            SourceFileLoader "SourceFileLoader" Object;
            BuiltinImporter "BuiltinImporter" Object;
            FrozenImporter "FrozenImporter" Object;
            PathFinder "PathFinder" Object;
            FileIo "FileIO" Object;
            SysFlags "flags" Tuple;
            FloatInfo "float_info" Tuple;
            IntInfo "int_info" Tuple;
            HashInfo "hash_info" Tuple;
            BufferedReader "BufferedReader" Object;
            BufferedWriter "BufferedWriter" Object;
            BufferedRandom "BufferedRandom" Object;
            Generator "generator" Object;
            Coroutine "coroutine" Object;
            AsyncGenerator "async_generator" Object;
            CoroutineWrapper "coroutine_wrapper" Object;
            AsyncGenASend "async_generator_asend" Object;
            AsyncGenAThrow "async_generator_athrow" Object;
            AsyncGenWrapped "async_generator_wrapped_value" Object;
            AsyncGenHooks "asyncgen_hooks" Tuple;
            Deque "deque" Object;
            DequeIter "_deque_iterator" Object;
            DequeReverseIter "_deque_reverse_iterator" Object;
            DefaultDict "defaultdict" Dict;
            OrderedDict "OrderedDict" Dict;
            OdictKeys "odict_keys" DictKeys;
            OdictValues "odict_values" DictValues;
            OdictItems "odict_items" DictItems;
            OdictIter "odict_iterator" Object;
            TupleGetter "_tuplegetter" Object;
            Count "count" Object;
            Cycle "cycle" Object;
            Repeat "repeat" Object;
            Chain "chain" Object;
            Accumulate "accumulate" Object;
            Compress "compress" Object;
            TakeWhile "takewhile" Object;
            DropWhile "dropwhile" Object;
            FilterFalse "filterfalse" Object;
            StarMap "starmap" Object;
            ISlice "islice" Object;
            ZipLongest "zip_longest" Object;
            Combinations "combinations" Object;
            CombinationsWithReplacement "combinations_with_replacement" Object;
            Permutations "permutations" Object;
            Product "product" Object;
            GroupBy "groupby" Object;
            Grouper "_grouper" Object;
            Tee "_tee" Object;
            TeeData "_tee_dataobject" Object;
            Random "Random" Object;
            Partial "partial" Object;
            KeyWrapper "KeyWrapper" Object;
            LruCache "_lru_cache_wrapper" Object;
            BaseException "BaseException" Object;
            SystemExit "SystemExit" BaseException;
            KeyboardInterrupt "KeyboardInterrupt" BaseException;
            GeneratorExit "GeneratorExit" BaseException;
            Exception "Exception" BaseException;
            StopIteration "StopIteration" Exception;
            StopAsyncIteration "StopAsyncIteration" Exception;
            ArithmeticError "ArithmeticError" Exception;
            FloatingPointError "FloatingPointError" ArithmeticError;
            OverflowError "OverflowError" ArithmeticError;
            ZeroDivisionError "ZeroDivisionError" ArithmeticError;
            AssertionError "AssertionError" Exception;
            AttributeError "AttributeError" Exception;
            BufferError "BufferError" Exception;
            EOFError "EOFError" Exception;
            ImportError "ImportError" Exception;
            ModuleNotFoundError "ModuleNotFoundError" ImportError;
            LookupError "LookupError" Exception;
            IndexError "IndexError" LookupError;
            KeyError "KeyError" LookupError;
            MemoryError "MemoryError" Exception;
            NameError "NameError" Exception;
            UnboundLocalError "UnboundLocalError" NameError;
            OSError "OSError" Exception;
            BlockingIOError "BlockingIOError" OSError;
            ChildProcessError "ChildProcessError" OSError;
            ConnectionError "ConnectionError" OSError;
            BrokenPipeError "BrokenPipeError" ConnectionError;
            ConnectionAbortedError "ConnectionAbortedError" ConnectionError;
            ConnectionRefusedError "ConnectionRefusedError" ConnectionError;
            ConnectionResetError "ConnectionResetError" ConnectionError;
            FileExistsError "FileExistsError" OSError;
            FileNotFoundError "FileNotFoundError" OSError;
            InterruptedError "InterruptedError" OSError;
            IsADirectoryError "IsADirectoryError" OSError;
            NotADirectoryError "NotADirectoryError" OSError;
            PermissionError "PermissionError" OSError;
            ProcessLookupError "ProcessLookupError" OSError;
            TimeoutError "TimeoutError" OSError;
            ReferenceError "ReferenceError" Exception;
            RuntimeError "RuntimeError" Exception;
            NotImplementedError "NotImplementedError" RuntimeError;
            RecursionError "RecursionError" RuntimeError;
            SyntaxError "SyntaxError" Exception;
            IndentationError "IndentationError" SyntaxError;
            TabError "TabError" IndentationError;
            SystemError "SystemError" Exception;
            TypeError "TypeError" Exception;
            ValueError "ValueError" Exception;
            UnicodeError "UnicodeError" ValueError;
            UnicodeDecodeError "UnicodeDecodeError" UnicodeError;
            UnicodeEncodeError "UnicodeEncodeError" UnicodeError;
            UnicodeTranslateError "UnicodeTranslateError" UnicodeError;
            Warning "Warning" Exception;
            DeprecationWarning "DeprecationWarning" Warning;
            PendingDeprecationWarning "PendingDeprecationWarning" Warning;
            RuntimeWarning "RuntimeWarning" Warning;
            SyntaxWarning "SyntaxWarning" Warning;
            UserWarning "UserWarning" Warning;
            FutureWarning "FutureWarning" Warning;
            ImportWarning "ImportWarning" Warning;
            UnicodeWarning "UnicodeWarning" Warning;
            BytesWarning "BytesWarning" Warning;
            ResourceWarning "ResourceWarning" Warning;
            UnsupportedOperation "UnsupportedOperation" OSError;
            ClassMethod "classmethod" Object;
            Property "property" Object;
            Super "super" Object;
            ByteArray "bytearray" Object;
            ByteArrayIter "bytearray_iterator" Object;
            MemoryView "memoryview" Object;
        }
    };
}
macro_rules! define_classes {
    ($($id:ident $name:literal $base:ident;)*) => {
        /// A builtin class; its number is also the id of its root shape.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u32)]
        pub enum ClassId { $($id),* }
        impl ClassId {
            pub const ALL: &'static [ClassId] = &[$(ClassId::$id),*];
            /// `__name__`
            pub const fn name(self) -> &'static str { match self { $(ClassId::$id => $name),* } }
            /// `__base__`; `object`'s is itself.
            pub const fn base(self) -> ClassId { match self { $(ClassId::$id => ClassId::$base),* } }
        }
    };
}
for_each_class!(define_classes);

/// The classes that each derives from, itself included: a bit each.
static ABOVE: [[u64; ClassId::COUNT.div_ceil(64)]; ClassId::COUNT] = {
    let mut all = [[0; ClassId::COUNT.div_ceil(64)]; ClassId::COUNT];
    let mut i = 0;
    while i < ClassId::COUNT {
        let mut c = ClassId::ALL[i];
        loop {
            all[i][c as usize / 64] |= 1 << (c as usize % 64);
            if let Some(b) = c.second_base() {
                all[i][b as usize / 64] |= 1 << (b as usize % 64);
            }
            if matches!(c, ClassId::Object) {
                break;
            }
            c = c.base();
        }
        i += 1;
    }
    all
};

impl ClassId {
    /// Number of builtin classes.
    pub const COUNT: usize = ClassId::ALL.len();
    /// The class whose root shape this is.
    pub fn from_shape(shape: u32) -> Option<ClassId> {
        ClassId::ALL.get(shape as usize).copied()
    }
    /// The other base of a class that has two.
    pub const fn second_base(self) -> Option<ClassId> {
        match self {
            ClassId::UnsupportedOperation => Some(ClassId::ValueError),
            _ => None,
        }
    }
    /// Whether this class is `other` or derives from it.
    #[inline]
    pub fn is_subclass(self, other: ClassId) -> bool {
        let other = other as usize;
        ABOVE[self as usize][other / 64] >> (other % 64) & 1 != 0
    }
    /// Whether instances are exceptions.
    pub fn is_exception(self) -> bool {
        self.is_subclass(ClassId::BaseException)
    }
}
