package org.ambientvcp.stark.merkle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.hash.Blake2s;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.Purpose;
import org.jspecify.annotations.Nullable;

/// Checks an opening against a root. How much there has to be of everything follows from the shape and the positions
/// alone; an opening that has less or more is refused, so there is one opening for given rows.
public final class OpeningCheck {
    /// What a check ends in.
    public sealed interface Outcome permits Opened, Refused {}

    /// The opening is not one of this root.
    public record Refused(Reason reason) implements Outcome {}

    /// Why an opening is refused.
    public enum Reason {
        /// There are fewer or more values than the rows have.
        VALUE_COUNT,
        /// A value is not below p.
        VALUE_NOT_CANONICAL,
        /// There are fewer or more salts than rows.
        SALT_COUNT,
        /// There are fewer or more nodes than are missing.
        PATH_LENGTH,
        /// The rows and the path lead to another root.
        ROOT
    }

    private final TreeShape shape;
    private final int[] values;
    private final int[] salts;
    private final int[] path;
    private int pathUsed;

    private OpeningCheck(TreeShape shape, MultiOpening opening) {
        this.shape = shape;
        values = opening.values();
        salts = opening.salts();
        path = opening.path();
    }

    /// @param positions which rows of the tallest matrices have to be there, in any order and as often as one likes
    public static Outcome check(TreeShape shape, Digest root, int[] positions, MultiOpening opening) {
        for (var position : positions)
            if (position < 0 || position >= shape.size())
                throw new IllegalArgumentException("position is not 0–" + (shape.size() - 1) + ": " + position);
        if (positions.length == 0) throw new IllegalArgumentException("no position");
        return new OpeningCheck(shape, opening).run(root, positions);
    }

    private Outcome run(Digest root, int[] positions) {
        var valuesUsed = 0;
        var saltsUsed = 0;
        var leaves = new HashMap<Integer, Map<Integer, int[]>>();
        var digests = new HashMap<Integer, Map<Integer, Digest>>();
        for (int logRows : shape.heights()) {
            var width = shape.width(logRows);
            for (int position : distinct(logRows, positions)) {
                if (values.length - valuesUsed < width) return new Refused(Reason.VALUE_COUNT);
                var row = Arrays.copyOfRange(values, valuesUsed, valuesUsed += width);
                for (var value : row) if (!BabyBear.isCanonical(value)) return new Refused(Reason.VALUE_NOT_CANONICAL);
                var leaf = Blake2s.of(Purpose.LEAF).update(row, 0, width);
                if (shape.salted()) {
                    if (salts.length - saltsUsed < TreeShape.SALT_WORDS) return new Refused(Reason.SALT_COUNT);
                    leaf.update(salts, saltsUsed, TreeShape.SALT_WORDS);
                    saltsUsed += TreeShape.SALT_WORDS;
                }
                leaves.computeIfAbsent(logRows, _ -> new HashMap<>()).put(position, row);
                digests.computeIfAbsent(logRows, _ -> new HashMap<>()).put(position, leaf.digest());
            }
        }
        if (valuesUsed != values.length) return new Refused(Reason.VALUE_COUNT);
        if (saltsUsed != salts.length) return new Refused(Reason.SALT_COUNT);
        return climb(root, leaves, digests);
    }

    private Set<Integer> distinct(int logRows, int[] positions) {
        var distinct = new TreeSet<Integer>();
        for (var position : positions) distinct.add(shape.position(logRows, position));
        return distinct;
    }

    private Outcome climb(
            Digest root, Map<Integer, Map<Integer, int[]>> leaves, Map<Integer, Map<Integer, Digest>> digests) {
        var logRows = shape.logRows();
        var level = Level.of(logRows, shape.logBlowup());
        var known = digests.getOrDefault(logRows, new HashMap<>());
        while (level.size() > 1) {
            logRows--;
            var joining = digests.get(logRows);
            var parents = new HashMap<Integer, Digest>();
            var parentPositions = new TreeSet<Integer>();
            for (int node : known.keySet()) parentPositions.add(level.parent(node));
            for (int parent : parentPositions) {
                var left = knownOrFromPath(known, level.left(parent));
                var right = knownOrFromPath(known, level.right(parent));
                if (left == null || right == null) return new Refused(Reason.PATH_LENGTH);
                var node = Blake2s.of(Purpose.NODE).update(left).update(right).digest();
                var leaf = joining == null ? null : joining.get(parent);
                parents.put(
                        parent,
                        leaf == null
                                ? node
                                : Blake2s.of(Purpose.JOIN)
                                        .update(node)
                                        .update(leaf)
                                        .digest());
            }
            known = parents;
            level = level.parents();
        }
        if (pathUsed != path.length) return new Refused(Reason.PATH_LENGTH);
        return known.containsValue(root) ? new Opened(shape, leaves) : new Refused(Reason.ROOT);
    }

    private @Nullable Digest knownOrFromPath(Map<Integer, Digest> known, int node) {
        var digest = known.get(node);
        if (digest != null) return digest;
        if (path.length - pathUsed < Digest.WORDS) return null;
        pathUsed += Digest.WORDS;
        return Digest.of(path, pathUsed - Digest.WORDS);
    }
}
