package org.ambientvcp.wasm.fuzz;

import java.util.List;

/// Parameters and results.
record FunctionShape(List<Type> parameters, List<Type> results) {
    FunctionShape {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }
}
