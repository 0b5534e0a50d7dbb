package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.machine.simd.SimdOp;

/// The functions that SIMD instructions are made of: a call each.
final class Vectors {
    private Vectors() {}

    static void write(CodeBuilder out, int op) {
        var function = SimdOp.of(op - Op.FIRST_SIMD);
        var operands = Collections.nCopies(function.shape().operands(), CD_long);
        out.invokestatic(Types.of(function.owner()), function.method(), MethodTypeDesc.of(CD_long, operands));
    }
}
