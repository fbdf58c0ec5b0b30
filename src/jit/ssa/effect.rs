//! What an instruction reads, writes and may do: data that passes ask for.

/// A set of classes of memory, one bit each.
pub type Heap = u16;

/// Nothing.
pub const NONE: Heap = 0;
/// The values in global cells.
pub const GLOBALS: Heap = 1;
/// Which names a namespace has (its `keys_version`).
pub const KEYS: Heap = 2;
/// The values in closure cells.
pub const CELLS: Heap = 4;
/// How far iterators are.
pub const RANGE: Heap = 8;
/// The items of lists.
pub const ITEMS: Heap = 16;
/// Exceptions being handled.
pub const EXC: Heap = 32;
/// The count of fuel.
pub const FUEL: Heap = 64;
/// The count of frames.
pub const DEPTH: Heap = 128;
/// The limit word. Other threads write it, so no read of it is redundant.
pub const LIMIT: Heap = 256;
/// Every other object.
pub const OBJECTS: Heap = 512;
/// The lengths of lists.
pub const LENGTHS: Heap = 1024;
/// What iterators go over, once they were made: that ends.
pub const SEQS: Heap = 2048;
/// The attributes of instances.
pub const SLOTS: Heap = 4096;
/// The shapes of objects.
pub const SHAPES: Heap = 8192;
/// The versions of classes.
pub const VERSIONS: Heap = 16384;
/// The items of lists, and how many there are.
pub const LISTS: Heap = ITEMS | LENGTHS;
/// Both of an instance.
pub const SLOTS_AND_SHAPES: Heap = SLOTS | SHAPES;
/// Shapes, and what they were found to mean for their classes.
pub const SHAPES_AND_VERSIONS: Heap = SHAPES | VERSIONS;
/// The global cells that are watched, and what functions are (`jit::watch`): no call leaves them changed, for
/// then native code does not go on.
pub const FIXED: Heap = 32768;
/// Whatever Python code can change.
pub const ALL: Heap = GLOBALS
    | KEYS
    | CELLS
    | RANGE
    | ITEMS
    | EXC
    | OBJECTS
    | FUEL
    | LENGTHS
    | SEQS
    | SLOTS
    | SHAPES
    | VERSIONS;

/// Flags of a row.
pub type Flags = u16;

/// Nothing beyond the reads and writes.
pub const PLAIN: Flags = 0;
/// May leave to the interpreter: has a reason and a state `at` or `after`.
pub const EXITS: Flags = 1;
/// May raise (or come back as a frame materialised elsewhere): has a state `in`.
pub const RAISES: Flags = 2;
/// May run Python code.
pub const CALLS: Flags = 4;
/// Ends a block.
pub const TERM: Flags = 8;
/// Stays though its result is not used.
pub const KEEP: Flags = 16;
/// Has a state of its own; what it means, the row's text says.
pub const STATE: Flags = 32;
/// Takes its result type from the operands or the signature, not from the row.
pub const SPECIAL: Flags = 64;
/// Goes to one block.
pub const T1: Flags = 128;
/// Goes to one of two blocks.
pub const T2: Flags = 256;
/// Makes a new object: a second one is another.
pub const NEW: Flags = 512;
/// Its result is its first operand, of which it makes sure of something.
pub const PASSES: Flags = 1024;
/// Calls a helper only where it finds no room, or no such thing made before.
pub const RARELY: Flags = 4096;
/// Its result is an object: no number, no bool, not None.
pub const OBJECT: Flags = 2048;
