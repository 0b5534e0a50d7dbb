package org.ambientvcp.wasm.compiler;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.wasm.code.Kind;
import org.jspecify.annotations.Nullable;

/// Labels and jumps. At a label all operands are kept in locals.
final class Jumps {
    private final Body body;
    private final CodeBuilder out;
    private final OperandStack operands;
    private final int[] code;
    private final Map<Integer, Target> targets = new HashMap<>();
    private boolean isReached = true;

    /// A place that is jumped to.
    private static final class Target {
        Label label;
        boolean isBehind;
        /// What is on the stack there; null while no way to it is known.
        Kind @Nullable [] operands;

        Target(Label label) {
            this.label = label;
        }
    }

    Jumps(Body body) {
        this.body = body;
        this.out = body.out();
        this.operands = body.operands();
        this.code = body.function().code();
    }

    /// Whether the code that comes next is reached; it is if it has been bound.
    boolean isReached() {
        return isReached;
    }

    /// What follows is reached by jumps only.
    void end() {
        isReached = false;
    }

    boolean isTarget(int at) {
        return body.survey().targets().get(at);
    }

    /// The code at `at` comes next.
    void bind(int at) {
        if (isReached) operands.keepAll();
        var target = isReached ? reach(at) : target(at);
        var known = target.operands;
        if (known == null) throw new IllegalStateException("code that nothing reaches at " + at);
        operands.restart(known);
        isReached = true;
        out.labelBinding(target.label);
        target.isBehind = true;
    }

    void jump(int at) {
        operands.keepAll();
        out.goto_(reach(at).label);
        end();
    }

    void jumpIf(Condition condition, int to) {
        operands.takeLast(condition.operands());
        var target = reach(to);
        if (target.isBehind) condition.jumpBack(out, target.label);
        else condition.jump(out, target.label);
    }

    /// @param at of the instruction
    void jumpTable(int at) {
        operands.takeLast(1);
        var cases = new ArrayList<SwitchCase>();
        var count = body.immediate(at);
        for (var i = 0; i < count; i++) cases.add(SwitchCase.of(i, reach(code[at + 2 + i]).label));
        var otherwise = reach(code[at + 2 + count]).label;
        if (count == 0) out.pop().goto_(otherwise);
        else out.tableswitch(0, count - 1, otherwise, cases);
        end();
    }

    /// Jumps to a loop's header go there from now on.
    void comeBackTo(int header, Label label) {
        target(header).label = label;
    }

    /// Where jumps go from here.
    Label label(int to) {
        return reach(to).label;
    }

    private Target target(int at) {
        return targets.computeIfAbsent(at, _ -> new Target(out.newLabel()));
    }

    /// A place that is reached with the operands there are now.
    private Target reach(int at) {
        var target = target(at);
        if (target.operands == null) target.operands = operands.kinds();
        return target;
    }
}
