package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the fields of a message that have columns, in the order of the columns; what is null is not written. */
final class MessageWriter {
    private final List<Field> columns;
    private final List<FieldWriter> writers;

    private MessageWriter(List<Field> columns, List<FieldWriter> writers) {
        this.columns = columns;
        this.writers = writers;
    }

    /**
     * A writer of {@code columns} as {@code message}; empty if they do not fit.
     *
     * @param problems gets what does not fit
     */
    static Optional<MessageWriter> of(Descriptor message, List<Field> columns, List<Problem> problems) {
        int before = problems.size();
        List<FieldWriter> writers = new ArrayList<>();
        for (Field column : columns) {
            FieldDescriptor field = message.findFieldByName(column.name());
            if (field == null) {
                problems.add(
                        problem(column, "is not a field of the message", "leave it out with without, or add it there"));
                continue;
            }
            Optional<FieldWriter> writer = FieldWriter.of(field, column.type());
            if (writer.isEmpty()) {
                String held = field.getType().name().toLowerCase(java.util.Locale.ROOT);
                problems.add(problem(
                        column,
                        "is " + column.type().text() + ", which the message's " + held + " does not hold",
                        "cast it, or change the schema"));
            }
            writer.ifPresent(writers::add);
        }
        message.getFields().stream()
                .filter(FieldDescriptor::isRequired)
                .filter(field ->
                        columns.stream().noneMatch(column -> column.name().equals(field.getName())))
                .forEach(field -> problems.add(problem(
                        Field.of(field.getName(), DataType.STRING),
                        "is missing, and the message requires it",
                        "compute it before")));
        return problems.size() == before ? Optional.of(new MessageWriter(columns, writers)) : Optional.empty();
    }

    private static Problem problem(Field column, String reason, String remedy) {
        return Problem.error("", Problem.Code.INCOMPATIBLE, "column '" + column.name() + "' " + reason, remedy);
    }

    /** A writer of rows whose values are in {@code values}. */
    ValueWriter bind(List<Column> values) {
        ValueWriter[] bound = new ValueWriter[writers.size()];
        for (int i = 0; i < bound.length; i++) {
            bound[i] = writers.get(i).to(values.get(i));
        }
        return (row, out) -> {
            for (int i = 0; i < bound.length; i++) {
                try {
                    bound[i].write(row, out);
                } catch (BadRecordException e) {
                    throw e.in(columns.get(i).name());
                }
            }
        };
    }
}
