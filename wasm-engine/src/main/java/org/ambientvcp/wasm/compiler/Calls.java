package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Signature;

/// Calls and returns. The first result is what the JVM's method returns, the others are left in the instance.
final class Calls {
    private static final MethodTypeDesc INDIRECT = MethodTypeDesc.of(CD_int, CD_int, Types.INSTANCE, CD_int, CD_int);

    private final Body body;
    private final CodeBuilder out;
    private final Metering metering;
    private final Callees callees;

    Calls(Body body, Metering metering, Callees callees) {
        this.body = body;
        this.out = body.out();
        this.metering = metering;
        this.callees = callees;
    }

    void call(int function) {
        var signature = body.program().module().functions().get(function).signature();
        body.operands().take(signature.parameters().size());
        metering.leave();
        loadInstanceAndRoom();
        callees.function(out, function, signature);
        comeBack(signature, body.program().calls().mayGrowMemory(function));
    }

    void callHost(int imported) {
        var signature = body.program().module().signature(imported);
        body.operands().take(signature.parameters().size());
        metering.leave();
        loadInstanceAndRoom();
        callees.host(out, imported, signature);
        comeBack(signature, false);
    }

    void callIndirect(int type, int table) {
        var signature = body.program().module().types().get(type);
        body.operands().take(signature.parameters().size() + 1);
        body.loadInstance();
        out.loadConstant(table).loadConstant(type).invokestatic(Outside.TYPE, "indirect", INDIRECT);
        metering.leave();
        body.loadInstance();
        out.swap().iload(body.locals().room);
        callees.indirect(out, type, signature);
        comeBack(signature, body.program().calls().mayGrowMemory());
    }

    void returnResults() {
        var results = body.function().signature().results();
        body.operands().bring(results.size());
        for (var result = results.size() - 1; result > 0; result--) {
            var kind = results.get(result);
            Values.toBits(out, kind);
            loadResults();
            out.loadConstant(result - 1).dup2_x2().pop2().lastore();
            body.operands().forget(1);
        }
        metering.write();
        if (results.isEmpty()) out.return_();
        else out.return_(Types.jvmKind(results.getFirst()));
    }

    private void loadInstanceAndRoom() {
        body.loadInstance();
        out.iload(body.locals().room);
    }

    private void comeBack(Signature callee, boolean mayHaveGrownMemory) {
        var results = callee.results();
        for (var result = 0; result < results.size(); result++) {
            if (result > 0) {
                loadResults();
                out.loadConstant(result - 1).laload();
                Values.fromBits(out, results.get(result));
            }
            body.push(results.get(result));
        }
        metering.enter();
        if (mayHaveGrownMemory && body.survey().usesMemory()) body.readMemory();
    }

    private void loadResults() {
        body.loadInstance();
        out.getfield(Types.INSTANCE, "results", Types.LONGS);
    }
}
