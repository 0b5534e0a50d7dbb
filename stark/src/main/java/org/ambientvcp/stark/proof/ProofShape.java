package org.ambientvcp.stark.proof;

import static org.ambientvcp.stark.security.Parameters.FINAL_COEFFICIENTS;
import static org.ambientvcp.stark.security.Parameters.FINAL_ROWS;
import static org.ambientvcp.stark.security.Parameters.LOG_ARITY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.merkle.MatrixShape;
import org.ambientvcp.stark.merkle.TreeShape;
import org.ambientvcp.stark.security.Parameters;

/// Every width and count of a proof, from the parameters and the tables alone. The prover makes what it says, the
/// codec bounds by it and the verifier asks for it; there is no other place where they are computed.
///
/// @param parameters the proof is made with
/// @param tables in the order of the key, at least one
public record ProofShape(Parameters parameters, List<TableShape> tables) {
    private static final int LOG_FINAL_ROWS = Integer.numberOfTrailingZeros(FINAL_ROWS);

    public ProofShape {
        tables = List.copyOf(tables);
        if (tables.isEmpty()) throw new IllegalArgumentException("no tables");
        for (var table : tables)
            if (table.logHeight() < parameters.logMinHeight())
                throw new IllegalArgumentException("table is lower than 2^" + parameters.logMinHeight() + ": " + table);
    }

    /// Binary logarithm of the rows of the highest table.
    public int maxLogHeight() {
        return tables.stream().mapToInt(TableShape::logHeight).max().orElseThrow();
    }

    /// Into how many pieces the quotient of a table is cut: two leave room for the randomisers of three, if these are
    /// few beside the rows.
    public int quotientChunks(int table) {
        var height = tables.get(table).height();
        var fitTwo = Parameters.QUOTIENT_CHUNKS * parameters.randomisers() <= height / FINAL_ROWS;
        return fitTwo ? Parameters.QUOTIENT_CHUNKS - 1 : Parameters.QUOTIENT_CHUNKS;
    }

    /// Whether there is anything to commit to, and so a tree.
    public boolean has(Commitment commitment) {
        return !tablesIn(commitment).isEmpty();
    }

    /// The tables that have columns in a tree, in order: their matrices are those of the tree, but for the mask.
    public List<Integer> tablesIn(Commitment commitment) {
        return IntStream.range(0, tables.size())
                .filter(table -> width(commitment, table) > 0)
                .boxed()
                .toList();
    }

    /// What a tree that is there commits to. The mask of FRI is the last matrix of [Commitment#QUOTIENT].
    public TreeShape tree(Commitment commitment) {
        var matrices = new ArrayList<MatrixShape>();
        for (var table : tablesIn(commitment))
            matrices.add(new MatrixShape(tables.get(table).logHeight(), width(commitment, table)));
        if (commitment == Commitment.QUOTIENT)
            matrices.add(new MatrixShape(maxLogHeight(), parameters.extensionDegree()));
        return new TreeShape(matrices, parameters.logBlowup(), commitment.isSalted());
    }

    private int width(Commitment commitment, int table) {
        var shape = tables.get(table);
        return switch (commitment) {
            case PREPROCESSED -> shape.preprocessed();
            case MAIN -> shape.main();
            case AUXILIARY -> shape.auxiliary();
            case QUOTIENT -> quotientChunks(table) * parameters.extensionDegree();
        };
    }

    /// Values of a table at z: of the preprocessed, main, auxiliary and quotient columns, in this order.
    public int openingsAtPoint(int table) {
        return Arrays.stream(Commitment.values())
                .mapToInt(commitment -> width(commitment, table))
                .sum();
    }

    /// Values of a table at the next row after z: of the main columns that are opened there, then of the running sum.
    public int openingsAtNext(int table) {
        var shape = tables.get(table);
        return shape.next() + (shape.auxiliary() == 0 ? 0 : parameters.extensionDegree());
    }

    /// Values of all tables outside the domain, each an element of the challenge field. They come table by table, those
    /// at z before those at the next row.
    public int openings() {
        return IntStream.range(0, tables.size())
                .map(table -> openingsAtPoint(table) + openingsAtNext(table))
                .sum();
    }

    /// Binary logarithms of the arities of FRI's folding steps: as large as can be without passing the height of a
    /// table, whose codeword joins there, or the final rows.
    public List<Integer> foldings() {
        var foldings = new ArrayList<Integer>();
        for (var height = maxLogHeight(); height > LOG_FINAL_ROWS; height -= foldings.getLast()) {
            var current = height;
            var stop = tables.stream()
                    .mapToInt(TableShape::logHeight)
                    .filter(lower -> lower < current)
                    .max()
                    .orElse(LOG_FINAL_ROWS);
            foldings.add(Math.min(LOG_ARITY, current - stop));
        }
        return List.copyOf(foldings);
    }

    /// The trees of FRI's layers: a leaf is the values that the step makes one. The mask hides them, so they have no
    /// salts.
    public List<TreeShape> layers() {
        var layers = new ArrayList<TreeShape>();
        var height = maxLogHeight();
        for (var folding : foldings()) {
            height -= folding;
            var matrix = new MatrixShape(height, parameters.extensionDegree() << folding);
            layers.add(new TreeShape(List.of(matrix), parameters.logBlowup(), false));
        }
        return List.copyOf(layers);
    }

    /// Words of the final polynomial.
    public int finalWords() {
        return FINAL_COEFFICIENTS * parameters.extensionDegree();
    }

    /// Words that the opening of a tree has at most: if no two queries share a leaf or a node.
    Limits limits(TreeShape tree) {
        var matrices = tree.matrices();
        var width = matrices.stream().mapToInt(MatrixShape::width).sum();
        var heights = (int)
                matrices.stream().mapToInt(MatrixShape::logRows).distinct().count();
        var queries = parameters.queries();
        return new Limits(
                queries * width,
                tree.salted() ? queries * heights * TreeShape.SALT_WORDS : 0,
                queries * (tree.logRows() + tree.logBlowup()) * Digest.WORDS);
    }

    /// @param values words of rows
    /// @param salts words of salts
    /// @param path words of nodes
    record Limits(int values, int salts, int path) {
        int sum() {
            return values + salts + path;
        }
    }
}
