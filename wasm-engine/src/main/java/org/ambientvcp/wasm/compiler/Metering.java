package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.ambientvcp.wasm.machine.Instance;
import org.jspecify.annotations.Nullable;

/// Gas and path, in local variables of the JVM while a function runs, in the instance while anything else does.
///
/// An exception of the function's own goes through a handler that writes gas and path to the instance. Calls are
/// outside of its range, since what a callee has written there is right.
final class Metering {
    private static final ClassDesc PATHS = Types.of(Paths.class);
    private static final MethodTypeDesc AFTER = MethodTypeDesc.of(CD_long, CD_long, CD_int, CD_long);
    private static final MethodTypeDesc CHECK = MethodTypeDesc.of(CD_long, CD_long, CD_long, Types.INSTANCE);

    private final Body body;
    private final CodeBuilder out;
    private final int gas;
    private final int path;
    private final List<Range> guarded = new ArrayList<>();
    private @Nullable Label guardedFrom;

    /// Writes what is behind all other code.
    private final List<Runnable> ends = new ArrayList<>();
    private @Nullable Rounds rounds;

    /// @param rounds of the loop that it is, if that does not keep the path
    private record Range(Label start, Label end, @Nullable Rounds rounds) {}

    /// Rounds of a loop of one block, which all take the same gas, so that the gas says how many there were. The
    /// path stays as it was before the first of them.
    ///
    /// @param gas local variable of the JVM with the gas before the first
    /// @param amount gas of one, 1 or more
    /// @param id of the block
    record Rounds(int gas, int amount, int id) {}

    Metering(Body body) {
        this.body = body;
        this.out = body.out();
        this.gas = body.locals().gas;
        this.path = body.locals().path;
    }

    /// Takes the gas of a block and adds it to the path.
    void meter(int amount, int id) {
        takeGas(amount);
        if (body.program().withPath()) {
            out.lload(path).loadConstant(Instance.PATH_FACTOR).lmul();
            out.loadConstant(id).i2l().ladd().lstore(path);
        }
    }

    private void takeGas(int amount) {
        if (amount != 0) out.lload(gas).loadConstant(amount).i2l().lsub().lstore(gas);
    }

    /// Gets more gas if there is less than none.
    void check() {
        out.lload(gas).lload(path);
        body.loadInstance();
        out.invokestatic(Outside.TYPE, "gas", CHECK).lstore(gas);
    }

    /// Takes the gas of a round and leaves the path for later.
    void meter(Rounds round) {
        takeGas(round.amount());
    }

    /// The rounds of a loop begin, until [#endRounds].
    void beginRounds(Rounds begun) {
        out.lload(gas).lstore(begun.gas());
        endGuard();
        rounds = begun;
        beginGuard();
    }

    /// The rounds are over; the path has to be brought up to date on every way out.
    void endRounds() {
        endGuard();
        rounds = null;
        beginGuard();
    }

    /// Brings the path up to date.
    void catchUp(Rounds done) {
        catchUp(
                done,
                () -> out.lload(done.gas())
                        .lload(gas)
                        .lsub()
                        .loadConstant(done.amount())
                        .i2l()
                        .ldiv());
    }

    /// Brings the path up to date.
    ///
    /// @param count leaves the number of rounds on the JVM's stack
    void catchUp(Rounds done, Runnable count) {
        if (!body.program().withPath()) return;
        out.lload(path).loadConstant(done.id());
        count.run();
        out.invokestatic(PATHS, "after", AFTER).lstore(path);
    }

    /// Jumps back if there is less than none. Not at once: where HotSpot sees a jump back it keeps all that is on
    /// the stack, so it would make the result of the comparison a number.
    void goBackIfOut(Label target) {
        var isOut = out.newLabel();
        out.lload(gas).lconst_0().lcmp().iflt(isOut);
        ends.add(() -> out.labelBinding(isOut).goto_(target));
    }

    /// Something else is about to run.
    void leave() {
        write();
        endGuard();
    }

    /// Takes up what has been left, or begins.
    void enter() {
        body.loadInstance();
        out.getfield(Types.INSTANCE, "gas", CD_long).lstore(gas);
        body.loadInstance();
        out.getfield(Types.INSTANCE, "path", CD_long).lstore(path);
        beginGuard();
    }

    private void beginGuard() {
        if (body.survey().traps()) guardedFrom = out.newBoundLabel();
    }

    void write() {
        body.loadInstance();
        out.lload(gas).putfield(Types.INSTANCE, "gas", CD_long);
        writePath();
    }

    private void writePath() {
        body.loadInstance();
        out.lload(path).putfield(Types.INSTANCE, "path", CD_long);
    }

    private void endGuard() {
        if (guardedFrom == null) return;
        guarded.add(new Range(guardedFrom, out.newBoundLabel(), rounds));
        guardedFrom = null;
    }

    /// Writes what is seldom executed, behind all other code.
    void finish() {
        endGuard();
        ends.forEach(Runnable::run);
        if (guarded.isEmpty()) return;
        var handlers = new HashMap<@Nullable Rounds, Label>();
        for (var range : guarded) {
            var handler = handlers.computeIfAbsent(range.rounds(), _ -> out.newLabel());
            out.exceptionCatchAll(range.start(), range.end(), handler);
        }
        handlers.forEach((done, handler) -> {
            out.labelBinding(handler);
            if (done != null) catchUp(done);
            write();
            out.athrow();
        });
    }
}
