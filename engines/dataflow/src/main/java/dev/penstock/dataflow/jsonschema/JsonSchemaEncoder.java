package dev.penstock.dataflow.jsonschema;

import dev.penstock.dataflow.JsonText;
import dev.penstock.dataflow.format.CsvOptions;
import dev.penstock.dataflow.format.Format;
import dev.penstock.dataflow.format.RecordEncoder;
import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.SubjectSettings;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.Validity;
import dev.penstock.spi.format.BadRecordException;
import dev.penstock.spi.format.EncodedRecords;
import dev.penstock.spi.format.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes rows as JSON objects behind the id of a schema. */
final class JsonSchemaEncoder implements Encoder {
    private final Config config;
    private final RegistrySettings settings;
    private final SubjectSettings subjects;
    private final RecordEncoder encoder = new RecordEncoder(Format.NDJSON, new CsvOptions(',', '"', true, ""));
    private int id;

    JsonSchemaEncoder(Config config) {
        this.config = config;
        this.settings = SchemaSettings.registry(config);
        this.subjects = SubjectSettings.of(config);
    }

    @Override
    public void check(Schema rows) {
        // JSON has a form for every type.
    }

    @Override
    public void open(ConnectorContext context, Schema rows) {
        SchemaRegistry registry = new SchemaRegistry(settings);
        String title = config.get(SchemaSettings.TITLE);
        String subject = subjects.of(title);
        id = config.get(SchemaSettings.AUTO_REGISTER)
                ? registry.register(
                        subject,
                        Draft.of(RegisteredSchema.Kind.JSON, JsonText.compact(ColumnsSchema.of(title, rows.fields()))))
                : latest(registry.version(subject, "latest"), subject, rows);
    }

    private static int latest(RegisteredSchema registered, String subject, Schema rows) {
        List<Problem> problems = new ArrayList<>();
        try {
            Map<?, ?> schema = SchemaSettings.parsed(registered);
            Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
            if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                rows.names().stream()
                        .filter(name -> !properties.containsKey(name))
                        .forEach(name -> problems.add(problem(name, "is not a property of the schema")));
            }
            if (schema.get("required") instanceof List<?> required) {
                required.stream()
                        .map(Object::toString)
                        .filter(name -> rows.find(name).isEmpty())
                        .forEach(name -> problems.add(problem(name, "is missing, and the schema requires it")));
            }
        } catch (BadRecordException e) {
            throw SchemaSettings.unusable(subject, e);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return registered.id();
    }

    private static Problem problem(String column, String reason) {
        return Problem.error(
                "", Problem.Code.INCOMPATIBLE, "column '" + column + "' " + reason, "change the columns or the schema");
    }

    @Override
    public EncodedRecords encode(RecordBatch rows) {
        EncodedRecords encoded = encoder.encode(rows);
        BytesColumn plain = encoded.records();
        int[] offsets = new int[plain.size() + 1];
        byte[] data = new byte
                [Math.addExact(plain.offsets()[plain.size()] - plain.offsets()[0], plain.size() * WireFormat.HEADER)];
        for (int row = 0; row < plain.size(); row++) {
            int at = offsets[row];
            WireFormat.write(id, data, at);
            System.arraycopy(plain.data(), plain.start(row), data, at + WireFormat.HEADER, plain.length(row));
            offsets[row + 1] = at + WireFormat.HEADER + plain.length(row);
        }
        return new EncodedRecords(new BytesColumn(plain.type(), offsets, data, Validity.ALL), encoded.rejected());
    }

    @Override
    public void close() {}
}
