package org.ambientvcp.wasm.host;

import java.util.List;
import org.ambientvcp.wasm.machine.Gas;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.machine.Stop;

/// The functions of WASI preview 1, without files, sockets, environment or sleep. Standard input is the run's input,
/// standard output its output. A pointer that is out of bounds is an error number, and nothing has happened then.
final class WasiHost {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int CLOCKS = 4;
    private static final int IO_VECTORS = 1_024;
    private static final int IO_VECTOR_BYTES = 8;
    private static final int FDSTAT_BYTES = 24;
    private static final long RIGHT_READ = 1 << 1;
    private static final long RIGHT_WRITE = 1 << 6;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int POINTER = 4;

    private final GuestMemory memory;
    private final InputReader input;
    private final OutputBuffer output;
    private final List<byte[]> arguments;
    private final long clockNanos;
    private final RandomStream random;

    /// @param arguments with the program's name, each ending in NUL
    WasiHost(
            GuestMemory memory,
            InputReader input,
            OutputBuffer output,
            List<byte[]> arguments,
            long epochMillis,
            RandomStream random) {
        this.memory = memory;
        this.input = input;
        this.output = output;
        this.arguments = arguments;
        this.clockNanos = epochMillis * NANOS_PER_MILLI;
        this.random = random;
    }

    HostCall bind(String name) {
        return switch (name) {
            case "args_sizes_get" -> a -> error(argumentSizes((int) a[0], (int) a[1]));
            case "args_get" -> a -> error(arguments((int) a[0], (int) a[1]));
            case "environ_sizes_get" -> a -> error(pair((int) a[0], 0, (int) a[1], 0));
            case "environ_get", "sched_yield" -> a -> error(WasiTypes.SUCCESS);
            case "clock_res_get" -> a -> error(clock((int) a[0], (int) a[1], NANOS_PER_MILLI));
            case "clock_time_get" -> a -> error(clock((int) a[0], (int) a[2], clockNanos));
            case "random_get" -> a -> error(random((int) a[0], (int) a[1]));
            case "fd_read" -> a -> error(read((int) a[0], (int) a[1], (int) a[2], (int) a[3]));
            case "fd_write" -> a -> error(write((int) a[0], (int) a[1], (int) a[2], (int) a[3]));
            case "fd_fdstat_get" -> a -> error(fdstat((int) a[0], (int) a[1]));
            case "fd_seek", "fd_tell" -> a -> error(isOpen((int) a[0]) ? WasiTypes.SPIPE : WasiTypes.BADF);
            case "fd_close" -> a -> error(isOpen((int) a[0]) ? WasiTypes.SUCCESS : WasiTypes.BADF);
            case "fd_prestat_get", "fd_prestat_dir_name" -> a -> error(WasiTypes.BADF);
            case "proc_exit" ->
                a -> {
                    throw Stop.exit((int) a[0]);
                };
            default -> a -> error(WasiTypes.NOSYS);
        };
    }

    private static long[] error(int number) {
        return new long[] {number};
    }

    private static boolean isOpen(int descriptor) {
        return descriptor >= STDIN && descriptor <= STDERR;
    }

    private int argumentSizes(int countAddress, int bytesAddress) {
        var bytes = arguments.stream().mapToInt(argument -> argument.length).sum();
        return pair(countAddress, arguments.size(), bytesAddress, bytes);
    }

    private int pair(int firstAddress, int first, int secondAddress, int second) {
        if (!memory.holds(firstAddress, POINTER) || !memory.holds(secondAddress, POINTER)) return WasiTypes.FAULT;
        memory.writeI32(firstAddress, first);
        memory.writeI32(secondAddress, second);
        return WasiTypes.SUCCESS;
    }

