package org.ambientvcp.wasm.host;

import java.util.List;
import java.util.Map;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.machine.Instance;
import org.jspecify.annotations.Nullable;

/// Names, types and binding of the host functions.
public final class HostInterface {
    private static final Map<String, Map<String, String>> TYPES =
            Map.of(VcpHost.MODULE, VcpHost.TYPES, WasiTypes.MODULE, WasiTypes.TYPES);

    private HostInterface() {}

    /// What the program can see of its invocation.
    ///
    /// @param arguments with the program's name, each ending in NUL
    /// @param seed of `random_get`
    public record Surroundings(
            Bytes input, OutputBuffer output, List<byte[]> arguments, long epochMillis, Bytes seed) {}

    /// The type of a host function, for example `(i32) -> i32`; null if there is no such function.
    public static @Nullable String type(String module, String name) {
        var functions = TYPES.get(module);
        return functions == null ? null : functions.get(name);
    }

    /// The imports of an instance's checked module, in its order.
    public static List<HostCall> bind(Instance instance, Surroundings surroundings) {
        var memory = new GuestMemory(instance);
        var input = new InputReader(surroundings.input());
        var vcp = new VcpHost(memory, input, surroundings.output());
        var wasi = new WasiHost(
                memory,
                input,
                surroundings.output(),
                surroundings.arguments(),
                surroundings.epochMillis(),
                new RandomStream(surroundings.seed()));
        return instance.module().imports().stream()
                .map(imported -> imported.module().equals(VcpHost.MODULE)
                        ? vcp.bind(imported.name())
                        : wasi.bind(imported.name()))
                .toList();
    }
}
