package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.StructColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Masks columns, and fields of struct columns, in place. */
final class MaskTransform implements BuiltIn {
    private final List<String> names;
    private final Config config;
    private Optional<Masking> masking = Optional.empty();

    MaskTransform(Config config) {
        this.names = config.get(MaskConnector.FIELDS);
        this.config = config;
    }

    @Override
    public boolean takesUnchanged(String column) {
        return names.stream().noneMatch(name -> name.equals(column) || name.startsWith(column + "."));
    }

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>();
        names.forEach(name -> path(input, name, problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return input;
    }

    /** Where the field named {@code name} is: a column, then fields of structs. */
    private List<Integer> path(Schema input, String name, List<Problem> problems) {
        List<Integer> path = new ArrayList<>();
        Schema schema = input;
        DataType type = DataType.JSON;
        for (String part : input.find(name).isPresent() ? List.of(name) : List.of(name.split("\\.", -1))) {
            OptionalInt index = schema.find(part);
            if (index.isEmpty()) {
                problems.add(Problem.error(
                        MaskConnector.FIELDS.name(),
                        Problem.Code.UNKNOWN,
                        "'" + name + "' is not a column",
                        NearestName.hint(part, schema.names())));
                return path;
            }
            path.add(index.getAsInt());
            type = schema.field(index.getAsInt()).type();
            schema = type instanceof DataType.Struct struct ? struct.schema() : new Schema(List.<Field>of());
        }
        boolean partial = config.get(MaskConnector.METHOD) == MaskConnector.Method.PARTIAL;
        if (type != DataType.STRING && (type != DataType.BYTES || partial)) {
            problems.add(Problem.error(
                    MaskConnector.FIELDS.name(),
                    Problem.Code.INCOMPATIBLE,
                    "'" + name + "' holds " + type.text() + ", and only " + (partial ? "string" : "string and bytes")
                            + " can be masked",
                    "cast it to string first, or drop it"));
        }
        return path;
    }

    @Override
    public void open(ConnectorContext context) {
        masking = Optional.of(Masking.of(config));
    }

    @Override
    public TransformResult apply(RecordBatch input) {
        Masking now = masking.orElseGet(() -> Masking.of(config));
        masking = Optional.of(now);
        List<Column> columns = new ArrayList<>(input.columns());
        for (String name : names) {
            List<Integer> path = path(input.schema(), name, new ArrayList<>());
            columns.set(path.get(0), masked(columns.get(path.get(0)), path.subList(1, path.size()), now));
        }
        return TransformResult.of(input.withColumns(input.schema(), columns));
    }

    private static Column masked(Column column, List<Integer> path, Masking masking) {
        if (path.isEmpty()) {
            return masking.mask((BytesColumn) column);
        }
        StructColumn struct = (StructColumn) column;
        List<Column> fields = new ArrayList<>(struct.fields());
        fields.set(path.get(0), masked(fields.get(path.get(0)), path.subList(1, path.size()), masking));
        return new StructColumn(struct.type(), struct.size(), fields, struct.validity());
    }
}
