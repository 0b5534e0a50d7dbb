package org.ambientvcp.wasm;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionType;

/// A module that is parsed, validated and found runnable. Immutable; any number of threads may run it at once.
public final class WasmModule {
    private static final Logger LOG = LoggerFactory.getLogger(WasmModule.class);

    /// Heap for one byte of code: instructions are objects. Measured: 46 bytes for a `nop`, the worst case.
    private static final long HEAP_PER_CODE_BYTE = 48;

    private static final long HEAP_PER_MODULE = 16_384;

    private final byte[] sha256;
    private final int sizeBytes;
    private final int codeBytes;
    private final run.endive.wasm.WasmModule parsed;
    private final int[] localsByFunction;
    private final List<ModuleExport> exports;
    private final List<ModuleImport> imports;

    private WasmModule(byte[] sha256, int sizeBytes, int codeBytes, run.endive.wasm.WasmModule parsed) {
        this.sha256 = sha256;
        this.sizeBytes = sizeBytes;
        this.codeBytes = codeBytes;
        this.parsed = parsed;
        this.localsByFunction = ModuleContents.localsByFunction(parsed);
        this.exports = ModuleContents.exports(parsed);
        this.imports = ModuleContents.imports(parsed);
    }

    /// Takes in a module: any bytes at all give an outcome. At most 16 MiB; the features are those of WASM 2.0 without
    /// SIMD. Parses on a thread of its own and waits for it.
    ///
    /// @param bytes of the module in the binary format; not changed, and not kept
    public static Compilation compile(byte[] bytes) {
        var sha256 = Sha256.of(bytes);
        return DeepStack.call("wasm-compile", () -> parse(bytes, sha256));
    }

    private static Compilation parse(byte[] bytes, byte[] sha256) {
        var name = HexFormat.of().formatHex(sha256);
        try {
            var codeBytes = ModuleScan.codeBytes(bytes);
            var parsed = Parser.parse(bytes);
            ModuleCheck.check(parsed);
            return new Compilation.Compiled(new WasmModule(sha256, bytes.length, codeBytes, parsed));
        } catch (Refusal e) {
            return new Compilation.Refused(name, e.reason());
        } catch (WasmEngineException e) {
            return new Compilation.Refused(name, Refusal.printable("malformed: " + e.getMessage()));
        } catch (OutOfMemoryError | StackOverflowError e) {
            return new Compilation.Failed(name, "the node ran out of " + EngineErrors.scarce(e));
        } catch (RuntimeException | AssertionError e) {
            LOG.atDebug().addKeyValue("module", name).setCause(e).log("parser failed on a module");
            return new Compilation.Refused(
                    name, "malformed: the parser fails with " + e.getClass().getSimpleName());
        }
    }

    /// SHA-256 of the module's bytes, lower-case hex.
    public String sha256() {
        return HexFormat.of().formatHex(sha256);
    }

    /// Size of the module in the binary format.
    public int sizeBytes() {
        return sizeBytes;
    }

    /// In the module's order.
    public List<ModuleExport> exports() {
        return exports;
    }

    /// In the module's order.
    public List<ModuleImport> imports() {
        return imports;
    }

    /// Estimate of the heap the module takes, in bytes.
    public long heapBytes() {
        return HEAP_PER_MODULE + sizeBytes + HEAP_PER_CODE_BYTE * codeBytes;
    }

    byte[] sha256Bytes() {
        return sha256;
    }

    run.endive.wasm.WasmModule parsed() {
        return parsed;
    }

    int[] localsByFunction() {
        return localsByFunction;
    }

    /// The type of an exported function, null if there is none of the name.
    @Nullable
    FunctionType exportedFunction(String name) {
        for (var i = 0; i < parsed.exportSection().exportCount(); i++) {
            var export = parsed.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION && export.name().equals(name))
                return ModuleContents.functionType(parsed, export.index());
        }
        return null;
    }
}
