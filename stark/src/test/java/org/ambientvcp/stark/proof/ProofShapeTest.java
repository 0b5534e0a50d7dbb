package org.ambientvcp.stark.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.ambientvcp.stark.merkle.MatrixShape;
import org.ambientvcp.stark.merkle.TreeShape;
import org.ambientvcp.stark.security.Profile;
import org.junit.jupiter.api.Test;

class ProofShapeTest {
    private static final TableShape HIGH = new TableShape(18, 0, 24, 3, 45);
    private static final TableShape LOW = new TableShape(13, 1, 7, 0, 10);
    private static final TableShape ALONE = new TableShape(12, 0, 2, 2, 0);

    @Test
    void treesAreOfTheTablesThatHaveColumnsInThem() {
        var shape = shape(HIGH, LOW, ALONE);

        assertThat(shape.tree(Commitment.MAIN))
                .isEqualTo(new TreeShape(
                        List.of(new MatrixShape(18, 24), new MatrixShape(13, 7), new MatrixShape(12, 2)), 2, true));
        assertThat(shape.tree(Commitment.AUXILIARY))
                .isEqualTo(new TreeShape(List.of(new MatrixShape(18, 45), new MatrixShape(13, 10)), 2, true));
        assertThat(shape.tree(Commitment.PREPROCESSED))
                .isEqualTo(new TreeShape(List.of(new MatrixShape(13, 1)), 2, false));
        assertThat(shape.tablesIn(Commitment.AUXILIARY)).containsExactly(0, 1);
        assertThat(shape(ALONE).has(Commitment.AUXILIARY)).isFalse();
    }

    @Test
    void quotientsOfHighTablesNeedOnePieceLess() {
        var shape = shape(HIGH, LOW, ALONE);

        assertThat(shape.tree(Commitment.QUOTIENT).matrices())
                .containsExactly(
                        new MatrixShape(18, 10),
                        new MatrixShape(13, 15),
                        new MatrixShape(12, 15),
                        // The mask.
                        new MatrixShape(18, 5));
    }

    @Test
    void openingsAreOfAllColumnsAndOfTheNextRowWhereItIsRead() {
        var shape = shape(HIGH, LOW, ALONE);

        assertThat(shape.openingsAtPoint(0)).isEqualTo(24 + 45 + 10);
        assertThat(shape.openingsAtNext(0)).isEqualTo(3 + 5);
        assertThat(shape.openingsAtPoint(1)).isEqualTo(1 + 7 + 10 + 15);
        assertThat(shape.openingsAtNext(2)).isEqualTo(2);
        assertThat(shape.openings()).isEqualTo(79 + 8 + 33 + 5 + 17 + 2);
    }

    @Test
    void foldingStopsWhereATableJoins() {
        assertThat(shape(HIGH, LOW, ALONE).foldings()).containsExactly(3, 2, 1, 3, 3, 1);
        assertThat(shape(ALONE).foldings()).containsExactly(3, 3, 1);
        assertThat(shape(HIGH, HIGH).foldings()).containsExactly(3, 3, 3, 3, 1);
    }

    @Test
    void aLayersLeafIsWhatAStepMakesOne() {
        assertThat(shape(ALONE).layers())
                .containsExactly(
                        new TreeShape(List.of(new MatrixShape(9, 40)), 2, false),
                        new TreeShape(List.of(new MatrixShape(6, 40)), 2, false),
                        new TreeShape(List.of(new MatrixShape(5, 10)), 2, false));
        assertThat(shape(ALONE).finalWords()).isEqualTo(33 * 5);
    }

    @Test
    void tablesBelowTheLeastHeightHaveNoShape() {
        assertThatIllegalArgumentException().isThrownBy(() -> shape(new TableShape(11, 0, 1, 0, 0)));
        assertThatIllegalArgumentException().isThrownBy(ProofShapeTest::shape);
    }

    private static ProofShape shape(TableShape... tables) {
        return new ProofShape(Profile.STANDARD.parameters(), List.of(tables));
    }
}
