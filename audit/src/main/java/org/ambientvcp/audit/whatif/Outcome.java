package org.ambientvcp.audit.whatif;

/// What became of the tasks of a log. Times are log times, from the offer to the cell.
///
/// @param offered tasks that reached a cell
/// @param accepted of these
/// @param ended failed, cancelled or refused
/// @param open not ended when the log ended
/// @param leases granted
/// @param waitMedianMillis until the first lease
/// @param waitP99Millis 99th percentile
/// @param lifeMedianMillis until the accepting verdict
/// @param lifeP99Millis 99th percentile
/// @param nodesUsed nodes with at least one run
/// @param meanBusyPpm share of the slots' time in which they had a lease, mean over all nodes
/// @param mostBusyPpm likewise, of the busiest node
/// @param paidMicros to nodes, micro-units
/// @param slashedMicros from stakes, micro-units
/// @param unpaidRuns runs that nobody paid for
/// @param microjoules of the runs, as nodes say
/// @param microgramsCo2e behind these, by the nodes' regions
public record Outcome(
        long offered,
        long accepted,
        long ended,
        long open,
        long leases,
        long waitMedianMillis,
        long waitP99Millis,
        long lifeMedianMillis,
        long lifeP99Millis,
        long nodesUsed,
        long meanBusyPpm,
        long mostBusyPpm,
        long paidMicros,
        long slashedMicros,
        long unpaidRuns,
        long microjoules,
        long microgramsCo2e) {

    /// Energy for each accepted task; 0 without one.
    public long microjoulesPerTask() {
        return accepted == 0 ? 0 : microjoules / accepted;
    }

    /// How much busier the busiest node is than the mean, thousandths; 0 if none is busy.
    public long imbalancePermille() {
        return meanBusyPpm == 0 ? 0 : mostBusyPpm * 1_000 / meanBusyPpm;
    }
}
