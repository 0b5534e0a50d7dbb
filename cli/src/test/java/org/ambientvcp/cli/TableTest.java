package org.ambientvcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        var text = new StringWriter();
        var table = new Table("A", "LONG HEAD");
        table.row("wide cell", 1);
        table.row("°", 22);

        table.print(new PrintWriter(text));

        assertThat(text.toString().lines()).containsExactly("A          LONG HEAD", "wide cell  1", "°          22");
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("A", "B").row("x"));
    }

    @Test
    void numbersReadWell() {
        assertThat(Units.money(1_500_000)).isEqualTo("1.5");
        assertThat(Units.money(-10_000)).isEqualTo("-0.01");
        assertThat(Units.money(0)).isEqualTo("0");
        assertThat(Units.money(1_000_000_000)).isEqualTo("1,000");
        assertThat(Units.share(812_345)).isEqualTo("0.812");
        assertThat(Units.energy(3_130_000)).isEqualTo("3.13 J");
        assertThat(Units.duration(346_500)).isEqualTo("346.5 ms");
    }
}
