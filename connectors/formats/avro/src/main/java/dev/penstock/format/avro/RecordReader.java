package dev.penstock.format.avro;

import dev.penstock.format.registry.AvroInput;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Reads the fields of a record in the order of its writer, each into its column or over it, and then completes the
 * columns that the writer did not know.
 */
final class RecordReader implements ValueReader {
    private final ValueReader[] steps;
    private final String[] names;
    private final Runnable[] completions;

    private RecordReader(ValueReader[] steps, String[] names, Runnable[] completions) {
        this.steps = steps;
        this.names = names;
        this.completions = completions;
    }

    static RecordReader of(Schema writer, Optional<Schema> reader, List<Field> fields, List<ColumnBuilder> builders) {
        Map<String, Integer> columns = columns(writer, reader, fields);
        List<ValueReader> steps = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            Integer column = columns.remove(field.name());
            names.add(field.name());
            steps.add(
                    column == null
                            ? Skipping.of(field.schema())
                            : ColumnReaders.of(
                                    field.schema(),
                                    readerField(reader, fields.get(column).name())
                                            .map(Schema.Field::schema),
                                    fields.get(column),
                                    builders.get(column)));
        }
        Runnable[] completions = columns.values().stream()
                .sorted()
                .map(column -> completion(reader, fields.get(column), builders.get(column)))
                .toArray(Runnable[]::new);
        return new RecordReader(steps.toArray(ValueReader[]::new), names.toArray(String[]::new), completions);
    }

    /** By the name of the writer's field, or what will not be found there, the column that it goes to. */
    private static Map<String, Integer> columns(Schema writer, Optional<Schema> reader, List<Field> fields) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            String written = writer.getField(name) != null
                    ? name
                    : readerField(reader, name).stream()
                            .flatMap(field -> field.aliases().stream())
                            .filter(alias -> writer.getField(alias) != null)
                            .findFirst()
                            .orElse(name);
            columns.put(columns.containsKey(written) ? name + " " : written, i);
        }
        return columns;
    }

    private static Optional<Schema.Field> readerField(Optional<Schema> reader, String name) {
        return reader.filter(schema -> schema.getType() == Schema.Type.RECORD)
                .flatMap(schema -> Optional.ofNullable(schema.getField(name)));
    }

    /** Appends what a column has that the writer does not know: the default of the reader's schema, or null. */
    private static Runnable completion(Optional<Schema> reader, Field field, ColumnBuilder into) {
        Optional<Schema.Field> known = readerField(reader, field.name()).filter(Schema.Field::hasDefaultValue);
        if (known.isPresent()) {
            Schema schema = known.get().schema();
            ValueReader value = ColumnReaders.of(schema, Optional.of(schema), field, into);
            byte[] bytes = Defaults.bytes(known.get());
            AvroInput input = new AvroInput();
            return () -> {
                input.start(bytes, 0, bytes.length);
                value.read(input);
            };
        }
        return field.nullable()
                ? into::appendNull
                : () -> {
                    throw new BadRecordException("is missing").in(field.name());
                };
    }

    @Override
    public void read(AvroInput in) {
        in.enter();
        for (int i = 0; i < steps.length; i++) {
            try {
                steps[i].read(in);
            } catch (BadRecordException e) {
                throw e.in(names[i]);
            }
        }
        for (Runnable completion : completions) {
            completion.run();
        }
        in.leave();
    }
}
