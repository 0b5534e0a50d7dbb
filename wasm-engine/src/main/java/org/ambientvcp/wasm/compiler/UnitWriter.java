package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.function.Consumer;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.machine.Executor;
import org.jspecify.annotations.Nullable;

/// Writes the class of consecutive functions. It has a method `fN` for each, compiled or on the way to the interpreter,
/// and is an [Executor] of them.
final class UnitWriter {
    private static final ClassDesc EXECUTOR = Types.of(Executor.class);
    private static final MethodTypeDesc CALL = MethodTypeDesc.of(CD_void, Types.INSTANCE, CD_int, CD_int, CD_int);
    private static final int FUNCTION = 2;

    private final Program program;
    private final int first;
    private final int end;
    private final ClassDesc name;
    private final int mostBytes;
    /// Functions that are not compiled.
    private final BitSet interpreted = new BitSet();

    /// @param first own function of the class
    /// @param end behind the last one
    /// @param mostBytes of bytecode that a function may have
    UnitWriter(Program program, int first, int end, int mostBytes) {
        this.program = program;
        this.first = first;
        this.end = end;
        this.mostBytes = mostBytes;
        this.name = ClassDesc.of(UnitWriter.class.getPackageName(), "Functions" + first);
    }

    /// The class file.
    byte[] write() {
        while (true) {
            var before = interpreted.cardinality();
            var bytes = tryToWrite();
            if (bytes == null) findImpossible();
            else if (mostBytes < MethodLimit.MOST_BYTES) findLong(bytes);
            if (bytes != null && interpreted.cardinality() == before) return bytes;
        }
    }

    /// Null if a method is longer than a class file can say; which one is not said.
    private byte @Nullable [] tryToWrite() {
        try {
            return ClassFile.of().build(name, this::writeClass);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Marks the functions whose methods do not fit into a class of their own.
    private void findImpossible() {
        var before = interpreted.cardinality();
        for (var function : program.module().functions().subList(first, end)) {
            if (interpreted.get(function.index())) continue;
            try {
                var callees = new Callees(name, first, end);
                ClassFile.of().build(name, type -> writeFunction(type, function, callees));
            } catch (IllegalArgumentException e) {
                interpreted.set(function.index());
            }
        }
        if (interpreted.cardinality() == before) interpreted.set(first, end);
    }

    /// Functions that [#write] has left to the interpreter.
    BitSet interpreted() {
        return interpreted;
    }

    private void writeClass(ClassBuilder type) {
        type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
        type.withInterfaceSymbols(EXECUTOR);
        type.withMethodBody(
                INIT_NAME,
                MTD_void,
                0,
                out -> out.aload(0)
                        .invokespecial(CD_Object, INIT_NAME, MTD_void)
                        .return_());
        var callees = new Callees(name, first, end);
        for (var function : program.module().functions().subList(first, end)) {
            writeFunction(type, function, callees);
            writeEntrance(type, function, callees);
        }
        callees.writeHosts(type, program.module());
        type.withMethodBody("call", CALL, ClassFile.ACC_PUBLIC, this::chooseEntrance);
    }

    private void writeFunction(ClassBuilder type, FunctionCode function, Callees callees) {
        var signature = function.signature();
        if (!Types.isCallable(signature)) {
            interpreted.set(function.index());
            return;
        }
        var survey = Survey.of(program.module(), function);
        if (!survey.isCompilable()) interpreted.set(function.index());
        if (!interpreted.get(function.index())) {
            try {
                writeMethod(type, function, out -> FunctionWriter.write(out, program, function, survey, callees));
                return;
            } catch (IllegalArgumentException e) { // it does not fit into a method
                interpreted.set(function.index());
            }
        }
        writeMethod(type, function, out -> new Adapter(out, signature).interpret(function.index()));
    }

    private static void writeMethod(ClassBuilder type, FunctionCode function, Consumer<CodeBuilder> body) {
        var jvmType = Types.ofFunction(function.signature());
        type.withMethodBody(Callees.nameOf(function.index()), jvmType, ClassFile.ACC_STATIC, body);
    }

    private void writeEntrance(ClassBuilder type, FunctionCode function, Callees callees) {
        var index = function.index();
        type.withMethodBody(entranceName(index), Entrance.TYPE, ClassFile.ACC_STATIC, out -> {
            if (interpreted.get(index)) Entrance.toInterpreted(out, index);
            else Entrance.toCompiled(out, callees, index, function.signature());
        });
    }

    private static String entranceName(int function) {
        return "e" + function;
    }

    /// The method of [Executor].
    private void chooseEntrance(CodeBuilder out) {
        var cases = new ArrayList<SwitchCase>();
        for (var function = first; function < end; function++) cases.add(SwitchCase.of(function, out.newLabel()));
        var last = cases.getLast().target();
        out.aload(1).iload(FUNCTION + 1).iload(FUNCTION + 2).iload(FUNCTION);
        out.tableswitch(first, end - 1, last, cases);
        for (var each : cases) {
            out.labelBinding(each.target());
            out.invokestatic(name, entranceName(each.caseValue()), Entrance.TYPE)
                    .return_();
        }
    }

    /// Marks the functions whose methods came out too long.
    private void findLong(byte[] bytes) {
        var methods = ClassFile.of().parse(bytes).methods();
        for (var method : methods) {
            var methodName = method.methodName().stringValue();
            if (!methodName.startsWith("f")) continue;
            var code = (CodeAttribute) method.code().orElseThrow();
            if (code.codeLength() > mostBytes) interpreted.set(Integer.parseInt(methodName.substring(1)));
        }
    }
}
