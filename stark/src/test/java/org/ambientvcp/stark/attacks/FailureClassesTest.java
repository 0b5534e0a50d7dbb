package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Interaction;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.attacks.Weakening.WithoutConstraint;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Ram;
import org.ambientvcp.stark.machines.Sha256;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.merkle.OpeningCheck;
import org.ambientvcp.stark.proof.Commitment;
import org.ambientvcp.stark.proof.Malformation;
import org.ambientvcp.stark.proof.Openings;
import org.ambientvcp.stark.proof.Proof;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Rounds;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Strategy;
import org.ambientvcp.stark.security.Parameters;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verdict.Reason;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.ambientvcp.stark.verifier.Verifier;
import org.junit.jupiter.api.Test;

/// What has gone wrong in other systems, class by class (the catalogue of `docs/proof.md`), is refused here.
class FailureClassesTest {
    private static final Execution EXECUTION = AdderCheats.honest();
    private static final Machine MACHINE = EXECUTION.machine();
    private static final Proof PROOF = Proofs.prove(EXECUTION, 1);

    /// Preprocessed, main, auxiliary, quotient.
    private static final int MAIN_TREE = 1;

    @Test
    void class1ValueNotAbsorbedBeforeAChallenge() {
        var challenges = challenges(PROOF, Proofs.CONTEXT);
        var other = Digest.of(new int[Digest.WORDS], 0);

        // Each message changes all challenges from its round on.
        assertDifferFrom(0, challenges, challenges(PROOF, Words.ofText("other")));
        assertDifferFrom(
                0, challenges, challenges(ProofEdit.withRoots(PROOF, other, PROOF.quotientRoot()), Proofs.CONTEXT));
        for (var at = 0; at < PROOF.busSums().size(); at++)
            assertDifferFrom(2, challenges, challenges(withBusSum(at), Proofs.CONTEXT));
        assertDifferFrom(
                3, challenges, challenges(ProofEdit.withRoots(PROOF, PROOF.mainRoot(), other), Proofs.CONTEXT));
        for (var at = 0; at < PROOF.openings().size(); at += 7)
            assertDifferFrom(4, challenges, challenges(withOpening(at), Proofs.CONTEXT));
        for (var layer = 0; layer < PROOF.layerRoots().size(); layer++) {
            var roots = new ArrayList<>(PROOF.layerRoots());
            roots.set(layer, other);
            var changed = ProofEdit.withLayers(PROOF, roots, PROOF.layers());
            assertDifferFrom(5 + layer, challenges, challenges(changed, Proofs.CONTEXT));
        }
        var last = challenges.size() - 1;
        for (var at = 0; at < PROOF.finalPolynomial().size(); at++)
            assertDifferFrom(last, challenges, challenges(withFinal(at), Proofs.CONTEXT));
        assertDifferFrom(last, challenges, challenges(ProofEdit.withNonce(PROOF, PROOF.nonce() + 1), Proofs.CONTEXT));
    }

    @Test
    void class2ChipsInAnotherOrderOrMissing() {
        var reordered = new Machine(
                MACHINE.name(),
                MACHINE.buses(),
                MACHINE.chips().reversed(),
                MACHINE.publicValues(),
                MACHINE.boundary());

        var refused = Proofs.verify(reordered, EXECUTION.publicValues(), ProofCodec.encode(PROOF));

        assertThat(refused).isEqualTo(malformed(new Malformation.OtherKey(PROOF.keyDigest())));
    }

    @Test
    void class3AnotherHeightForOneTable() {
        var higher = ProofEdit.withLogHeights(PROOF, List.of(13, AdderCheats.LIMB_BITS));

        assertThat(verify(higher)).isInstanceOf(Rejected.class);
        assertThat(verify(ProofEdit.withLogHeights(PROOF, List.of(12, 12))))
                .isEqualTo(malformed(new Malformation.Height("range table", 12, 15, 15)));
    }

