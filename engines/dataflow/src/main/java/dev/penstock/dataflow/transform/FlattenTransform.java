package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.StructColumn;
import dev.penstock.spi.data.Validity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Replaces struct columns by their fields, level by level. */
final class FlattenTransform implements BuiltIn {
    private final List<String> chosen;
    private final String separator;
    private final int depth;

    FlattenTransform(Config config) {
        this.chosen = config.find(FlattenConnector.FIELDS).orElse(List.of());
        this.separator = config.get(FlattenConnector.SEPARATOR);
        this.depth = config.get(FlattenConnector.DEPTH);
    }

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>(NameProblems.unknown(FlattenConnector.FIELDS.name(), chosen, input));
        List<Field> fields = new ArrayList<>();
        for (Field field : input.fields()) {
            boolean isStruct = field.type() instanceof DataType.Struct;
            if (chosen.contains(field.name()) && !isStruct) {
                problems.add(Problem.error(
                        FlattenConnector.FIELDS.name(),
                        Problem.Code.INCOMPATIBLE,
                        "'" + field.name() + "' holds " + field.type().text() + ", not a struct",
                        "leave it out"));
            }
            add(field, isChosen(field) ? depth : 0, fields);
        }
        checkNames(fields, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        List<String> names = fields.stream().map(Field::name).toList();
        return new Schema(fields, names.containsAll(input.key()) ? input.key() : List.of());
    }

    private boolean isChosen(Field field) {
        return chosen.isEmpty() || chosen.contains(field.name());
    }

    private void add(Field field, int levels, List<Field> fields) {
        if (levels == 0 || !(field.type() instanceof DataType.Struct struct)) {
            fields.add(field);
            return;
        }
        for (Field inner : struct.fields()) {
            String name = field.name() + separator + inner.name();
            boolean nullable = field.nullable() || inner.nullable();
            add(new Field(name, inner.type(), nullable, inner.metadata()), levels - 1, fields);
        }
    }

    private static void checkNames(List<Field> fields, List<Problem> problems) {
        Set<String> seen = new HashSet<>();
        for (Field field : fields) {
            if (!seen.add(field.name())) {
                problems.add(Problem.error(
                        FlattenConnector.SEPARATOR.name(),
                        Problem.Code.CONFLICT,
                        "two columns would be named '" + field.name() + "'",
                        "choose another separator, or rename one of them first"));
            }
        }
    }

    @Override
    public TransformResult apply(RecordBatch input) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < input.columns().size(); i++) {
            add(input.column(i), Validity.ALL, isChosen(input.schema().field(i)) ? depth : 0, columns);
        }
        return TransformResult.of(input.withColumns(output(input.schema()), columns));
    }

    private static void add(Column column, Validity around, int levels, List<Column> columns) {
        Validity validity = column.validity().and(around, column.size());
        if (levels > 0 && column instanceof StructColumn struct) {
            struct.fields().forEach(field -> add(field, validity, levels - 1, columns));
        } else {
            columns.add(around.allValid() ? column : Nulls.with(column, validity));
        }
    }
}
