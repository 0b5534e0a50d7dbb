package org.ambientvcp.stark.machines;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.ambientvcp.stark.air.Machine;

/// The machines by name, each with secrets to run it on.
public enum Demonstration {
    FIBONACCI("fibonacci", "the Fibonacci sequence mod p leads from the first two numbers to the third") {
        @Override
        public Machine machine(int logRows) {
            return Fibonacci.machine();
        }

        @Override
        public Execution run(int logRows, RandomGenerator secrets) {
            return Fibonacci.run(1, 1, logRows);
        }
    },
    ADDER("adder", "so many secret 32-bit numbers have the sum given in two limbs of 16 bits, mod 2^32") {
        @Override
        public Machine machine(int logRows) {
            return Adder.machine(Adder.LIMB_BITS);
        }

        @Override
        public Execution run(int logRows, RandomGenerator secrets) {
            var numbers = secrets.ints((1L << logRows) - 1).toArray();
            return Adder.run(Adder.LIMB_BITS, logRows, numbers);
        }
    },
    RAM(
            "ram",
            "in a secret memory, a walk along a list that turns secret links around leads from the first two cells"
                    + " (came from, is at) to the second two, in so many steps") {
        @Override
        public Machine machine(int logRows) {
            return Ram.machine(Ram.LIMB_BITS);
        }

        @Override
        public Execution run(int logRows, RandomGenerator secrets) {
            var cells = 1 << Math.min(logRows, Ram.LIMB_BITS);
            var links = secrets.ints(cells, 0, cells).toArray();
            var writes = new boolean[(1 << logRows) - 1];
            for (var i = 0; i < writes.length; i++) writes[i] = secrets.nextBoolean();
            return Ram.run(Ram.LIMB_BITS, logRows, links, 0, writes);
        }
    },
    SHA256("sha256", "secret blocks lead from SHA-256's initial value to this digest, in limbs of 16 bits") {
        @Override
        public Machine machine(int logRows) {
            return Sha256.machine(logRows);
        }

        @Override
        public Execution run(int logRows, RandomGenerator secrets) {
            return Sha256.run(
                    logRows, secrets.ints(16L * Sha256.blocks(logRows)).toArray());
        }
    };

    private final String machineName;
    private final String claim;

    Demonstration(String machineName, String claim) {
        this.machineName = machineName;
        this.claim = claim;
    }

    /// In small letters.
    public String machineName() {
        return machineName;
    }

    /// What a proof says of its public values.
    public String claim() {
        return claim;
    }

    /// @param logRows binary logarithm of the rows; only some machines depend on them
    public abstract Machine machine(int logRows);

    /// A run on random secrets that fills the table whose rows are given.
    public abstract Execution run(int logRows, RandomGenerator secrets);

    public static Optional<Demonstration> named(String name) {
        return Arrays.stream(values())
                .filter(demonstration -> demonstration.machineName.equals(name))
                .findFirst();
    }

    /// All names, separated by commas.
    public static String names() {
        return Arrays.stream(values()).map(Demonstration::machineName).collect(Collectors.joining(", "));
    }
}
