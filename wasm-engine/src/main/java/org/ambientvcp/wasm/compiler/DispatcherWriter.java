package org.ambientvcp.wasm.compiler;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Signature;

/// Writes the class that calls a function of one canonical type by its index: a switch over those that element segments
/// can bring into a table, so that HotSpot sees the calls, and a slow way for any other.
final class DispatcherWriter {
    static final String NAME = "dispatch";

    private static final String OTHER = "other";
    /// Functions that one method chooses from; a method of more is not inlined.
    private static final int MOST_CASES = 16;

    private final ModuleCode module;
    private final Signature signature;
    private final MethodTypeDesc type;
    private final ClassDesc name;
    private final Callees callees;
    /// In ascending order.
    private final int[] candidates;

    DispatcherWriter(ModuleCode module, int canonicalType) {
        this.module = module;
        this.signature = module.types().get(canonicalType);
        this.type = Types.ofDispatcher(signature);
        this.name = ClassDesc.of(DispatcherWriter.class.getPackageName(), "Type" + canonicalType);
        this.callees = new Callees(name, 0, 0);
        this.candidates = module.elements().stream()
                .flatMap(elements -> Arrays.stream(elements.values()))
                .filter(value -> !value.isGlobal() && value.bits() >= 0)
                .mapToInt(value -> (int) value.bits())
                .filter(function -> module.typeOf()[function] == canonicalType)
                .distinct()
                .sorted()
                .toArray();
    }

    /// The class file.
    byte[] write() {
        return ClassFile.of().build(name, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            write(builder, NAME, 0, candidates.length);
            builder.withMethodBody(OTHER, type, ClassFile.ACC_STATIC, out -> new Adapter(out, signature).callAny());
            callees.writeHosts(builder, module);
        });
    }

    /// Writes the method for the candidates from `from` to before `to`, and those it needs.
    private void write(ClassBuilder builder, String method, int from, int to) {
        if (to - from <= MOST_CASES) {
            builder.withMethodBody(method, type, ClassFile.ACC_STATIC, out -> choose(out, from, to));
            return;
        }
        var size = MOST_CASES;
        while (size * MOST_CASES < to - from) size *= MOST_CASES;
        var part = size;
        builder.withMethodBody(method, type, ClassFile.ACC_STATIC, out -> chooseRange(out, method, from, to, part));
        for (var start = from; start < to; start += part)
            write(builder, method + '_' + start, start, Math.min(start + part, to));
    }

    private void chooseRange(CodeBuilder out, String method, int from, int to, int part) {
        for (var start = from; start < to; start += part) {
            var next = out.newLabel();
            if (start + part < to) {
                loadFunction(out);
                out.loadConstant(candidates[start + part]).if_icmpge(next);
            }
            loadArguments(out);
            loadFunction(out);
            out.iload(room());
            out.invokestatic(name, method + '_' + start, type);
            leave(out);
            out.labelBinding(next);
        }
    }

    private void choose(CodeBuilder out, int from, int to) {
        var cases = new ArrayList<SwitchCase>();
        for (var candidate = from; candidate < to; candidate++)
            cases.add(SwitchCase.of(candidates[candidate], out.newLabel()));
        var other = out.newLabel();
        loadFunction(out);
        out.lookupswitch(other, cases);
        for (var each : cases) {
            out.labelBinding(each.target());
            loadArguments(out);
            out.iload(room());
            call(out, each.caseValue());
            leave(out);
        }
        out.labelBinding(other);
        loadArguments(out);
        loadFunction(out);
        out.iload(room());
        out.invokestatic(name, OTHER, type);
        leave(out);
    }

    private void call(CodeBuilder out, int function) {
        var own = function - module.imports().size();
        if (own < 0) callees.host(out, function, signature);
        else callees.function(out, own, signature);
    }

    /// The parameters and the instance.
    private void loadArguments(CodeBuilder out) {
        var slot = 0;
        for (var kind : signature.parameters()) {
            out.loadLocal(Types.jvmKind(kind), slot);
            slot += kind.isWide() ? 2 : 1;
        }
        out.aload(slot);
    }

    private void loadFunction(CodeBuilder out) {
        out.iload(Types.words(signature.parameters()) + 1);
    }

    private int room() {
        return Types.words(signature.parameters()) + 2;
    }

    private void leave(CodeBuilder out) {
        var results = signature.results();
        if (results.isEmpty()) out.return_();
        else out.return_(Types.jvmKind(results.getFirst()));
    }
}
