package org.ambientvcp.wasm.code;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A validated module, ready to run. Immutable; arrays are shared and must not be written. Nothing of the parser's is
/// kept.
///
/// Functions are counted twice: in the module's index space imports come first (references, exports, `start`), among
/// the own functions they are left out ([FunctionCode#index]).
///
/// @param types canonical types: two functions have the same index here exactly if their WASM types are equal
/// @param typeOf canonical type by function, in the module's index space
/// @param imports all of them functions
/// @param functions the module's own
/// @param memory null if it has none
/// @param start function to run first, in the module's index space; -1 for none
/// @param names of functions by the module's index space, from its name section or else its exports; may lack some,
///     and does without steps
@SuppressWarnings("ArrayRecordComponent") // shared, never written
public record ModuleCode(
        List<Signature> types,
        int[] typeOf,
        List<Import> imports,
        List<FunctionCode> functions,
        List<Global> globals,
        List<Table> tables,
        @Nullable Memory memory,
        List<Elements> elements,
        List<Data> data,
        int start,
        Map<Integer, String> names) {

    /// An imported function.
    public record Import(String module, String name) {}

    /// @param initial its value at the start
    public record Global(Kind kind, boolean isMutable, Constant initial) {}

    /// @param least elements at the start
    /// @param most elements it may grow to by the module's own word, up to 2^32 - 1
    /// @param initial value of each element at the start
    public record Table(long least, long most, Constant initial) {}

    /// Sizes in pages of 64 KiB.
    ///
    /// @param most pages it may grow to by the module's own word, up to 65,536
    public record Memory(int least, int most) {}

    /// Values for a table.
    ///
    /// @param offset where an active segment goes; null if the segment is passive
    /// @param isDeclared whether it only declares references and is dropped from the start
    @SuppressWarnings("ArrayRecordComponent") // shared, never written
    public record Elements(int table, @Nullable Constant offset, boolean isDeclared, Constant[] values) {}

    /// Bytes for the memory.
    ///
    /// @param offset where an active segment goes; null if the segment is passive
    @SuppressWarnings("ArrayRecordComponent") // shared, never written
    public record Data(@Nullable Constant offset, byte[] bytes) {}

    public ModuleCode {
        types = List.copyOf(types);
        imports = List.copyOf(imports);
        functions = List.copyOf(functions);
        globals = List.copyOf(globals);
        tables = List.copyOf(tables);
        elements = List.copyOf(elements);
        data = List.copyOf(data);
        names = Map.copyOf(names);
    }

    /// The type of a function of the module's index space.
    public Signature signature(int function) {
        return types.get(typeOf[function]);
    }

    /// A name to show, as the module says, else `function N`. May hold anything.
    public String nameOf(int function) {
        return names.getOrDefault(function, "function " + function);
    }
}
