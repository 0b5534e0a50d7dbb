package org.ambientvcp.stark.air;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.ambientvcp.stark.air.Expr.Bounded;
import org.ambientvcp.stark.air.Expr.Cell;
import org.ambientvcp.stark.air.Expr.Constant;
import org.ambientvcp.stark.air.Expr.Difference;
import org.ambientvcp.stark.air.Expr.Product;
import org.ambientvcp.stark.air.Expr.PublicValue;
import org.ambientvcp.stark.air.Expr.Selector;
import org.ambientvcp.stark.air.Expr.Shifted;
import org.ambientvcp.stark.air.Expr.Sum;
import org.ambientvcp.stark.field.BabyBear;

/// Shows that statements about limbs hold for integers and not only mod p.
///
/// A constraint is a product that is 0 mod p, so one of its factors is. A factor is n / 2^d with an integer n that is a
/// polynomial in the cells; where every value of n that the ranges of the columns allow lies strictly between -p and p,
/// n = 0 mod p means n = 0. A sum that could reach p is refused: its carry could be forged. Factors of bits and field
/// columns alone have no limbs and pass; a constraint that means equality mod p says so ([Constraint#modular]).
///
/// On a bus, a computed entry with limbs must not be able to take two values that are equal mod p; towards a range bus
/// the difference to a value of the table must not reach p either.
public final class IntervalAnalysis {
    private static final BigInteger P = BigInteger.valueOf(BabyBear.P);

    private final ChipDef chip;
    private final List<String> problems = new ArrayList<>();
    private final IdentityHashMap<Expr, Boolean> limbs = new IdentityHashMap<>();

    /// Of the constraint or interaction that is being checked.
    private final IdentityHashMap<Expr, Interval> intervals = new IdentityHashMap<>();

    /// The integers n that an expression n / 2^bits may stand for.
    private record Interval(BigInteger low, BigInteger high, int bits) {
        static Interval of(long low, long high) {
            return new Interval(BigInteger.valueOf(low), BigInteger.valueOf(high), 0);
        }

        Interval withBits(int more) {
            return new Interval(low.shiftLeft(more - bits), high.shiftLeft(more - bits), more);
        }

        Interval plus(Interval other) {
            var common = Math.max(bits, other.bits);
            var a = withBits(common);
            var b = other.withBits(common);
            return new Interval(a.low.add(b.low), a.high.add(b.high), common);
        }

        Interval negate() {
            return new Interval(high.negate(), low.negate(), bits);
        }

        Interval times(Interval other) {
            var corners = List.of(
                    low.multiply(other.low),
                    low.multiply(other.high),
                    high.multiply(other.low),
                    high.multiply(other.high));
            var smallest = corners.stream().reduce(BigInteger::min).orElseThrow();
            var largest = corners.stream().reduce(BigInteger::max).orElseThrow();
            return new Interval(smallest, largest, bits + other.bits);
        }

        boolean isBelowP() {
            return low.compareTo(P.negate()) > 0 && high.compareTo(P) < 0;
        }
    }

    private IntervalAnalysis(ChipDef chip) {
        this.chip = chip;
    }

    /// What could wrap, one sentence each; empty for a sound chip.
    public static List<String> problems(ChipDef chip) {
        var analysis = new IntervalAnalysis(chip);
        chip.constraints().forEach(analysis::check);
        chip.interactions().forEach(analysis::check);
        return List.copyOf(analysis.problems);
    }

    private void check(Constraint constraint) {
        if (constraint.modular()) return;
        intervals.clear();
        var factors = new ArrayList<Expr>();
        split(constraint.expr(), factors);
        for (var factor : factors) {
            if (factor instanceof Cell || !hasLimbs(factor)) continue;
            var interval = interval(factor, factors, constraint.name());
            if (!interval.isBelowP())
                problems.add("'" + constraint.name() + "' could wrap: " + interval.low + " … " + interval.high);
        }
    }

