package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Where a run enters the module.
public sealed interface Entry {

    /// Calls an exported function, after `_initialize` if the module exports that.
    ///
    /// @param function name of the export
    /// @param arguments as many and of the types the function takes, else the run is [Outcome#INVALID_MODULE]
    record Call(String function, List<Value> arguments) implements Entry {
        public Call {
            requireNonNull(function, "function");
            arguments = List.copyOf(arguments);
        }

        public Call(String function, Value... arguments) {
            this(function, List.of(arguments));
        }
    }

    /// Runs a WASI preview 1 program: calls `_start`; input is standard input, output is standard output.
    ///
    /// @param arguments what follows the program's name, which is always `program`; at most 1,024, with at most
    ///     64 KiB of UTF-8 and no NUL, else the run is [Outcome#INVALID_MODULE]
    record Program(List<String> arguments) implements Entry {
        public Program {
            arguments = List.copyOf(arguments);
        }

        public Program(String... arguments) {
            this(List.of(arguments));
        }
    }
}
