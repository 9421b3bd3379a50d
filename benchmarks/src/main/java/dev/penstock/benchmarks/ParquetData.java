package dev.penstock.benchmarks;

import dev.penstock.connector.iceberg.parquet.DataFileTarget;
import dev.penstock.connector.iceberg.schema.TypeMapping;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;

/** Events of about 100 bytes in nine columns: what streams into tables mostly have. */
final class ParquetData {
    static final int BATCH = 4_096;
    static final int BATCHES = 240;
    /** The rows of a file: all batches, once. */
    static final long FILE = (long) BATCH * BATCHES;

    static final Schema COLUMNS = Schema.of(
            Field.required("id", DataType.INT64),
            Field.required("at", DataType.TIMESTAMP),
            Field.of("country", DataType.STRING),
            Field.of("device", DataType.STRING),
            Field.of("customer", DataType.STRING),
            Field.of("amount", DataType.FLOAT64),
            Field.of("quantity", DataType.INT32),
            Field.of("paid", DataType.BOOLEAN),
            Field.of("payload", DataType.JSON));
    static final org.apache.iceberg.Schema TABLE = new TypeMapping().table(COLUMNS);

    private ParquetData() {}

    /** Batches that together are the rows of a file; always the same. */
    static List<RecordBatch> batches() {
        Random random = new Random(1);
        List<RecordBatch> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            BatchBuilder rows = new BatchBuilder(COLUMNS, BATCH);
            for (int row = 0; row < BATCH; row++) {
                append(rows, random, (long) batch * BATCH + row);
            }
            batches.add(rows.build());
        }
        return batches;
    }

    private static void append(BatchBuilder rows, Random random, long id) {
        rows.append(
                1_000_000_000L + id,
                Instant.ofEpochMilli(1_700_000_000_000L + id * 7 + random.nextInt(5)),
                "country-" + random.nextInt(40),
                random.nextInt(20) == 0 ? null : "device-" + random.nextInt(200),
                "customer-" + random.nextInt(50_000),
                random.nextInt(1_000_000) / 100.0,
                random.nextInt(100),
                random.nextBoolean(),
                String.format(
                        Locale.ROOT,
                        "{\"session\":\"%08x\",\"page\":%4d,\"ok\":true}",
                        random.nextInt(),
                        random.nextInt(1000)));
    }

    /** A file of a table with {@code properties}. */
    static DataFileTarget target(Map<String, String> properties) {
        MetricsConfig metrics = MetricsConfig.from(properties, TABLE, SortOrder.unsorted());
        return new DataFileTarget(
                TABLE, PartitionSpec.unpartitioned(), null, SortOrder.unsorted(), metrics, properties);
    }
}
