package dev.penstock.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.dataflow.transform.DropConnector;
import dev.penstock.dataflow.transform.FilterConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * JSON records, filtered and projected: as columns and as rows of boxed values. Run it as docs/design/060-formats.md
 * says; figures are nanoseconds a record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RowsAgainstColumns.RECORDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowsAgainstColumns {
    static final int RECORDS = 4096;

    private static final Schema ROW = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("email", DataType.STRING),
            Field.of("city", DataType.STRING),
            Field.of("amount", DataType.FLOAT64),
            Field.of("quantity", DataType.INT64));
    private static final Schema PROJECTED = ROW.project(0, 2, 3);

    private final JsonFactory factory = new JsonFactory();
    private byte[] text = new byte[0];
    private RecordBatch records = RecordBatch.empty(Schema.of(Payload.FIELD));
    private RecordBatch decoded = records;
    private List<Row> rows = List.of();
    private Transform decode = step(new DropConnector(), List.of("x"));
    private Transform filter = decode;
    private Transform drop = decode;

    private static Transform step(Connector connector, Object settings) {
        return connector.transform(connector
                .descriptor()
                .spec(Role.TRANSFORM)
                .orElseThrow()
                .parse(settings)
                .orThrow());
    }

    /** Makes the records. */
    @Setup
    public void prepare() throws IOException {
        Random random = new Random(20261121);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        BatchBuilder builder = new BatchBuilder(Schema.of(Payload.FIELD));
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = String.format(
                            Locale.ROOT,
                            "{\"id\":%d,\"email\":\"customer%d@example.org\",\"city\":\"Zürich\",\"amount\":%.2f,\"quantity\":%d}",
                            i,
                            random.nextInt(1_000_000),
                            random.nextDouble() * 1000,
                            random.nextInt(20))
                    .getBytes(UTF_8);
            builder.append(Bytes.copyOf(record));
            lines.writeBytes(record);
            lines.write('\n');
        }
        text = lines.toByteArray();
        records = builder.build();
        Map<String, String> columns = new LinkedHashMap<>();
        ROW.fields().forEach(field -> columns.put(field.name(), field.type().text()));
        decode = step(new DecodeConnector(), Map.of("format", "ndjson", "columns", columns));
        filter = step(new FilterConnector(), "quantity >= 10 && amount > 100");
        drop = step(new DropConnector(), List.of("email", "quantity"));
        decoded = decode.apply(records).rows();
        rows = parse();
    }

    /** Decode, filter and project columns. */
    @Benchmark
    public RecordBatch columnsFromJson() {
        return project(decode.apply(records).rows());
    }

    /** Filter and project columns that are there. */
    @Benchmark
    public RecordBatch columnsAlone() {
        return project(decoded);
    }

    private RecordBatch project(RecordBatch batch) {
        return drop.apply(filter.apply(batch).rows()).rows();
    }

    /** Decode, filter and project rows. */
    @Benchmark
    public List<Row> boxedRowsFromJson() throws IOException {
        return project(parse());
    }

    /** Filter and project rows that are there. */
    @Benchmark
    public List<Row> boxedRowsAlone() {
        return project(rows);
    }

    private static List<Row> project(List<Row> rows) {
        Predicate<Row> chosen = row -> row.get("quantity", Long.class) >= 10 && row.get("amount", Double.class) > 100;
        return rows.stream()
                .filter(chosen)
                .map(row -> Row.of(PROJECTED, row.get(0), row.get(2), row.get(3)))
                .toList();
    }

    private List<Row> parse() throws IOException {
        List<Row> parsed = new ArrayList<>(RECORDS);
        try (JsonParser parser = factory.createParser(text)) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Object[] values = new Object[ROW.size()];
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    int column = ROW.indexOf(parser.currentName());
                    parser.nextToken();
                    values[column] = value(parser, ROW.field(column).type());
                }
                parsed.add(Row.of(ROW, values));
            }
        }
        return parsed;
    }

    private static Object value(JsonParser parser, DataType type) throws IOException {
        return type == DataType.INT64
                ? (Object) parser.getLongValue()
                : type == DataType.FLOAT64 ? (Object) parser.getDoubleValue() : parser.getText();
    }
}
