package org.ambientvcp.stark.kernel;

/// Which kernels this JVM runs fastest: those of the Vector API, if it has the module `jdk.incubator.vector`, which is
/// there only if it was started with `--add-modules jdk.incubator.vector`, and vectors of 256 bits or more.
final class Fastest {
    static final Kernels KERNELS = choose();

    private Fastest() {}

    private static Kernels choose() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) return new PlainKernels();
        return VectorKernels.LANES >= 8 ? new VectorKernels() : new PlainKernels();
    }
}
