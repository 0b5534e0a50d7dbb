package org.ambientvcp.wasm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.ambientvcp.wasm.ModuleWriter.concat;
import static org.ambientvcp.wasm.ModuleWriter.function;
import static org.ambientvcp.wasm.ModuleWriter.number;
import static org.ambientvcp.wasm.ModuleWriter.octets;
import static org.ambientvcp.wasm.ModuleWriter.repeat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class WasmModuleTest {
    @Test
    void namesItsHashAndSize() {
        var bytes = Modules.bytes("echo");

        var module = Modules.module(bytes);

        assertThat(module.sha256()).isEqualTo(Bytes.of(bytes).sha256());
        assertThat(module.sizeBytes()).isEqualTo(bytes.length);
    }

    @Test
    void listsExportsWithTheirTypes() {
        var module = Modules.module("calls");

        assertThat(module.exports())
                .contains(
                        new ModuleExport("memory", "memory", "1–65536 pages"),
                        new ModuleExport("limit", "global", "i64"),
                        new ModuleExport("add", "function", "(i32, i32) -> i32"),
                        new ModuleExport("swap", "function", "(i32, i64, f32, f64) -> (f64, f32, i64, i32)"),
                        new ModuleExport("unreachable", "function", "() -> ()"));
    }

    @Test
    void listsImportsWithTheirTypes() {
        var module = Modules.module("echo");

        assertThat(module.imports())
                .containsExactly(
                        new ModuleImport("vcp", "input_size", "function", "() -> i32"),
                        new ModuleImport("vcp", "input_read", "function", "(i32, i32, i32) -> i32"),
                        new ModuleImport("vcp", "output_write", "function", "(i32, i32) -> ()"));
    }

    @Test
    void refusesBytesThatAreNoModule() {
        assertThat(refusal(new byte[0])).isEqualTo("not a WASM module: there are no bytes");
        assertThat(refusal("# Ambient VCP".getBytes(US_ASCII)))
                .isEqualTo("not a WASM module: it begins with 23 20 41 6d, not with 00 61 73 6d");
        assertThat(refusal("(module)".getBytes(US_ASCII)))
                .isEqualTo("not a WASM module: it is the text format, which has to be assembled first");
        assertThat(refusal(octets(0, 'a', 's')))
                .isEqualTo("not a WASM module: it begins with 00 61 73, not with 00 61 73 6d");
        assertThat(refusal(repeat('x', ModuleScan.MODULE_BYTES + 1))).startsWith("not a WASM module: ");
    }

    @Test
    void refusesModulesOfAnotherVersion() {
        assertThat(refusal(octets(0, 'a', 's', 'm'))).isEqualTo("malformed: shorter than the header of a module");
        assertThat(refusal(octets(0, 'a', 's', 'm', 2, 0, 0, 0)))
                .isEqualTo("malformed: the version is 02 00 00 00, not 01 00 00 00");
        assertThat(refusal(octets(0, 'a', 's', 'm', 0x0d, 0, 1, 0))).isEqualTo("WASM components are not supported");
    }

    @Test
    void refusesAModuleOverTheSizeLimit() {
        var section = repeat(0, ModuleScan.MODULE_BYTES);

        assertThat(refusal(new ModuleWriter().section(0, section).toBytes()))
                .isEqualTo("the module has 16777229 bytes, the limit is 16777216");
    }

    @Test
    void refusesCodeOverItsLimit() {
        assertThat(refusal(new ModuleWriter()
                        .section(10, repeat(0, ModuleScan.CODE_BYTES + 1))
                        .toBytes()))
                .isEqualTo("more than 4194304 bytes of code");
    }

    @Test
    void refusesAFunctionOverItsLimit() {
        assertThat(refusal(function(repeat(1, ModuleScan.FUNCTION_BYTES))))
                .isEqualTo("more than 1048576 bytes in a function");
    }

    @Test
    void refusesAFunctionThatFailsValidation() {
        assertThat(refusal(function(0x41, 0))).startsWith("malformed: ");
        assertThat(refusal(function(0x6a))).startsWith("malformed: ");
        assertThat(refusal(function(0xfc, 0x10, 5, 0x1a))).isEqualTo("malformed: unknown table 5");
    }

    @Test
    void refusesAnUnknownImportByItsName() {
        assertThat(refusal(importing("env", "mystery", 0, 0))).isEqualTo("unknown import env.mystery");
        assertThat(refusal(importing("vcp", "mystery", 0, 0))).isEqualTo("unknown import vcp.mystery");
    }

    @Test
    void refusesAKnownImportOfAnotherType() {
        assertThat(refusal(importing("vcp", "input_size", 0, 0)))
                .isEqualTo("import vcp.input_size has the type () -> (), it is () -> i32");
    }

    @Test
    void refusesImportsThatAreNotFunctions() {
        assertThat(refusal(importing("env", "memory", 2, 0, 1)))
                .isEqualTo("import env.memory is a memory, only functions can be imported");
        assertThat(refusal(importing("env", "base", 3, 0x7f, 0)))
                .isEqualTo("import env.base is a global, only functions can be imported");
    }

    @Test
    void keepsControlCharactersOfHostileNamesOutOfTheReason() {
        assertThat(refusal(importing("\u001b[31m", "a\nb", 0, 0))).isEqualTo("unknown import ?[31m.a?b");
    }

    @Test
    void refusesFeaturesByTheirNames() {
        var header = new ModuleWriter().section(1, 1, 0x60, 0, 0);
        assertThat(refusal(function(0xfd, 0x80, 0x02)))
                .startsWith("relaxed SIMD is not supported: opcode 0xfd at offset ");
        assertThat(refusal(function(0xfe, 3, 0))).startsWith("threads are not supported: opcode 0xfe");
        assertThat(refusal(function(0x12, 0))).startsWith("tail calls are not supported: opcode 0x12");
        assertThat(refusal(header.section(13, 1, 0, 0).toBytes())).isEqualTo("exception handling is not supported");
        assertThat(refusal(new ModuleWriter().section(5, 1, 3, 1, 1).toBytes()))
                .isEqualTo("threads are not supported: the memory is shared");
        assertThat(refusal(new ModuleWriter().section(5, 1, 4, 1).toBytes()))
                .isEqualTo("64-bit memory is not supported");
        assertThat(refusal(new ModuleWriter().section(5, 2, 0, 1, 0, 1).toBytes()))
                .isEqualTo("more than one memory is not supported");
        assertThat(refusal(new ModuleWriter().section(1, 1, 0x5f, 0).toBytes()))
                .isEqualTo("a type that is not a function's, form 95, is not supported");
        assertThat(refusal(new ModuleWriter()
                        .section(6, 1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b)
                        .toBytes()))
                .isEqualTo("extended constant expressions are not supported: i32_add");
    }

    @Test
    void refusesBombsBeforeTheyAreParsed() {
        var locals = concat(octets(1, 8, 1), number(4_000_000_000L), octets(0x7f, 0x0b));
        assertThat(refusal(new ModuleWriter().section(10, locals).toBytes()))
                .isEqualTo("more than 50000 locals in a function");
        var parameters = concat(octets(1, 0x60), number(1_000), repeat(0x7f, 1_000), octets(0));
        assertThat(refusal(new ModuleWriter().section(1, parameters).toBytes())).isEqualTo("more than 128 parameters");
        var function = octets(6, 1, 0xd0, 0x86, 3, 0x7f, 0x0b);
        var functions = new byte[100][];
        java.util.Arrays.fill(functions, function);
        assertThat(refusal(new ModuleWriter()
                        .section(10, concat(octets(100), concat(functions)))
                        .toBytes()))
                .isEqualTo("more than 4194304 locals in all functions");
    }

    @Test
    void refusesInTimeWhatIsWrongAgainAndAgain() {
        var count = 100_000;
        var block = octets(2, 1, 0x0b);
        var body = new byte[count][];
        java.util.Arrays.fill(body, block);
        var code = concat(octets(0, 0), concat(body), octets(0x0b));
        var module = new ModuleWriter()
                .section(1, concat(octets(2, 0x60, 0, 0, 0x60), number(128), repeat(0x7f, 128), octets(0)))
                .section(3, 1, 0)
                .section(10, concat(octets(1), number(code.length), code))
                .toBytes();

        assertThat(refusal(module)).startsWith("malformed: type mismatch").hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void takesHundredThousandsOfNestedBlocks() {
        var count = 300_000;
        var opened = new byte[2 * count];
        for (var i = 0; i < opened.length; i += 2) {
            opened[i] = 2;
            opened[i + 1] = 0x40;
        }

        var execution = Modules.run(Modules.module(function(concat(opened, repeat(0x0b, count)))), Modules.call("f"));

        assertThat(execution.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(execution.gasUsed()).isZero(); // nothing of them is left
    }

    @Test
    void aNameIsExportedOnce() {
        var twice = new ModuleWriter()
                .section(1, 1, 0x60, 0, 0)
                .section(3, 1, 0)
                .section(7, 2, 1, 'f', 0, 0, 1, 'f', 0, 0)
                .section(10, 1, 2, 0, 0x0b)
                .toBytes();

        assertThat(refusal(twice)).isEqualTo("malformed: duplicate export name f");
    }

    @Test
    void branchesOutOfDeepNestsAreBounded() {
        assertThat(refusal(branchesOutOf(100_000))).isEqualTo("the module's branches leave more than 67108864 blocks");

        var execution = Modules.run(Modules.module(branchesOutOf(8_000)), Modules.call("f"));
        assertThat(execution.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(execution.gasUsed()).isEqualTo(2L * 8_000);
    }

    /// As many blocks in each other, and then as many `i32.const 0, br_if` to the outermost one.
    private static byte[] branchesOutOf(int count) {
        var body = new ByteArrayOutputStream();
        for (var i = 0; i < count; i++) body.writeBytes(octets(2, 0x40));
        for (var i = 0; i < count; i++) body.writeBytes(concat(octets(0x41, 0, 0x0d), number(count - 1)));
        body.writeBytes(repeat(0x0b, count));
        return function(body.toByteArray());
    }

    private static byte[] importing(String module, String name, int kind, int... description) {
        var content = concat(
                octets(1),
                number(module.length()),
                module.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                number(name.length()),
                name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                octets(kind),
                octets(description));
        return new ModuleWriter().section(1, 1, 0x60, 0, 0).section(2, content).toBytes();
    }

    private static String refusal(byte[] bytes) {
        assertThat(WasmModule.compile(bytes)).isInstanceOf(Compilation.Refused.class);
        return ((Compilation.Refused) WasmModule.compile(bytes)).reason();
    }
}
