package org.ambientvcp.audit.whatif;

import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Reads commands to cells.
final class Commands {
    private Commands() {}

    /// null if the record is none: the cell refuses it whatever the strategy.
    static @Nullable CellCommand read(ExportedLogs logs, LoggedRecord record) {
        if (record.value() == null) return null;
        try {
            return logs.schemas().decode(Topics.CELL_COMMANDS, record.value());
        } catch (MalformedEventException malformed) {
            return null;
        }
    }
}
