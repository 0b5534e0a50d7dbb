package org.ambientvcp.wasm.code;

import java.util.List;

/// What a function takes and gives, by the kinds that hold it.
public record Signature(List<Kind> parameters, List<Kind> results) {
    public Signature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }
}
