package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.StructColumn;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A column of a file, at any depth, and how it is filled from a column of rows, which may lack it. */
sealed interface ColumnNode {
    /** Adds the rows at {@code entries} of {@code column}; null everywhere if there is no column. */
    void write(Entries entries, @Nullable Column column);

    /** A column that has values itself. */
    record Leaf(String name, boolean optional, Cast cast, LeafWriter writer) implements ColumnNode {
        @Override
        public void write(Entries entries, @Nullable Column column) {
            Entries present = entries.present(column, optional, name);
            if (column == null || present.values() == 0) {
                writer.writeNulls(present, present.rows());
                return;
            }
            int[] positions = present.valuePositions();
            Column fitting = cast.apply(column, positions, name);
            int[] where = fitting.equals(column) ? positions : firstPositions(positions.length);
            writer.write(present, fitting, where, present.rows());
        }

        private static int[] firstPositions(int count) {
            return IntStream.range(0, count).toArray();
        }
    }

    /**
     * A struct.
     *
     * @param sources where the column of each field is among those of the rows' struct; -1 if there is none
     */
    record Struct(String name, boolean optional, List<ColumnNode> fields, int[] sources) implements ColumnNode {
        @Override
        public void write(Entries entries, @Nullable Column column) {
            Entries present = entries.present(column, optional, name);
            for (int i = 0; i < sources.length; i++) {
                Column field = column == null || sources[i] < 0
                        ? null
                        : ((StructColumn) column).fields().get(sources[i]);
                fields.get(i).write(present, field);
            }
        }
    }

    /** A list; {@code depth} is the repetition level of its elements. */
    record Listing(String name, boolean optional, int depth, ColumnNode element) implements ColumnNode {
        @Override
        public void write(Entries entries, @Nullable Column column) {
            Entries present = entries.present(column, optional, name);
            if (column instanceof ListColumn lists) {
                element.write(present.elements(new Offsets(lists.offsets()), depth), lists.elements());
            } else if (column instanceof FixedListColumn vectors) {
                element.write(present.elements(new Vectors(vectors.type().size()), depth), vectors.elements());
            } else {
                element.write(present.elements(new Vectors(0), depth), null);
            }
        }
    }

    /** A map; {@code depth} is the repetition level of its entries. */
    record Mapping(String name, boolean optional, int depth, ColumnNode key, ColumnNode value) implements ColumnNode {
        @Override
        public void write(Entries entries, @Nullable Column column) {
            Entries present = entries.present(column, optional, name);
            MapColumn maps = (MapColumn) column;
            Entries each = present.elements(maps == null ? new Vectors(0) : new Offsets(maps.offsets()), depth);
            key.write(each, maps == null ? null : maps.keys());
            value.write(each, maps == null ? null : maps.values());
        }
    }

    /** Lists of any length. */
    record Offsets(int[] offsets) implements Entries.Spans {
        @Override
        public int start(int position) {
            return offsets[position];
        }

        @Override
        public int end(int position) {
            return offsets[position + 1];
        }
    }

    /** Lists of one length. */
    record Vectors(int length) implements Entries.Spans {
        @Override
        public int start(int position) {
            return position * length;
        }

        @Override
        public int end(int position) {
            return (position + 1) * length;
        }
    }
}
