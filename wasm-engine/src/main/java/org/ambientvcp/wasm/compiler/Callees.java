package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.util.BitSet;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Signature;

/// How code of one class reaches functions: those of the class directly, all others by call sites that compile the
/// class of the other when they are first reached.
final class Callees {
    private static final DirectMethodHandleDesc LINK_FUNCTION = linker("function");
    private static final DirectMethodHandleDesc LINK_DISPATCHER = linker("dispatcher");

    private final ClassDesc owner;
    private final int first;
    private final int end;
    private final BitSet hosts = new BitSet();

    /// @param owner the class
    /// @param first own function in it
    /// @param end behind the last one
    Callees(ClassDesc owner, int first, int end) {
        this.owner = owner;
        this.first = first;
        this.end = end;
    }

    static String nameOf(int function) {
        return "f" + function;
    }

    /// Calls one of the module's own functions.
    void function(CodeBuilder out, int function, Signature signature) {
        var type = Types.ofFunction(signature);
        if (function >= first && function < end) out.invokestatic(owner, nameOf(function), type);
        else out.invokedynamic(DynamicCallSiteDesc.of(LINK_FUNCTION, nameOf(function), type, function));
    }

    void host(CodeBuilder out, int imported, Signature signature) {
        hosts.set(imported);
        out.invokestatic(owner, hostName(imported), Types.ofFunction(signature));
    }

    /// Calls whatever function of a type; the JVM's stack has its index behind the instance.
    void indirect(CodeBuilder out, int type, Signature signature) {
        out.invokedynamic(DynamicCallSiteDesc.of(LINK_DISPATCHER, "d" + type, Types.ofDispatcher(signature), type));
    }

    /// Writes the methods that reach the host functions which have been called.
    void writeHosts(ClassBuilder type, ModuleCode module) {
        hosts.stream().forEach(imported -> {
            var signature = module.signature(imported);
            type.withMethodBody(
                    hostName(imported),
                    Types.ofFunction(signature),
                    ClassFile.ACC_STATIC,
                    out -> new Adapter(out, signature).callHost(imported));
        });
    }

    private static String hostName(int imported) {
        return "h" + imported;
    }

    private static DirectMethodHandleDesc linker(String name) {
        return ConstantDescs.ofCallsiteBootstrap(Types.of(Linker.class), name, CD_CallSite, CD_int);
    }
}
