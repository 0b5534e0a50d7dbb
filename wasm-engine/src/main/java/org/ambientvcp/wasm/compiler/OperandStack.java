package org.ambientvcp.wasm.compiler;

import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.code.Kind;

/// WASM's operand stack while a function is compiled. Operands from some height on are on the JVM's operand stack,
/// those
/// below are kept in local variables. All are kept at every label, so that the JVM can replace a running method by a
/// compiled one at every loop; they come back when they are used, and never if they are not.
final class OperandStack {
    private final CodeBuilder out;
    private final Locals locals;
    private final List<Kind> kinds = new ArrayList<>();
    /// How many are kept in locals.
    private int kept;

    OperandStack(CodeBuilder out, Locals locals) {
        this.out = out;
        this.locals = locals;
    }

    int height() {
        return kinds.size();
    }

    Kind kind(int depth) {
        return kinds.get(kinds.size() - 1 - depth);
    }

    /// The kinds of all operands, for [#restart].
    Kind[] kinds() {
        return kinds.toArray(Kind[]::new);
    }

    /// The JVM's stack has one more.
    void push(Kind kind) {
        kinds.add(kind);
    }

    void push(List<Kind> several) {
        kinds.addAll(several);
    }

    /// The JVM's stack has what follows on its top, and it is used up by the caller.
    void take(int count) {
        bring(count);
        forget(count);
    }

    /// Puts the top operands on the JVM's stack, if they are not there yet.
    void bring(int count) {
        var first = kinds.size() - count;
        if (kept <= first) return;
        if (kept < kinds.size()) keepAll();
        for (var height = first; height < kinds.size(); height++) load(height);
        kept = first;
    }

    /// Uses the top operands up with nothing beside them left on the JVM's stack, as a jump wants it.
    void takeLast(int count) {
        if (kinds.size() - kept > count) keepAll();
        take(count);
    }

    void keepAll() {
        for (var height = kinds.size() - 1; height >= kept; height--) store(height);
        kept = kinds.size();
    }

    void drop() {
        if (kept < kinds.size()) Values.pop(out, kind(0));
        forget(1);
    }

    /// Removes operands from below the top ones.
    void dropBelow(int above, int count) {
        keepAll();
        var first = kinds.size() - above;
        for (var height = first; height < kinds.size(); height++) {
            var kind = kinds.get(height);
            load(height);
            out.storeLocal(Types.jvmKind(kind), locals.operand(height - count, kind));
        }
        kinds.subList(first - count, first).clear();
        kept = kinds.size();
    }

    /// Calls a function of one operand on that which is `depth` below the top.
    void change(int depth, Runnable function) {
        if (depth == 0) {
            bring(1);
            function.run();
            return;
        }
        keepAll();
        var height = kinds.size() - 1 - depth;
        load(height);
        function.run();
        store(height);
    }

    /// The operands are these, all of them kept.
    void restart(Kind[] operands) {
        kinds.clear();
        kinds.addAll(List.of(operands));
        kept = operands.length;
    }

    /// The JVM's stack has lost what was on its top.
    void forget(int count) {
        kinds.subList(kinds.size() - count, kinds.size()).clear();
        kept = Math.min(kept, kinds.size());
    }

    private void load(int height) {
        var kind = kinds.get(height);
        out.loadLocal(Types.jvmKind(kind), locals.operand(height, kind));
    }

    private void store(int height) {
        var kind = kinds.get(height);
        out.storeLocal(Types.jvmKind(kind), locals.operand(height, kind));
    }
}
