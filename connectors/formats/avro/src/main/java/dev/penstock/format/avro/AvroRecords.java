package dev.penstock.format.avro;

import static java.util.Objects.requireNonNull;

import dev.penstock.format.registry.AvroInput;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.BadRecordException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Reads values of one writer's schema into columns: the schema and the columns are compared once, here, and what
 * remains for each record is to follow its bytes. Columns are found by the names of fields, at every level; fields that
 * are no column are read over. Not thread safe.
 */
final class AvroRecords {
    private final AvroInput input = new AvroInput();
    private final ValueReader reader;

    private AvroRecords(ValueReader reader) {
        this.reader = reader;
    }

    /**
     * A reader of values of {@code writer}.
     *
     * @param reader a schema with the defaults and aliases of fields that the writer may not have
     * @param fields of the columns; a single one is for the whole value, if that is no record
     * @param into the builders of the columns, in the order of {@code fields}
     */
    public static AvroRecords of(Schema writer, Optional<Schema> reader, List<Field> fields, List<ColumnBuilder> into) {
        requireNonNull(writer, "writer");
        boolean whole = fields.size() == 1 && fields.get(0).name().equals(AvroColumns.VALUE);
        return switch (writer.getType()) {
            case RECORD -> new AvroRecords(RecordReader.of(writer, reader, fields, into));
            case UNION ->
                new AvroRecords(
                        whole
                                ? ColumnReaders.of(writer, reader, fields.get(0), into.get(0))
                                : union(writer, reader, fields, into));
            default ->
                new AvroRecords(whole ? ColumnReaders.of(writer, reader, fields.get(0), into.get(0)) : noRecord());
        };
    }

    private static ValueReader noRecord() {
        return in -> {
            throw new BadRecordException("is not a record; declare a single column 'value' to read it");
        };
    }

    /** Records of several kinds in one topic. */
    private static ValueReader union(
            Schema writer, Optional<Schema> reader, List<Field> fields, List<ColumnBuilder> into) {
        ValueReader[] branches = writer.getTypes().stream()
                .map(branch -> branch.getType() == Schema.Type.RECORD
                        ? RecordReader.of(branch, reader.flatMap(schema -> Schemas.like(branch, schema)), fields, into)
                        : noRecord())
                .toArray(ValueReader[]::new);
        return in -> branches[in.readIndex(branches.length, "a branch")].read(in);
    }

    /**
     * Reads the value in bytes {@code from} to {@code to - 1}, which it must fill, and appends a value to each column.
     *
     * @throws BadRecordException if it cannot be read; some columns may then have a value more than others
     */
    public void read(byte[] data, int from, int to) {
        input.start(data, from, to);
        reader.read(input);
        input.requireEnd();
    }
}
