package org.ambientvcp.benchmarks.wasm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.WasmModule;

/// The benchmarks' modules and their C sources, both on the class path.
final class Modules {
    /// About 100 kB, most of it a C library; a WASI program.
    static final String REPORT = "report";

    static final String ADD = "add";
    static final String HOST = "host";
    static final String GROW = "grow";
    static final String TOUCH = "touch";

    private Modules() {}

    /// The bytes of a module.
    static byte[] read(String name) {
        return resource(name + ".wasm");
    }

    static WasmModule compile(String name) {
        return compile(read(name));
    }

    /// @throws IllegalStateException if the engine does not take the module in
    static WasmModule compile(byte[] module) {
        return switch (WasmModule.compile(module)) {
            case Compilation.Compiled compiled -> compiled.module();
            case Compilation.Refused refused -> throw new IllegalStateException(refused.reason());
            case Compilation.Failed failed -> throw new IllegalStateException(failed.reason());
        };
    }

    /// Writes a source to where a compiler can read it.
    static Path extract(String source, Path directory) throws IOException {
        return Files.write(directory.resolve(Path.of(source).getFileName().toString()), resource("source/" + source));
    }

    private static byte[] resource(String name) {
        try (var stream = Modules.class.getResourceAsStream(name)) {
            if (stream == null) throw new IllegalStateException("the build lacks " + name);
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
