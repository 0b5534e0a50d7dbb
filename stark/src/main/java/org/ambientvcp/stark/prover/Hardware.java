package org.ambientvcp.stark.prover;

import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;

/// What a proof is computed with. Has no influence on what it says.
public record Hardware(Kernels kernels, Workers workers) {}
