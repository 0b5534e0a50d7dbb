package org.ambientvcp.audit.whatif;

/// What one run of a task on one node was like.
///
/// @param nodeId the node
/// @param millis from the lease to the first answer, log time; 0 if none came
/// @param gas metered instructions; 0 if no result came
/// @param wallMicros of these on the node itself
/// @param microjoules what the node said the run took
/// @param failed the node said it could not
/// @param wrong a verdict refused the result
/// @param silent the lease ran out
record ObservedRun(
        String nodeId,
        long millis,
        long gas,
        long wallMicros,
        long microjoules,
        boolean failed,
        boolean wrong,
        boolean silent) {}
