package org.ambientvcp.stark.air;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ambientvcp.stark.air.Constraint.Scope;
import org.ambientvcp.stark.air.Expr.Constant;
import org.junit.jupiter.api.Test;

final class ChipBuilderTest {
    private static final Bus R16 = Bus.range("r16", 1 << 16);
    private static final Bus MEMORY = Bus.of("memory", 3);

    private final ChipBuilder chip = ChipBuilder.named("chip");

    @Test
    void carryOfTwoLimbsIsAStatementAboutIntegers() {
        var real = chip.realFlag("real");
        var a = chip.checked("a", R16);
        var b = chip.checked("b", R16);
        var c = chip.checked("c", R16);
        var low = chip.carry("carry", real, a.plus(b).minus(c).shiftRight(16));
        chip.carry("next carry", real, a.plus(b).plus(low).minus(c).shiftRight(16));
        chip.maskedByOwnColumns();

        var built = chip.build();

        assertThat(built.constraints()).extracting(Constraint::name).contains("carry is 0 to 1");
        assertThat(built.interactions()).extracting(Interaction::name).contains("a is below 65536");
    }

    @Test
    void sumOfThirtyTwoBitLimbsThatCouldWrapIsRefused() {
        var real = chip.realFlag("real");
        var a = chip.known("a", 0, (1L << 30) - 1, "test");
        var b = chip.known("b", 0, (1L << 30) - 1, "test");
        chip.always("the sum fits", real.times(a.plus(b).minus(5)));

        assertThatThrownBy(chip::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'the sum fits' could wrap");
    }

    @Test
    void carryWithoutTheCarryBelowIsRefusedOnceItCouldWrap() {
        var real = chip.realFlag("real");
        var x = chip.known("x", 0, 65535, "test");
        var y = chip.known("y", 0, 65535, "test");
        chip.always("the product fits", real.times(x.times(y).minus(1)));

        assertThatThrownBy(chip::build).hasMessageContaining("'the product fits' could wrap");
    }

    @Test
    void rangeHoldsOnlyUnderItsCondition() {
        var real = chip.realFlag("real");
        var a = chip.known("a", 0, 65535, "test");
        var carry = chip.carry("carry", real, a.minus(7).shiftRight(16));
        chip.always("uses the carry everywhere", a.minus(carry));

        assertThatThrownBy(chip::build).hasMessageContaining("outside the condition");
    }

    @Test
    void limbsMixedWithFieldColumnsAreRefusedUnlessTheAuthorMeansTheField() {
        chip.realFlag("real");
        var limb = chip.known("limb", 0, 65535, "test");
        var inverse = chip.field("inverse");
        chip.always("the inverse inverts", limb.times(inverse).minus(1));
        assertThatThrownBy(chip::build).hasMessageContaining("could wrap");

        var other = ChipBuilder.named("other");
        other.realFlag("real");
        var otherLimb = other.known("limb", 0, 65535, "test");
        var otherInverse = other.field("inverse");
        other.inField(
                Scope.EVERY_ROW,
                "the inverse inverts",
                otherLimb.times(otherInverse).minus(1));

        assertThat(other.build().constraints()).hasSize(2);
    }

    @Test
    void packedLimbsOnABusAreRefusedWhenTwoValuesWouldLookTheSame() {
        chip.realFlag("real");
        var low = chip.known("low", 0, 65535, "test");
        var high = chip.known("high", 0, 65535, "test");
        chip.send("packs", Bus.of("wide", 1), low.plus(high.times(1 << 16)));
        chip.maskedByOwnColumns();

        assertThatThrownBy(chip::build).hasMessageContaining("entry of 'packs' could wrap");
    }

    @Test
    void differenceSentToARangeBusMustNotReachP() {
        chip.realFlag("real");
        var before = chip.field("before");
        var after = chip.field("after");
        chip.send("time grows", R16, after.minus(before).minus(1));
        chip.maskedByOwnColumns();

        assertThatThrownBy(chip::build).hasMessageContaining("entry of 'time grows' could wrap");
    }

    @Test
    void multiplicityIsAMultipleOfReal() {
        var real = chip.realFlag("real");
        var bit = chip.bit("bit");
        chip.sendTimes("sends", bit, MEMORY, bit, bit, bit);
        chip.maskedByOwnColumns();
        var built = chip.build();

        assertThat(built.interactions().getFirst().multiplicity()).isEqualTo(real.times(bit));
        assertThatThrownBy(() -> new ChipDef(
                        "chip",
                        built.columns(),
                        List.of(),
                        real,
                        built.constraints(),
                        List.of(new Interaction("sends", MEMORY, bit, List.of(bit, bit, bit))),
                        built.mask()))
                .hasMessageContaining("no multiple of real");
    }

    @Test
    void sharedMaskColumnsMakeTheLastRowPadding() {
        var flag = chip.realFlag("real");
        var limbs = new Expr.Cell[6];
        for (var i = 0; i < 6; i++) limbs[i] = chip.field("limb " + i);
        chip.send("sends", MEMORY, limbs[0], limbs[1], limbs[2]);
        chip.maskedBy(limbs);

        var built = chip.build();

        assertThat(built.constraints())
                .contains(new Constraint("the last row is padding", Scope.LAST_ROW, flag, false));
    }

    @Test
    void interactionsNeedAMask() {
        chip.realFlag("real");
        chip.send("sends", MEMORY, Constant.ONE, Constant.ONE, Constant.ONE);

        assertThatThrownBy(chip::build).hasMessageContaining("no mask columns");
    }

    @Test
    void degreeAboveThreeIsRefused() {
        var real = chip.realFlag("real");
        var x = chip.field("x");
        chip.always("too high", real.times(x).times(x).times(x));

        assertThatThrownBy(chip::build).hasMessageContaining("degree of too high in chip chip is above 3: 4");
    }

    @Test
    void messagesOfDegreeOneShareAFractionAndHigherOnesDoNot() {
        var real = chip.realFlag("real");
        var x = chip.field("x");
        chip.send("a", Bus.of("one", 1), x);
        chip.send("b", Bus.of("one", 1), x);
        chip.send("c", Bus.of("one", 1), x.times(real));
        chip.send("d", Bus.of("one", 1), x);
        chip.send("e", Bus.of("one", 1), x);
        chip.maskedByOwnColumns();

        var built = chip.build();

        assertThat(built.fractions()).containsExactly(new Fraction(0, 1), new Fraction(2, -1), new Fraction(3, 4));
        assertThat(built.auxWidth(5)).isEqualTo(20);
    }
}
