package org.ambientvcp.stark.prover;

import java.util.Arrays;
import org.ambientvcp.stark.air.Tape;
import org.ambientvcp.stark.air.Tape.Instruction;
import org.ambientvcp.stark.air.Tape.Operand;
import org.ambientvcp.stark.kernel.ExtensionColumns;
import org.ambientvcp.stark.kernel.Kernels;

/// Runs a tape over blocks of rows. Not thread-safe: it owns the registers.
final class TapeRunner {
    /// Rows of a block: registers and columns stay in the first caches.
    static final int BLOCK = ExtensionColumns.BLOCK;

    private final Tape tape;
    private final Kernels kernels;
    private final int[][] registers;

    /// Takes what a tape hands out.
    interface Sink {
        /// @param values the block is at `at`; to be read before returning
        void accept(int output, int[] values, int at);
    }

    TapeRunner(Tape tape, Kernels kernels) {
        this.tape = tape;
        this.kernels = kernels;
        registers = new int[tape.registers()][BLOCK];
    }

    /// @param rows a multiple of 16, at most [#BLOCK]
    void run(RowBlock rows, Sink sink) {
        var count = rows.count();
        for (var instruction : tape.instructions()) {
            switch (instruction) {
                case Instruction.Add(var target, var a, var b) ->
                    kernels.add(array(rows, a), at(rows, a), array(rows, b), at(rows, b), registers[target], 0, count);
                case Instruction.Subtract(var target, var a, var b) ->
                    kernels.sub(array(rows, a), at(rows, a), array(rows, b), at(rows, b), registers[target], 0, count);
                case Instruction.Multiply(var target, var a, var b) ->
                    kernels.mul(array(rows, a), at(rows, a), array(rows, b), at(rows, b), registers[target], 0, count);
                case Instruction.AddConstant(var target, var a, var constant) ->
                    kernels.addConstant(array(rows, a), at(rows, a), constant, registers[target], 0, count);
                case Instruction.MultiplyConstant(var target, var a, var constant) ->
                    kernels.mulConstant(array(rows, a), at(rows, a), constant, registers[target], 0, count);
                case Instruction.Fill(var target, var constant) -> Arrays.fill(registers[target], 0, count, constant);
                case Instruction.Output(var output, var value) ->
                    sink.accept(output, array(rows, value), at(rows, value));
            }
        }
    }

    private int[] array(RowBlock rows, Operand operand) {
        return switch (operand.source()) {
            case REGISTER -> registers[operand.index()];
            case MAIN -> rows.main()[operand.index()];
            case MAIN_NEXT -> rows.next()[operand.index()];
            case PREPROCESSED -> rows.preprocessed()[operand.index()];
            case FIRST_ROW -> rows.firstRow();
            case LAST_ROW -> rows.lastRow();
        };
    }

    private static int at(RowBlock rows, Operand operand) {
        return switch (operand.source()) {
            case REGISTER -> 0;
            case MAIN, PREPROCESSED -> rows.at();
            case MAIN_NEXT -> rows.nextAt();
            case FIRST_ROW -> rows.firstAt();
            case LAST_ROW -> rows.lastAt();
        };
    }
}
