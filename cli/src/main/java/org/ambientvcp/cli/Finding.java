package org.ambientvcp.cli;

/// One thing that was checked.
///
/// @param text a sentence that says what
record Finding(boolean holds, String text) {}
