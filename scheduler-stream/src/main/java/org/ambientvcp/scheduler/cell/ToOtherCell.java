package org.ambientvcp.scheduler.cell;

import org.ambientvcp.events.CellCommand;

/// A command for another cell.
///
/// @param cell its number
/// @param key the record's key: the node it is about
public record ToOtherCell(int cell, String key, CellCommand command) {}