    private void check(Interaction interaction) {
        intervals.clear();
        var condition = new ArrayList<Expr>();
        split(interaction.multiplicity(), condition);
        for (var entry : interaction.message()) {
            if (entry instanceof Cell) continue;
            var interval = interval(entry, condition, interaction.name());
            var wraps = interaction.bus().isRange()
                    ? !interval.plus(Interval.of(0, interaction.bus().limit() - 1)
                                    .negate())
                            .isBelowP()
                    : hasLimbs(entry) && interval.high.subtract(interval.low).compareTo(P) >= 0;
            if (wraps)
                problems.add(
                        "entry of '" + interaction.name() + "' could wrap: " + interval.low + " … " + interval.high);
        }
    }

    /// The factors of which one is zero when the product is; dividing by a power of two changes nothing.
    private static void split(Expr expr, List<Expr> factors) {
        switch (expr) {
            case Product(var left, var right) -> {
                split(left, factors);
                split(right, factors);
            }
            case Shifted shifted -> split(shifted.dividend(), factors);
            case Difference(var left, var right) when left.equals(Constant.ZERO) -> split(right, factors);
            default -> factors.add(expr);
        }
    }

    private Interval interval(Expr expr, List<Expr> factors, String part) {
        var known = intervals.get(expr);
        if (known != null) return known;
        var interval = computeInterval(expr, factors, part);
        intervals.put(expr, interval);
        return interval;
    }

    private Interval computeInterval(Expr expr, List<Expr> factors, String part) {
        return switch (expr) {
            case Constant constant -> Interval.of(constant.signed(), constant.signed());
            case PublicValue _ -> Interval.of(0, BabyBear.P - 1);
            case Selector _ -> Interval.of(0, 1);
            case Cell cell when cell.kind() == Cell.Kind.PREPROCESSED -> preprocessed(cell);
            case Cell cell -> {
                var column = chip.columns().get(cell.index());
                yield Interval.of(column.low(), column.high());
            }
            case Sum(var a, var b) -> interval(a, factors, part).plus(interval(b, factors, part));
            case Difference(var a, var b) ->
                interval(a, factors, part).plus(interval(b, factors, part).negate());
            case Product(var a, var b) -> interval(a, factors, part).times(interval(b, factors, part));
            case Shifted(var a, var bits) -> {
                var interval = interval(a, factors, part);
                yield new Interval(interval.low, interval.high, interval.bits + bits);
            }
            case Bounded bounded -> {
                var condition = new ArrayList<Expr>();
                split(bounded.when(), condition);
                condition.remove(Constant.ONE);
                if (!factors.containsAll(condition))
                    problems.add("'" + part + "' uses a range outside the condition under which it was shown");
                yield Interval.of(bounded.low(), bounded.high());
            }
        };
    }

    private Interval preprocessed(Cell cell) {
        var column = chip.preprocessed().get(cell.index());
        int low = BabyBear.P, high = 0;
        for (var row = 0; row < column.height(); row++) {
            low = Math.min(low, column.value(row));
            high = Math.max(high, column.value(row));
        }
        return Interval.of(low, high);
    }

    /// Whether a column of small integers other than bits takes part, or a range that was shown.
    private boolean hasLimbs(Expr expr) {
        var known = limbs.get(expr);
        if (known != null) return known;
        var result = computeHasLimbs(expr);
        limbs.put(expr, result);
        return result;
    }

    private boolean computeHasLimbs(Expr expr) {
        return switch (expr) {
            case Constant _, PublicValue _, Selector _ -> false;
            case Cell cell when cell.kind() == Cell.Kind.PREPROCESSED -> false;
            case Cell cell -> {
                var column = chip.columns().get(cell.index());
                yield !column.isField() && !column.isBit();
            }
            case Sum(var a, var b) -> hasLimbs(a) || hasLimbs(b);
            case Difference(var a, var b) -> hasLimbs(a) || hasLimbs(b);
            case Product(var a, var b) -> hasLimbs(a) || hasLimbs(b);
            case Shifted shifted -> hasLimbs(shifted.dividend());
            case Bounded _ -> true;
        };
    }
}