    private int arguments(int pointers, int buffer) {
        var bytes = arguments.stream().mapToInt(argument -> argument.length).sum();
        var pointerBytes = arguments.size() * POINTER;
        if (!memory.holds(pointers, pointerBytes) || !memory.holds(buffer, bytes)) return WasiTypes.FAULT;
        memory.charge(bytes + pointerBytes);
        var pointer = pointers;
        var address = buffer;
        for (var argument : arguments) {
            memory.writeI32(pointer, address);
            memory.write(address, argument);
            pointer += POINTER;
            address += argument.length;
        }
        return WasiTypes.SUCCESS;
    }

    /// Every clock stands still at the task's time.
    private int clock(int clock, int address, long nanos) {
        if (clock < 0 || clock >= CLOCKS) return WasiTypes.INVAL;
        if (!memory.holds(address, Long.BYTES)) return WasiTypes.FAULT;
        memory.writeI64(address, nanos);
        return WasiTypes.SUCCESS;
    }

    private int random(int address, int length) {
        var count = Integer.toUnsignedLong(length);
        if (!memory.holds(address, count)) return WasiTypes.FAULT;
        memory.charge(count * Gas.RANDOM_FACTOR);
        memory.write(address, random.next(length));
        return WasiTypes.SUCCESS;
    }

    private int fdstat(int descriptor, int address) {
        if (!isOpen(descriptor)) return WasiTypes.BADF;
        if (!memory.holds(address, FDSTAT_BYTES)) return WasiTypes.FAULT;
        // Type 0 is "unknown", as a pipe has it: the C library then buffers, and does not ask for a terminal.
        memory.writeI64(address, 0);
        memory.writeI64(address + 8, descriptor == STDIN ? RIGHT_READ : RIGHT_WRITE);
        memory.writeI64(address + 16, 0);
        return WasiTypes.SUCCESS;
    }

    private int read(int descriptor, int vectors, int count, int resultAddress) {
        if (descriptor != STDIN) return WasiTypes.BADF;
        var error = checkVectors(vectors, count, resultAddress);
        if (error != WasiTypes.SUCCESS) return error;
        var total = 0;
        for (var i = 0; i < count; i++) {
            var vector = vectors + i * IO_VECTOR_BYTES;
            var available = input.available(memory.readI32(vector + POINTER));
            memory.charge(available);
            memory.write(memory.readI32(vector), input.next(available));
            total += available;
        }
        memory.writeI32(resultAddress, total);
        return WasiTypes.SUCCESS;
    }

    private int write(int descriptor, int vectors, int count, int resultAddress) {
        if (descriptor != STDOUT && descriptor != STDERR) return WasiTypes.BADF;
        var error = checkVectors(vectors, count, resultAddress);
        if (error != WasiTypes.SUCCESS) return error;
        var total = 0L;
        for (var i = 0; i < count; i++) {
            var vector = vectors + i * IO_VECTOR_BYTES;
            var length = memory.readI32(vector + POINTER);
            memory.charge(Integer.toUnsignedLong(length));
            if (descriptor == STDOUT) output.ensureRoom(Integer.toUnsignedLong(length));
            var bytes = memory.read(memory.readI32(vector), length);
            if (descriptor == STDOUT) output.write(bytes);
            else output.writeError(bytes);
            total += length;
        }
        memory.writeI32(resultAddress, (int) total);
        return WasiTypes.SUCCESS;
    }

    /// Checks all pointers of a scattered read or write before anything is moved, and charges for the vectors.
    private int checkVectors(int vectors, int count, int resultAddress) {
        if (count < 0 || count > IO_VECTORS) return WasiTypes.INVAL;
        var bytes = (long) count * IO_VECTOR_BYTES;
        if (!memory.holds(vectors, bytes) || !memory.holds(resultAddress, POINTER)) return WasiTypes.FAULT;
        memory.charge(bytes);
        for (var i = 0; i < count; i++) {
            var vector = vectors + i * IO_VECTOR_BYTES;
            var length = Integer.toUnsignedLong(memory.readI32(vector + POINTER));
            if (!memory.holds(memory.readI32(vector), length)) return WasiTypes.FAULT;
        }
        return WasiTypes.SUCCESS;
    }
}
