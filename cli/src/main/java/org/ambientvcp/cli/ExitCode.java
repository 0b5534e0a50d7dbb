package org.ambientvcp.cli;

/// Exit codes of the `vcp` command, for scripts.
public final class ExitCode {
    /// Done, and the answer is yes.
    public static final int OK = 0;
    /// Done, and the answer is no: the task failed, the evidence does not hold, it does not exist.
    public static final int FAILED = 1;
    /// The command line is wrong.
    public static final int USAGE = 2;
    /// The system cannot be reached or refused the request.
    public static final int UNAVAILABLE = 3;

    private ExitCode() {}
}
