package org.ambientvcp.simulation.checks;

import java.util.OptionalLong;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.ledger.Books;
import org.ambientvcp.scheduler.ledger.Ledger;
import org.ambientvcp.verifier.rules.Judgement;
import org.ambientvcp.verifier.rules.Outputs;
import org.ambientvcp.verifier.rules.Reexecution;
import org.ambientvcp.verifier.rules.Verification;

/// The rules that a history follows. [#REAL] is the product's code; a test breaks one of them on purpose.
public interface Rules {
    Rules REAL = new Rules() {};

    default CellRule cell(int cell, CellSnapshot stored) {
        var real = Cell.restore(cell, stored);
        return new CellRule() {
            @Override
            public Effects apply(long offset, long timestampMillis, CellCommand command) {
                return real.apply(offset, timestampMillis, command);
            }

            @Override
            public OptionalLong nextTimer() {
                return real.nextTimer();
            }

            @Override
            public CellConfig config() {
                return real.config();
            }

            @Override
            public CellSummary summary() {
                return real.summary();
            }
        };
    }

    default org.ambientvcp.scheduler.ledger.Effects ledger(
            LedgerCommand command, Books books, int defaultQuota, long atEpochMillis) {
        return Ledger.apply(command, books, defaultQuota, atEpochMillis);
    }

    default Judgement verify(VerificationJob job, Outputs outputs, Reexecution reexecution) {
        return Verification.check(job, outputs, reexecution);
    }
}