    @Test
    void class4PaddingRowsThatSpeak() {
        var chip = MACHINE.chips().getFirst();
        var always =
                new Interaction("it speaks on padding too", MACHINE.buses().getFirst(), Expr.constant(1), zeros(3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChipDef(
                        chip.name(),
                        chip.columns(),
                        chip.preprocessed(),
                        chip.real(),
                        chip.constraints(),
                        List.of(always),
                        chip.mask()))
                .withMessageContaining("no multiple of real");
        // A padding row that is made real says something false.
        refused(Forgery.of(EXECUTION).set(Adder.CHIP, "real", 2_000, 1).claimingTheSame());
    }

    @Test
    void class5SelectorsThatAreNotBits() {
        refused(cheat(AdderCheats.all(), new WithoutConstraint(Adder.CHIP, "real is a bit")));
        refused(cheat(RamCheats.all(), new WithoutConstraint(Ram.ACCESSES, "write is a bit")));
    }

    @Test
    void class6MemoryInitialisedTwiceOrReadFromTheFuture() {
        refused(cheat(RamCheats.all(), new WithoutConstraint(Ram.MEMORY, "each cell is the one after the last")));
        refused(cheat(RamCheats.all(), new WithoutConstraint(Ram.MEMORY, "cells are without gaps")));
        refused(cheat(RamCheats.all(), new WithoutConstraint(Ram.MEMORY, "the first cell is 0")));
        refused(cheat(
                RamCheats.all(),
                new WithoutConstraint(Ram.ACCESSES, "the access is later than the last one to the cell")));
    }

    @Test
    void class7CarriesThatWrapInASmallField() {
        refused(cheat(AdderCheats.all(), new WithoutConstraint(Adder.CHIP, "the carry of the lower limbs is 0 to 1")));
        // A product of limbs of 16 bits is more than p: such a chip is not built.
        var range = Bus.range("range", 1 << 16);
        var chip = ChipBuilder.named("product");
        chip.realFlag("real");
        var left = chip.checked("left", range);
        var right = chip.checked("right", range);
        var product = chip.checked("product", range);
        chip.always("the product is right", left.times(right).minus(product));
        chip.maskedByOwnColumns();
        assertThatIllegalArgumentException().isThrownBy(chip::build).withMessageContaining("could wrap");
    }

    @Test
    void class8MultiplicitiesThatWrapAndMessagesOfAnotherBus() {
        // p interactions would be none.
        var key = Proofs.key(MACHINE);
        assertThat(key.profile().limits().interactions()).isLessThan(0x78000001);
        var chip = chipWithInteractions(40);
        var wide = new Machine("wide", List.of(Bus.of("bus", 1)), List.of(chip), 0, List.of());
        assertThat(Proofs.key(wide).sizes(List.of(20)).within(key.profile().limits()))
                .isFalse();
        // Messages have a fixed width, and a bus of its own is an entry of its own.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interaction("short", Bus.of("bus", 2), Expr.constant(1), zeros(1)));
        var crossed = new Machine(
                "crossed",
                List.of(Bus.of("bus", 1), Bus.of("other", 1)),
                List.of(twoBuses("bus", "other")),
                0,
                List.of());
        var straight =
                new Machine("straight", List.of(Bus.of("bus", 1)), List.of(twoBuses("bus", "bus")), 0, List.of());
        var rows = new int[8][1 << 12];
        Arrays.fill(rows[0], 0, 100, 1);
        assertThat(proveAndVerify(straight, rows)).isEqualTo(new Accepted(100));
        assertThat(proveAndVerify(crossed, rows)).isEqualTo(new Rejected(new Reason.BusesUnbalanced()));
    }

    @Test
    void class9ShapesThatAreTheProversChoice() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters(5, 2, 0, 20, 128));
        // A value moves over the border of a row, a leaf is missing, a matrix is not opened.
        assertThat(verify(ProofEdit.withTree(PROOF, MAIN_TREE, FailureClassesTest::rotated)))
                .isEqualTo(opening(OpeningCheck.Reason.ROOT));
        assertThat(verify(ProofEdit.withTree(PROOF, MAIN_TREE, FailureClassesTest::shortened)))
                .isEqualTo(opening(OpeningCheck.Reason.VALUE_COUNT));
        assertThat(verify(ProofEdit.withTree(
                        PROOF, MAIN_TREE, _ -> new MultiOpening(new int[0], new int[0], new int[0]))))
                .isEqualTo(opening(OpeningCheck.Reason.VALUE_COUNT));
        // Fewer rounds.
        var layers = PROOF.layers().size() - 1;
        assertThat(verify(ProofEdit.withLayers(
                        PROOF,
                        PROOF.layerRoots().subList(0, layers),
                        PROOF.layers().subList(0, layers))))
                .isInstanceOf(Rejected.class);
        // Less work, also where it differs only beyond 32 bits.
        assertThat(verify(ProofEdit.withNonce(PROOF, PROOF.nonce() + (1L << 32))))
                .isEqualTo(new Rejected(new Reason.WorkMissing()));
    }

    @Test
    void class10ChangedMachineBehindTheSameKey() {
        // All fields: VerificationKeyTest. Here one constraint is missing, and the proof is for the weakened key.
        var cheat = AdderCheats.all().getFirst();
        var weakened = cheat.weakening().of(MACHINE);
        var proof = ProofCodec.encode(Proofs.prove(weakened, cheat.forged(), 1, Strategy.HONEST));

        assertThat(Proofs.verify(weakened, cheat.forged().publicValues(), proof))
                .isEqualTo(new Accepted(100));
        assertThat(Proofs.verify(MACHINE, cheat.forged().publicValues(), proof))
                .isEqualTo(
                        malformed(new Malformation.OtherKey(Proofs.key(weakened).digest())));
    }

    @Test
    void class11OtherPublicValuesThanProven() {
        var values = EXECUTION.publicValues();
        var verifier = new Verifier(Proofs.key(MACHINE));
        var bytes = ProofCodec.encode(PROOF);

        for (var i = 0; i < values.size(); i++)
            assertThat(Proofs.verify(MACHINE, ProofEdit.plusOne(values, i), bytes))
                    .isInstanceOf(Rejected.class);
        assertThat(verifier.verify(Statement.of(Proofs.key(MACHINE), values, Words.ofText("replayed")), bytes))
                .isInstanceOf(Rejected.class);
        assertThat(verifier.verify(Statement.of(Proofs.key(MACHINE), Words.EMPTY, Proofs.CONTEXT), bytes))
                .isEqualTo(new Rejected(new Reason.OtherStatement()));
        assertThat(verifier.verify(new Statement(Digest.of(new int[Digest.WORDS], 0), values, Proofs.CONTEXT), bytes))
                .isEqualTo(new Rejected(new Reason.OtherStatement()));
    }

    @Test
    void class12DataThatIsInjectedAtALoad() {
        for (var cheat : RamCheats.all()) {
            var bus = cheat.weakening().toString();
            if (bus.contains("bus 'memory'") || bus.contains("is below")) refused(cheat.forged());
        }
    }

    @Test
    void class13ResultThatIsNotTheReferences() {
        var message = new Random(1).ints(16L * Sha256.blocks(12)).toArray();
        var sha = Sha256.run(12, message);
        var wrong = ProofEdit.plusOne(sha.publicValues(), 15);

        // That right ones are the JDK's: MachinesTest.
        assertThat(Proofs.proveAndVerify(sha.machine(), sha, Strategy.HONEST)).isEqualTo(new Accepted(100));
        refused(new Execution(sha.machine(), sha.tables(), wrong));
    }

    @Test
    void class14HostileBytes() {
        var verifier = new Verifier(Proofs.key(MACHINE));
        var statement = Proofs.statement(MACHINE, EXECUTION.publicValues());
        var random = new Random(14);
        var whole = ProofCodec.encode(PROOF);

        // More of this: ProofMutationTest.
        for (var length : new int[] {0, 1, 3, 4, 43, 44, 51, 52, 1_000, whole.length - 1}) {
            var noise = new byte[length];
            random.nextBytes(noise);
            assertThat(verifier.verify(statement, noise)).isInstanceOf(Rejected.class);
            assertThat(verifier.verify(statement, Arrays.copyOf(whole, length))).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void class15SecretsThatShowThrough() {
        // More of this: ZeroKnowledgeTest. Raw bus sums would be the same whatever the randomness.
        var again = Proofs.prove(EXECUTION, 2);

        assertThat(again.busSums()).isNotEqualTo(PROOF.busSums());
        assertThat(again.mainRoot()).isNotEqualTo(PROOF.mainRoot());
        // Fewer randomisers than opened values are no parameters.
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters(5, 2, 88, 20, 64));
    }

    /// γ, β, α, z, the batching challenge, one for each layer, and the first position.
    private static List<Object> challenges(Proof proof, Words context) {
        var key = Proofs.key(MACHINE);
        var statement = Statement.of(key, EXECUTION.publicValues(), context);
        var rounds = Rounds.start(statement, key.shape(proof.logHeights()));
        var lookup = rounds.main(proof.mainRoot());
        var challenges = new ArrayList<Object>(List.of(lookup.gamma(), lookup.beta()));
        challenges.add(rounds.auxiliary(proof.auxiliaryRoot(), elements(proof.busSums(), rounds)));
        challenges.add(rounds.quotient(proof.quotientRoot()));
        challenges.add(rounds.openings(elements(proof.openings(), rounds)));
        for (var root : proof.layerRoots()) challenges.add(rounds.layer(root));
        rounds.finalPolynomial(elements(proof.finalPolynomial(), rounds));
        var _ = rounds.grinding(proof.nonce());
        challenges.add(Arrays.stream(rounds.queries()).boxed().toList());
        return challenges;
    }

    private static List<Element> elements(Words words, Rounds rounds) {
        return Openings.elements(words, rounds.field());
    }

    private static void assertDifferFrom(int round, List<Object> challenges, List<Object> changed) {
        for (var i = 0; i < challenges.size(); i++)
            assertThat(changed.get(i).equals(challenges.get(i)))
                    .as("challenge %d", i)
                    .isEqualTo(i < round);
    }

    private static Proof withBusSum(int at) {
        return ProofEdit.withValues(
                PROOF, ProofEdit.plusOne(PROOF.busSums(), at), PROOF.openings(), PROOF.finalPolynomial());
    }

    private static Proof withOpening(int at) {
        return ProofEdit.withValues(
                PROOF, PROOF.busSums(), ProofEdit.plusOne(PROOF.openings(), at), PROOF.finalPolynomial());
    }

    private static Proof withFinal(int at) {
        return ProofEdit.withValues(
                PROOF, PROOF.busSums(), PROOF.openings(), ProofEdit.plusOne(PROOF.finalPolynomial(), at));
    }

    private static MultiOpening rotated(MultiOpening opening) {
        var values = opening.values();
        var first = values[0];
        System.arraycopy(values, 1, values, 0, values.length - 1);
        values[values.length - 1] = first;
        return new MultiOpening(values, opening.salts(), opening.path());
    }

    private static MultiOpening shortened(MultiOpening opening) {
        var values = opening.values();
        return new MultiOpening(Arrays.copyOf(values, values.length - 1), opening.salts(), opening.path());
    }

    private static ChipDef chipWithInteractions(int count) {
        var chip = ChipBuilder.named("chip");
        chip.everyRowReal();
        for (var i = 0; i < count; i++) chip.send("message " + i, Bus.of("bus", 1), Expr.constant(i));
        chip.maskedByOwnColumns();
        return chip.build();
    }

    private static ChipDef twoBuses(String sent, String received) {
        var chip = ChipBuilder.named("chip");
        var real = chip.realFlag("real");
        var value = chip.field("value");
        chip.send("sent", Bus.of(sent, 1), value);
        chip.receive("received", Bus.of(received, 1), value);
        chip.maskedByOwnColumns();
        assertThat(real).isNotNull();
        return chip.build();
    }

    private static Object proveAndVerify(Machine machine, int[][] rows) {
        return Proofs.proveAndVerify(
                machine, new Execution(machine, List.<int[][]>of(rows), Words.EMPTY), Strategy.HONEST);
    }

    private static List<Expr> zeros(int count) {
        return IntStream.range(0, count).<Expr>mapToObj(_ -> Expr.constant(0)).toList();
    }

    private static Execution cheat(List<Cheat> cheats, Weakening weakening) {
        return cheats.stream()
                .filter(cheat -> cheat.weakening().equals(weakening))
                .findFirst()
                .orElseThrow()
                .forged();
    }

    private static void refused(Execution forged) {
        assertThat(Proofs.proveAndVerify(forged.machine(), forged, Strategy.HONEST))
                .isInstanceOf(Rejected.class);
    }

    private static Object verify(Proof proof) {
        return Proofs.verify(MACHINE, EXECUTION.publicValues(), ProofCodec.encode(proof));
    }

    private static Rejected malformed(Malformation malformation) {
        return new Rejected(new Reason.Malformed(malformation));
    }

    private static Rejected opening(OpeningCheck.Reason reason) {
        return new Rejected(new Reason.OpeningRefused(Commitment.MAIN, reason));
    }
}
