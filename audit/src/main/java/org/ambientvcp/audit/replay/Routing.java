package org.ambientvcp.audit.replay;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the router knew when it chose a cell, as the offer's header `vcp_summaries` says.
///
/// @param cells number of cells
/// @param versions version of the summary by cell
record Routing(int cells, Map<Integer, Long> versions) {
    /// Reads `cells;cell:version;…`; null if it is anything else.
    static @Nullable Routing parse(@Nullable String header) {
        if (header == null) return null;
        var words = header.split(";", -1);
        try {
            var versions = new HashMap<Integer, Long>();
            for (int index = 1; index < words.length; index++) {
                var colon = words[index].indexOf(':');
                if (colon < 0) return null;
                versions.put(
                        Integer.valueOf(words[index].substring(0, colon)),
                        Long.valueOf(words[index].substring(colon + 1)));
            }
            var cells = Integer.parseInt(words[0]);
            return cells < 1 ? null : new Routing(cells, versions);
        } catch (NumberFormatException wrong) {
            return null;
        }
    }
}
