package org.ambientvcp.stark.fri;

import static org.ambientvcp.stark.security.Parameters.FINAL_COEFFICIENTS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.kernel.ExtensionColumns;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.merkle.Column;
import org.ambientvcp.stark.merkle.Matrix;
import org.ambientvcp.stark.merkle.MerkleTree;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.polynomial.LowDegreeExtension;
import org.ambientvcp.stark.proof.ProofShape;
import org.ambientvcp.stark.proof.Rounds;

/// Folds codewords, layer by layer, and commits to each. Codewords of no low degree are folded like others; it is the
/// verifier who notices.
///
/// Not thread-safe.
public final class FriProver {
    private static final int BLOCK = 512;

    private final ProofShape shape;
    private final ExtensionField field;
    private final Kernels kernels;
    private final Workers workers;
    private final List<MerkleTree> layers = new ArrayList<>();
    private List<Element> finalPolynomial = List.of();

    public FriProver(ProofShape shape, ExtensionField field, Kernels kernels, Workers workers) {
        this.shape = shape;
        this.field = field;
        this.kernels = kernels;
        this.workers = workers;
    }

    /// Goes through the rounds of the layers and of the final polynomial.
    ///
    /// @param codewords by the logarithm of their rows, base columns in coset-natural order
    public void fold(Map<Integer, int[][]> codewords, Rounds rounds) {
        var domain = new Domain(shape.maxLogHeight(), shape.parameters().logBlowup());
        var current = codewords.get(domain.logRows());
        if (current == null) throw new IllegalArgumentException("no codeword is as high as the shape");
        for (int folding : shape.foldings()) {
            var tree = commit(current, domain, folding);
            layers.add(tree);
            var challenge = rounds.layer(tree.root());
            for (var step = 0; step < folding; step++) {
                current = half(current, domain, challenge);
                challenge = challenge.squared();
                domain = domain.folded(1);
            }
            var joining = codewords.get(domain.logRows());
            if (joining != null) join(current, joining, challenge);
        }
        finalPolynomial = coefficients(current, domain);
        rounds.finalPolynomial(finalPolynomial);
    }

    public List<Digest> layerRoots() {
        return layers.stream().map(MerkleTree::root).toList();
    }

    /// Coefficients, the constant first.
    public List<Element> finalPolynomial() {
        return finalPolynomial;
    }

    /// @param positions in the domain of the highest codeword
    public List<MultiOpening> open(int[] positions) {
        var openings = new ArrayList<MultiOpening>();
        for (var layer : layers) {
            var logRows = layer.shape().logRows();
            openings.add(layer.open(Arrays.stream(positions)
                    .map(position -> (position >>> shape.maxLogHeight() << logRows) + (position & ((1 << logRows) - 1)))
                    .toArray()));
        }
        return openings;
    }

    /// A leaf is what one folding step makes one value: rows that are evenly spaced in a coset.
    private MerkleTree commit(int[][] codeword, Domain domain, int folding) {
        var columns = new ArrayList<Column>();
        var folded = domain.folded(folding);
        for (var part = 0; part < 1 << folding; part++)
            for (var coordinate : codeword) columns.add(new Column(coordinate, part * folded.rows(), domain.rows()));
        return MerkleTree.commit(
                List.of(new Matrix(folded.logRows(), columns)), domain.logBlowup(), null, kernels, workers);
    }

    /// f(x), f(-x) ↦ (f(x) + f(-x))/2 + challenge·(f(x) - f(-x))/2x.
    private int[][] half(int[][] codeword, Domain domain, Element challenge) {
        var folded = domain.folded(1);
        var out = new int[field.degree()][folded.size()];
        var rows = Math.min(BLOCK, folded.rows());
        var blocks = folded.rows() / rows;
        var powers = inversePowers(domain.rowGenerator(), rows);
        workers.forEach(domain.cosets() * blocks, () -> new Scratch(field, kernels), (scratch, task) -> {
            var coset = task / blocks;
            var row = task % blocks * rows;
            var plus = coset * domain.rows() + row;
            var into = coset * folded.rows() + row;
            var x = domain.point(coset, row);
            var factor = challenge.times(BabyBear.inverse(BabyBear.add(x, x)));
            for (var k = 0; k < out.length; k++) {
                kernels.add(codeword[k], plus, codeword[k], plus + folded.rows(), out[k], into, rows);
                kernels.mulConstant(out[k], into, BabyBear.HALF, out[k], into, rows);
                kernels.sub(codeword[k], plus, codeword[k], plus + folded.rows(), scratch.odd[k], 0, rows);
                kernels.mul(scratch.odd[k], 0, powers, 0, scratch.odd[k], 0, rows);
            }
            scratch.columns.addMultiplied(scratch.odd, 0, factor, out, into, rows);
        });
        return out;
    }

    private static final class Scratch {
        final ExtensionColumns columns;
        final int[][] odd;

        Scratch(ExtensionField field, Kernels kernels) {
            columns = new ExtensionColumns(field, kernels);
            odd = new int[field.degree()][BLOCK];
        }
    }

    /// root^-r
    private static int[] inversePowers(int root, int count) {
        var inverse = BabyBear.inverse(root);
        var powers = new int[count];
        powers[0] = BabyBear.ONE;
        for (var r = 1; r < count; r++) powers[r] = BabyBear.mul(powers[r - 1], inverse);
        return powers;
    }

    private void join(int[][] codeword, int[][] joining, Element weight) {
        var size = codeword[0].length;
        var block = Math.min(BLOCK, size);
        workers.forEach(
                size / block,
                () -> new ExtensionColumns(field, kernels),
                (columns, task) -> columns.addMultiplied(joining, task * block, weight, codeword, task * block, block));
    }

    /// Interpolates over the whole domain; of a codeword that was honest, all but the first coefficients are 0.
    private List<Element> coefficients(int[][] codeword, Domain domain) {
        var whole = new LowDegreeExtension(new Domain(domain.logSize(), 0), kernels);
        var shift = BabyBear.cosetShift(domain.logSize());
        var coordinates = new int[field.degree()][domain.size()];
        for (var k = 0; k < coordinates.length; k++) {
            for (var coset = 0; coset < domain.cosets(); coset++) {
                var exponent = Integer.reverse(coset) >>> (32 - domain.logBlowup());
                for (var row = 0; row < domain.rows(); row++)
                    coordinates[k][exponent + domain.cosets() * row] = codeword[k][coset * domain.rows() + row];
            }
            whole.interpolate(coordinates[k], 0, coordinates[k], 0, shift);
        }
        var coefficients = new ArrayList<Element>();
        for (var i = 0; i < FINAL_COEFFICIENTS; i++) {
            var element = new int[field.degree()];
            for (var k = 0; k < element.length; k++) element[k] = coordinates[k][whole.position(i)];
            coefficients.add(field.element(element, 0));
        }
        return coefficients;
    }
}
