package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Op;
import org.jspecify.annotations.Nullable;

/// Loops without loops and calls in them, which is where programs spend their time. Each becomes two: the inner one
/// has nothing in it that gets more gas and, where its rounds are counted, nothing that looks whether there is any; the
/// outer one is there for the rare case that there is no more. HotSpot then optimises the inner one as if there were no
/// gas.
///
/// ```text
/// counted                                        other
///   header: meter, get gas if there is none        header: meter
///           bound = rounds that gas is there for   again:  get gas if there is none
///           go to body                                     go to body
///   next:   meter                                  next:   meter, if there is no gas go to again
///   body:   …                                      body:   …
///           if counter < bound go to next                  if … go to next
///           if counter is not at its end go to header
/// ```
///
/// HotSpot sees that the counted one is: it does not see it in WASM's `counter != end`.
///
/// The path of a loop of one block is not kept in it but calculated behind it, see [Metering.Rounds].
final class Loops {
    private static final MethodTypeDesc BOUND = MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_int, CD_long, CD_int);

    private final Body body;
    private final CodeBuilder out;
    private final Metering metering;
    private final Jumps jumps;
    private final int[] code;
    private final Map<Integer, Loop> byHeader;
    /// Loops that have begun, by the jump at their end.
    private final Map<Integer, Begun> byEnd = new HashMap<>();

    /// @param next where another round starts
    /// @param start local variable of the JVM with the counter when it began
    /// @param bound local variable of the JVM with the counter's bound
    /// @param rounds null if the path is kept
    private record Begun(Counter counter, Label next, int start, int bound, Metering.@Nullable Rounds rounds) {}

    Loops(Body body, Metering metering, Jumps jumps) {
        this.body = body;
        this.out = body.out();
        this.metering = metering;
        this.jumps = jumps;
        this.code = body.function().code();
        this.byHeader = Loop.of(code);
    }

    /// Writes a [Op#METER_CHECK], of a loop or of the function's entry.
    ///
    /// @param at its position
    void check(int at) {
        var loop = byHeader.get(at);
        if (loop == null) {
            meter(at);
            metering.check();
        } else if (loop.counter() == null) {
            begin(loop);
        } else {
            begin(loop, loop.counter());
        }
    }

    private void begin(Loop loop) {
        var header = loop.header();
        var next = out.newLabel();
        var inside = out.newLabel();
        meter(header);
        var again = out.newBoundLabel();
        metering.check();
        keepHeader();
        out.goto_(inside).labelBinding(next);
        meter(header);
        metering.goBackIfOut(again);
        out.labelBinding(inside);
        keepHeader();
        jumps.comeBackTo(header, next);
    }

    private void begin(Loop loop, Counter counter) {
        var inside = out.newLabel();
        var locals = body.locals();
        var begun = new Begun(counter, out.newLabel(), locals.add(Kind.I32), locals.add(Kind.I32), rounds(loop));
        meter(loop.header());
        metering.check();
        keepHeader();
        body.load(counter.local());
        out.dup().istore(begun.start());
        loadLimit(counter);
        out.loadConstant(counter.stride()).lload(body.locals().gas).loadConstant(roundBits(loop));
        out.invokestatic(Types.of(Bounds.class), Bounds.nameFor(counter), BOUND).istore(begun.bound());
        if (begun.rounds() != null) metering.beginRounds(begun.rounds());
        out.goto_(inside).labelBinding(begun.next());
        meterNext(loop.header(), begun.rounds());
        out.labelBinding(inside);
        keepHeader();
        byEnd.put(loop.end(), begun);
    }

    private Metering.@Nullable Rounds rounds(Loop loop) {
        if (!loop.isOneBlock(code)) return null;
        var at = loop.header();
        return new Metering.Rounds(body.locals().add(Kind.I64), body.immediate(at), body.second(at));
    }

    private void meterNext(int at, Metering.@Nullable Rounds rounds) {
        if (rounds == null) meter(at);
        else metering.meter(rounds);
    }

    /// Ends the first block of a loop with a branch inside of it. Without one HotSpot copies the block to where the
    /// loop
    /// goes back (`ciTypeFlow::clone_loop_heads`): both loops would become one that has two ways back, and the body
    /// would be there twice.
    private void keepHeader() {
        var next = out.newLabel();
        out.iconst_0().ifne(next).nop().labelBinding(next);
    }

    /// Least power of two that is not below what a round takes.
    private static int roundBits(Loop loop) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(loop.gas(), 1) - 1);
    }

    /// Writes the jump back at the end of a loop.
    ///
    /// @param at position of the jump
    /// @return false if it is a jump like any other, and not written
    boolean end(int at, Condition condition) {
        var begun = byEnd.get(at);
        if (begun == null) return false;
        var counter = begun.counter();
        jumpIfBelow(begun, counter, condition);
        if (begun.rounds() != null) catchUp(begun, begun.rounds());
        jumpUnlessAtEnd(at, counter, condition);
        return true;
    }

    /// Brings the path up to date behind the last round.
    private void catchUp(Begun begun, Metering.Rounds rounds) {
        metering.endRounds();
        var step = Math.abs((long) begun.counter().stride());
        if (Long.bitCount(step) != 1) {
            metering.catchUp(rounds);
            return;
        }
        // Cheaper than a division of gas.
        metering.catchUp(rounds, () -> {
            var isUp = begun.counter().stride() > 0;
            if (isUp) body.load(begun.counter().local());
            else out.iload(begun.start());
            if (isUp) out.iload(begun.start());
            else body.load(begun.counter().local());
            out.isub(); // the last round may have gone over the end of the numbers
            Numbers.unsignedToLong(out);
            if (step > 1) out.loadConstant(Long.numberOfTrailingZeros(step)).lushr();
            out.lconst_1().lsub();
        });
    }

    private void jumpIfBelow(Begun begun, Counter counter, Condition condition) {
        body.operands().takeLast(condition.operands());
        for (var operand = 0; operand < condition.operands(); operand++) out.pop();
        body.load(counter.local());
        out.iload(begun.bound());
        if (counter.stride() > 0) out.if_icmplt(begun.next());
        else out.if_icmpgt(begun.next());
    }

    private void jumpUnlessAtEnd(int at, Counter counter, Condition condition) {
        body.load(counter.local());
        if (!condition.isWithZero()) loadLimit(counter);
        condition.jumpBack(out, jumps.label(body.immediate(at)));
    }

    private void loadLimit(Counter counter) {
        var limit = counter.limit();
        if (limit < 0) out.iconst_0();
        else if (code[limit] == Op.I32_CONST) out.loadConstant(body.immediate(limit));
        else body.load(body.immediate(limit));
    }

    private void meter(int at) {
        metering.meter(body.immediate(at), body.second(at));
    }
}
