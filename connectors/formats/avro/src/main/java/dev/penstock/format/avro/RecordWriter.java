package dev.penstock.format.avro;

import dev.penstock.format.avro.ValueWriter.Binding;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.BadRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/**
 * Writes the fields of a record in the order of its schema, each from the column of its name, or what the schema has
 * for a field without a column.
 */
final class RecordWriter {
    private final String[] names;
    private final int[] columns;
    private final Binding[] bindings;

    private RecordWriter(String[] names, int[] columns, Binding[] bindings) {
        this.names = names;
        this.columns = columns;
        this.bindings = bindings;
    }

    /**
     * A writer of {@code fields} as {@code schema}; empty if they do not fit.
     *
     * @param found gets what does not fit
     */
    static Optional<RecordWriter> of(Schema schema, List<Field> fields, List<Problem> found) {
        int before = found.size();
        List<Schema.Field> written = schema.getFields();
        int[] columns = written.stream()
                .mapToInt(field -> indexOf(field.name(), fields))
                .toArray();
        Binding[] bindings = new Binding[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Optional<Binding> binding = columns[i] < 0
                    ? constant(written.get(i), found)
                    : column(written.get(i), fields.get(columns[i]), found);
            bindings[i] = binding.orElse(none -> (row, out) -> {});
        }
        fields.stream()
                .filter(field -> schema.getField(field.name()) == null)
                .forEach(field -> found.add(problem(
                        field.name(), "is not a field of the schema", "leave it out with without, or add it there")));
        if (found.size() == before) {
            String[] names = written.stream().map(Schema.Field::name).toArray(String[]::new);
            return Optional.of(new RecordWriter(names, columns, bindings));
        }
        return Optional.empty();
    }

    private static int indexOf(String name, List<Field> fields) {
        return IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    private static Optional<Binding> column(Schema.Field field, Field column, List<Problem> problems) {
        Optional<Binding> binding = ColumnWriters.of(field.schema(), column.type());
        if (binding.isEmpty()) {
            problems.add(problem(
                    column.name(),
                    "is " + column.type().text() + ", which the schema's " + field.schema() + " does not hold",
                    "cast it, or change the schema"));
        }
        return binding;
    }

    private static Optional<Binding> constant(Schema.Field field, List<Problem> problems) {
        byte[] bytes;
        if (field.hasDefaultValue()) {
            bytes = Defaults.bytes(field);
        } else if (field.schema().isNullable()) {
            AvroOutput none = new AvroOutput();
            none.writeLong(
                    field.schema().getType() == Schema.Type.NULL
                            ? 0
                            : field.schema().getIndexNamed("null"));
            int length = field.schema().getType() == Schema.Type.NULL ? 0 : none.size();
            bytes = Arrays.copyOf(none.data(), length);
        } else {
            problems.add(problem(field.name(), "is missing, and the schema has no default", "compute it before"));
            return Optional.empty();
        }
        return Optional.of(column -> (row, out) -> out.write(bytes, 0, bytes.length));
    }

    private static Problem problem(String column, String reason, String remedy) {
        return Problem.error("", Problem.Code.INCOMPATIBLE, "column '" + column + "' " + reason, remedy);
    }

    /** A writer of rows whose values are in {@code values}. */
    ValueWriter bind(List<Column> values) {
        ValueWriter[] writers = new ValueWriter[bindings.length];
        for (int i = 0; i < writers.length; i++) {
            // A constant needs no column, and takes any.
            writers[i] = bindings[i].to(values.get(Math.max(0, columns[i])));
        }
        return (row, out) -> {
            for (int i = 0; i < writers.length; i++) {
                try {
                    writers[i].write(row, out);
                } catch (BadRecordException e) {
                    throw e.in(names[i]);
                }
            }
        };
    }
}
