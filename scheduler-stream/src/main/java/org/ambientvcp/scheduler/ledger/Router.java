package org.ambientvcp.scheduler.ledger;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.SlotClass;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.schemas.Sha256;
import org.jspecify.annotations.Nullable;

/// Which cell a task is offered to: the better of two that are drawn. Two draws spread the load almost as
/// well as a look at every cell, and do not send everything to the cell that looked best a moment ago
/// [Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001]. Pure functions.
public final class Router {
    private Router() {}

    /// The offer's next cell.
    ///
    /// @param version version of that cell's summary; 0 if there was none
    public record Route(int cell, long version) {}

    /// Chooses among the cells that have not passed the task on: those that have a live node of the region and
    /// type the task asks for; if there is none, those with a summary; if there is none, all. A task that every
    /// cell has passed on goes back to the first that did. Draws are by SHA-256 of the task id: bytes 0–7 for
    /// the first cell, 8–15 for the second. More free slots (of what the task asks for) minus queued and leased
    /// tasks wins, then the lower number.
    ///
    /// @param cells number of cells, ≥ 1
    /// @param summaries latest summary of a cell; null if there is none
    public static Route route(TaskOffer offer, int cells, IntFunction<@Nullable CellSummary> summaries) {
        var wanted = offer.getTask().getRequirements();
        var open = cells(cells, cell -> !offer.getPassedBy().contains(cell));
        if (open.isEmpty()) {
            int home = offer.getPassedBy().stream()
                    .filter(cell -> 0 <= cell && cell < cells)
                    .findFirst()
                    .orElse(0);
            return route(home, summaries.apply(home));
        }
        var known = open.stream().filter(cell -> summaries.apply(cell) != null).toList();
        var able = known.stream()
                .filter(cell -> serves(summaries.apply(cell), wanted))
                .toList();
        var among = able.isEmpty() ? known.isEmpty() ? open : known : able;
        var drawn = twoOf(among, offer.getTask().getTaskId());
        var best = drawn.getFirst();
        for (var cell : drawn) {
            var difference = room(summaries.apply(cell), wanted) - room(summaries.apply(best), wanted);
            if (difference > 0 || (difference == 0 && cell < best)) best = cell;
        }
        return route(best, summaries.apply(best));
    }

    private static List<Integer> cells(int cells, IntPredicate which) {
        return IntStream.range(0, cells).filter(which).boxed().toList();
    }

    private static Route route(int cell, @Nullable CellSummary summary) {
        return new Route(cell, summary == null ? 0 : summary.getVersion());
    }

    /// Two distinct ones, or the only one.
    private static List<Integer> twoOf(List<Integer> cells, String taskId) {
        if (cells.size() == 1) return cells;
        var digest = Sha256.digest(taskId.getBytes(StandardCharsets.UTF_8));
        var first = draw(digest, 0, cells.size());
        var second = draw(digest, 8, cells.size() - 1);
        return List.of(cells.get(first), cells.get(second < first ? second : second + 1));
    }

    private static int draw(byte[] digest, int offset, int bound) {
        return new BigInteger(1, Arrays.copyOfRange(digest, offset, offset + 8))
                .mod(BigInteger.valueOf(bound))
                .intValueExact();
    }

    private static boolean serves(@Nullable CellSummary summary, Requirements wanted) {
        return summary != null
                && summary.getClasses().stream().anyMatch(slots -> slots.getLiveNodes() > 0 && matches(slots, wanted));
    }

    private static long room(@Nullable CellSummary summary, Requirements wanted) {
        if (summary == null) return 0;
        var free = summary.getClasses().stream()
                .filter(slots -> matches(slots, wanted))
                .mapToLong(SlotClass::getFreeSlots)
                .sum();
        return free - summary.getQueuedTasks() - summary.getLeasedTasks();
    }

    private static boolean matches(SlotClass slots, Requirements wanted) {
        return (wanted.getRegion() == null || wanted.getRegion().equals(slots.getRegion()))
                && (wanted.getNodeType() == null || wanted.getNodeType() == slots.getNodeType());
    }
}
