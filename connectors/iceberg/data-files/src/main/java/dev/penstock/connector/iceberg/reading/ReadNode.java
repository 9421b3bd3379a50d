package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.StructColumn;
import dev.penstock.spi.data.Validity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of rows and what of the file it is made of. */
sealed interface ReadNode {
    /**
     * What the leaves have read last, as a column.
     *
     * @param size how many values there are, null ones among them
     */
    Column column(int size);

    /**
     * Which entries of a stored column are values of a node: those that do not go on within a value, and whose
     * surroundings are there.
     *
     * @param levels a stored column below the node
     * @param repetition how many lists the node is in
     * @param surroundings the level from which on these are there
     * @param level the level from which on the node itself is there
     */
    record Place(LeafReader levels, int repetition, int surroundings, int level) {
        boolean isValue(int entry) {
            return levels.repetition(entry) <= repetition && levels.definition(entry) >= surroundings;
        }

        /** Which values are not null, a bit each; null if all are. */
        long @Nullable [] valid(int size) {
            if (level == surroundings || levels.complete()) {
                return null;
            }
            long[] bits = new long[Validity.wordCount(size)];
            boolean flat = levels.column().getMaxRepetitionLevel() == 0;
            int at = 0;
            int valid = 0;
            for (int entry = 0; entry < levels.entries(); entry++) {
                if (flat || isValue(entry)) {
                    int there = levels.definition(entry) >= level ? 1 : 0;
                    bits[at >>> 6] |= (long) there << at;
                    valid += there;
                    at++;
                }
            }
            return valid == size ? null : bits;
        }

        Validity validity(int size) {
            long[] bits = valid(size);
            return bits == null ? Validity.ALL : Validity.of(bits);
        }

        /** Where the elements of each value begin, and at last where they end. */
        int[] offsets(int size) {
            int[] offsets = new int[size + 1];
            int at = 0;
            int elements = 0;
            for (int entry = 0; entry < levels.entries(); entry++) {
                int definition = levels.definition(entry);
                int repeated = levels.repetition(entry);
                if (repeated <= repetition && definition >= surroundings) {
                    offsets[at++] = elements;
                }
                elements += repeated <= repetition + 1 && definition > level ? 1 : 0;
            }
            offsets[size] = elements;
            return offsets;
        }
    }

    /** A stored column. */
    record Leaf(DataType type, Place place) implements ReadNode {
        @Override
        public Column column(int size) {
            return place.levels().values().column(type, size, place.valid(size));
        }
    }

    /** A struct. */
    record Struct(DataType.Struct type, Place place, List<ReadNode> fields) implements ReadNode {
        @Override
        public Column column(int size) {
            List<Column> columns =
                    fields.stream().map(field -> field.column(size)).toList();
            return new StructColumn(type, size, columns, place.validity(size));
        }
    }

    /** A list. */
    record Listing(DataType.ListOf type, Place place, ReadNode element) implements ReadNode {
        @Override
        public Column column(int size) {
            int[] offsets = place.offsets(size);
            return new ListColumn(type, offsets, element.column(offsets[size]), place.validity(size));
        }
    }

    /** A map. */
    record Mapping(DataType.MapOf type, Place place, ReadNode key, ReadNode value) implements ReadNode {
        @Override
        public Column column(int size) {
            int[] offsets = place.offsets(size);
            return new MapColumn(
                    type, offsets, key.column(offsets[size]), value.column(offsets[size]), place.validity(size));
        }
    }

    /** A column that the file lacks: the same for all rows. */
    record Constant(DataType type, @Nullable Object value) implements ReadNode {
        @Override
        public Column column(int size) {
            ColumnBuilder builder = ColumnBuilder.of(type, size);
            for (int i = 0; i < size; i++) {
                builder.appendValue(value);
            }
            return builder.build();
        }
    }
}
