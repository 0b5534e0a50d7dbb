package org.ambientvcp.stark.air;

import java.util.List;
import org.ambientvcp.stark.field.BabyBear;

/// A polynomial over the cells of a row and of the next one.
///
/// Expressions are trees in memory and may share parts; [Dag] joins equal parts before anybody evaluates them. Records
/// compare by content, which walks the whole tree: compare small ones only.
public sealed interface Expr {

    /// A fixed element of the base field.
    ///
    /// @param value canonical, 0 … p-1
    record Constant(int value) implements Expr {
        public static final Constant ZERO = new Constant(0);
        public static final Constant ONE = new Constant(1);

        public Constant {
            if (!BabyBear.isCanonical(value)) throw new IllegalArgumentException("constant is not 0 … p-1: " + value);
        }

        /// The integer that the author meant: elements above p/2 are negative numbers.
        long signed() {
            return value > BabyBear.P / 2 ? (long) value - BabyBear.P : value;
        }
    }

    /// A cell of a committed column.
    ///
    /// @param index column number within its kind
    /// @param onNextRow whether it is the cell one row below; the row below the last is the first
    record Cell(Kind kind, int index, boolean onNextRow) implements Expr {
        public enum Kind {
            /// Committed by the prover.
            MAIN,
            /// Fixed by the verification key.
            PREPROCESSED
        }

        public Cell {
            if (index < 0) throw new IllegalArgumentException("column is negative: " + index);
            if (onNextRow && kind != Kind.MAIN)
                throw new IllegalArgumentException("only main columns are read on the next row");
        }

        /// The cell of the same column one row below.
        public Cell next() {
            return new Cell(kind, index, true);
        }
    }

    /// A number of the statement, known to the verifier.
    record PublicValue(int index) implements Expr {
        public PublicValue {
            if (index < 0) throw new IllegalArgumentException("public value is negative: " + index);
        }
    }

    /// 1 on one row and 0 on all others.
    enum Selector implements Expr {
        FIRST_ROW,
        LAST_ROW
    }

    record Sum(Expr left, Expr right) implements Expr {}

    record Difference(Expr left, Expr right) implements Expr {}

    record Product(Expr left, Expr right) implements Expr {}

    /// The element which times 2^bits is `dividend`. A carry is such an expression.
    ///
    /// @param bits 1–30
    record Shifted(Expr dividend, int bits) implements Expr {
        public Shifted {
            if (bits < 1 || bits > 30) throw new IllegalArgumentException("bits are not 1–30: " + bits);
        }
    }

    /// An expression whose range another constraint has shown, so that it counts as a small integer in what builds on
    /// it.
    /// Evaluates to `value`; only the interval analysis reads the rest.
    ///
    /// @param when the factor under which the range holds: a constraint that uses the range has it as a factor too
    /// @param low smallest integer, inclusive
    /// @param high largest integer, inclusive
    record Bounded(Expr value, Expr when, long low, long high) implements Expr {
        public Bounded {
            if (low > high) throw new IllegalArgumentException("empty range: " + low + " … " + high);
        }
    }

    /// The constant for an integer of any sign, mod p.
    static Expr constant(long integer) {
        return new Constant(Math.floorMod(integer, BabyBear.P));
    }

    static Expr publicValue(int index) {
        return new PublicValue(index);
    }

    static Expr sum(List<? extends Expr> terms) {
        if (terms.isEmpty()) return Constant.ZERO;
        Expr sum = terms.getFirst();
        for (var term : terms.subList(1, terms.size())) sum = sum.plus(term);
        return sum;
    }

    default Expr plus(Expr other) {
        return new Sum(this, other);
    }

    default Expr plus(long integer) {
        return new Sum(this, constant(integer));
    }

    default Expr minus(Expr other) {
        return new Difference(this, other);
    }

    default Expr minus(long integer) {
        return new Difference(this, constant(integer));
    }

    default Expr times(Expr other) {
        return new Product(this, other);
    }

    default Expr times(long integer) {
        return new Product(this, constant(integer));
    }

    default Expr negate() {
        return new Difference(Constant.ZERO, this);
    }

    /// `1 - this`: the complement of a bit.
    default Expr not() {
        return new Difference(Constant.ONE, this);
    }

    /// This divided by 2^bits in the field.
    default Expr shiftRight(int bits) {
        return new Shifted(this, bits);
    }
}
