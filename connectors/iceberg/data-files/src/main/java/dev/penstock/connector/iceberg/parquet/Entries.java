package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.DataException;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Validity;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where some rows are in a column, at one depth of a nested type: an entry for each value, and one for each place where
 * there is none. What Parquet calls levels is kept beside: the repetition level says how deep an entry goes on with the
 * list before it, the definition level how much of the path to it there is.
 *
 * <p>Immutable; children of a struct share those of their parent.
 */
final class Entries {
    private static final int ABSENT = -1;

    private final int rows;
    private final Places places;
    private final Levels levels;

    private Entries(int rows, Places places, Levels levels) {
        this.rows = rows;
        this.places = places;
        this.levels = levels;
    }

    /**
     * Where entries are in their column.
     *
     * @param positions {@link #ABSENT} for entries that have nothing there
     * @param absent how many have nothing there
     */
    private record Places(int[] positions, int absent) {
        int size() {
            return positions.length;
        }
    }

    /**
     * The levels of entries.
     *
     * @param repetition null if all are 0
     * @param definition null if all are {@code present}
     * @param present the definition level of entries that have something there
     */
    private record Levels(byte @Nullable [] repetition, byte @Nullable [] definition, int present) {
        int definition(int entry) {
            return definition == null ? present : definition[entry];
        }

        /** The definition levels of {@code size} entries, to be changed. */
        byte[] copy(int size) {
            if (definition != null) {
                return definition.clone();
            }
            byte[] same = new byte[size];
            Arrays.fill(same, (byte) present);
            return same;
        }

        Levels with(byte @Nullable [] newDefinition, int newPresent) {
            return new Levels(repetition, newDefinition, newPresent);
        }
    }

    /** The rows {@code rows[from]} to {@code rows[to - 1]} of a batch. */
    static Entries of(int[] rows, int from, int to) {
        return new Entries(to - from, new Places(Arrays.copyOfRange(rows, from, to), 0), new Levels(null, null, 0));
    }

    /** How many rows they are of. */
    int rows() {
        return rows;
    }

    int size() {
        return places.size();
    }

    /** How many entries have a value. */
    int values() {
        return places.size() - places.absent();
    }

    /** The repetition levels; null if all are 0. */
    byte @Nullable [] repetition() {
        return levels.repetition();
    }

    /** The definition levels; null if all are {@link #level}. */
    byte @Nullable [] definition() {
        return levels.definition();
    }

    /** The definition level of entries that have something there. */
    int level() {
        return levels.present();
    }

    /** Where the values are, without the entries that have none. */
    int[] valuePositions() {
        return places.absent() == 0
                ? places.positions()
                : IntStream.of(places.positions())
                        .filter(position -> position >= 0)
                        .toArray();
    }

    /**
     * These entries with those taken out that are null in {@code column}, or all if there is no column.
     *
     * @throws DataException if one is unchanged, or if one is null and the column is not {@code optional}
     */
    Entries present(@Nullable Column column, boolean optional, String name) {
        if (column == null) {
            return optional || values() == 0 ? none(optional) : refuseNull(name);
        }
        Validity validity = column.validity();
        if (!validity.allValid()) {
            for (int position : places.positions()) {
                if (position >= 0 && validity.isNull(position)) {
                    return withNulls(validity, optional, name);
                }
            }
        }
        return optional ? allPresent() : this;
    }

    private Entries none(boolean optional) {
        int[] nothing = new int[size()];
        Arrays.fill(nothing, ABSENT);
        Levels same = levels.with(levels.copy(size()), optional ? level() + 1 : level());
        return new Entries(rows, new Places(nothing, size()), same);
    }

    private Entries allPresent() {
        if (levels.definition() == null) {
            return new Entries(rows, places, levels.with(null, level() + 1));
        }
        byte[] deeper = levels.copy(size());
        for (int i = 0; i < deeper.length; i++) {
            deeper[i] = (byte) (deeper[i] + (places.positions()[i] >= 0 ? 1 : 0));
        }
        return new Entries(rows, places, levels.with(deeper, level() + 1));
    }

    private Entries withNulls(Validity validity, boolean optional, String name) {
        int[] kept = places.positions().clone();
        byte[] deeper = levels.copy(size());
        int gone = places.absent();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] >= 0 && validity.isNull(kept[i])) {
                refuse(validity.isUnchanged(kept[i]), optional, name);
                kept[i] = ABSENT;
                gone++;
            } else if (kept[i] >= 0) {
                deeper[i]++;
            }
        }
        return new Entries(rows, new Places(kept, gone), levels.with(deeper, level() + 1));
    }

    private static void refuse(boolean unchanged, boolean optional, String name) {
        if (unchanged) {
            throw new DataException(
                    "Cannot write column '" + name + "': a row keeps the value that it had before, which is not known"
                            + " here; have the source send whole rows (in PostgreSQL: REPLICA IDENTITY FULL)");
        }
        if (!optional) {
            refuseNull(name);
        }
    }

    private static Entries refuseNull(String name) {
        throw new DataException("Cannot write column '" + name
                + "': the table requires a value, and a row has none; make the column optional or fill it");
    }

    /**
     * The elements of the lists that these entries are.
     *
     * @param spans where the elements of each list are
     * @param depth the repetition level of an element that is not the first of its list
     */
    Entries elements(Spans spans, int depth) {
        int[] positions = places.positions();
        int total = 0;
        for (int position : positions) {
            total += position < 0 ? 1 : Math.max(1, spans.end(position) - spans.start(position));
        }
        int[] found = new int[total];
        byte[] repeated = new byte[total];
        byte[] defined = new byte[total];
        int at = 0;
        int gone = 0;
        for (int i = 0; i < positions.length; i++) {
            int start = positions[i] < 0 ? 0 : spans.start(positions[i]);
            int count = positions[i] < 0 ? 0 : spans.end(positions[i]) - start;
            Arrays.fill(repeated, at, at + Math.max(1, count), (byte) depth);
            repeated[at] = levels.repetition() == null ? 0 : levels.repetition()[i];
            Arrays.fill(defined, at, at + Math.max(1, count), (byte) (levels.definition(i) + (count == 0 ? 0 : 1)));
            found[at] = ABSENT;
            gone += count == 0 ? 1 : 0;
            for (int element = 0; element < count; element++) {
                found[at + element] = start + element;
            }
            at += Math.max(1, count);
        }
        return new Entries(rows, new Places(found, gone), new Levels(repeated, defined, level() + 1));
    }

    /** Where the elements of each list of a column are. */
    interface Spans {
        /** The first element of the list at {@code position}. */
        int start(int position);

        /** One past the last element of the list at {@code position}. */
        int end(int position);
    }
}
