package dev.penstock.format.avro;

import static java.util.Objects.requireNonNull;

import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.format.EncodedRecords;
import dev.penstock.spi.format.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes rows in Avro, all with one schema. */
final class AvroEncoder implements Encoder {
    private final EncoderSettings settings;
    private final AvroOutput out = new AvroOutput();
    private @Nullable RecordWriter writer;
    private int id;

    AvroEncoder(EncoderSettings settings) {
        this.settings = settings;
    }

    /** A schema and, where a registry has it, its id there. */
    private record Target(Schema schema, int id) {}

    @Override
    public void check(dev.penstock.spi.data.Schema rows) {
        if (settings.schema().isPresent()) {
            writer(settings.schema().get(), rows);
        } else if (settings.autoRegister() || settings.registry().isEmpty()) {
            AvroSchemas.of(settings.record(), rows.fields());
        }
    }

    @Override
    public void open(ConnectorContext context, dev.penstock.spi.data.Schema rows) {
        Target target = settings.registry()
                .map(registry -> registered(new SchemaRegistry(registry), rows))
                .orElseGet(() -> new Target(given(rows), 0));
        id = target.id;
        writer = writer(target.schema, rows);
    }

    private Schema given(dev.penstock.spi.data.Schema rows) {
        return settings.schema().orElseGet(() -> AvroSchemas.of(settings.record(), rows.fields()));
    }

    private Target registered(SchemaRegistry registry, dev.penstock.spi.data.Schema rows) {
        if (!settings.autoRegister() && settings.schema().isEmpty()) {
            RegisteredSchema latest = registry.version(settings.subject().of(settings.record()), "latest");
            return new Target(parsed(latest), latest.id());
        }
        Schema schema = given(rows);
        String subject = settings.subject().of(schema.getFullName());
        Draft draft = Draft.of(RegisteredSchema.Kind.AVRO, schema.toString());
        return new Target(
                schema, settings.autoRegister() ? registry.register(subject, draft) : registry.lookUp(subject, draft));
    }

    private static Schema parsed(RegisteredSchema registered) {
        try {
            return GivenSchema.of(registered);
        } catch (AvroRuntimeException e) {
            throw new ConfigException(List.of(Problem.error(
                    "subject",
                    Problem.Code.INCOMPATIBLE,
                    "its latest version is no Avro schema, but " + registered.kind(),
                    "give another subject")));
        }
    }

    private static RecordWriter writer(Schema schema, dev.penstock.spi.data.Schema rows) {
        List<Problem> problems = new ArrayList<>();
        if (schema.getType() != Schema.Type.RECORD && rows.size() == 1) {
            return value(schema, rows.field(0));
        }
        if (schema.getType() != Schema.Type.RECORD) {
            problems.add(Problem.error(
                    "schema", Problem.Code.INCOMPATIBLE, "is no record, as rows are", "give the schema of a record"));
        }
        Optional<RecordWriter> made =
                problems.isEmpty() ? RecordWriter.of(schema, rows.fields(), problems) : Optional.empty();
        return made.orElseThrow(() -> new ConfigException(problems));
    }

    /**
     * A single column may be written as a value that is no record, as keys often are: a record of one field has the
     * same bytes.
     */
    private static RecordWriter value(Schema schema, Field column) {
        Schema record = Schema.createRecord("Value", null, "penstock", false);
        record.setFields(List.of(new Schema.Field(AvroColumns.VALUE, schema)));
        List<Problem> problems = new ArrayList<>();
        return RecordWriter.of(record, List.of(column.named(AvroColumns.VALUE)), problems)
                .orElseThrow(() -> new ConfigException(problems));
    }

    @Override
    public EncodedRecords encode(RecordBatch rows) {
        ValueWriter record = requireNonNull(writer, "open comes before encode").bind(rows.columns());
        boolean header = settings.registry().isPresent();
        return EncodedRecords.write(rows, (row, records) -> {
            out.clear();
            if (header) {
                WireFormat.write(id, out.data(), out.reserve(WireFormat.HEADER));
            }
            record.write(row, out);
            records.append(out.data(), 0, out.size());
        });
    }

    @Override
    public void close() {}
}
