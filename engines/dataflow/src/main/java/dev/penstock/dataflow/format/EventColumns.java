package dev.penstock.dataflow.format;

import dev.penstock.dataflow.format.DebeziumMetadata.Part;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where the parts of change events go while a batch is read; every part gets one value for each row. */
final class EventColumns {
    private static final int CAPACITY = 1024;
    private static final Field MICROS = Field.of("ts_us", DataType.INT64);
    private static final Field MILLIS = Field.of("ts_ms", DataType.INT64);

    private final List<Field> fields;
    private final List<Field> nullable;
    private final List<DebeziumMetadata> metadata;
    private final List<Field> sourceFields;
    private final List<Field> transactionFields;
    private final List<ColumnBuilder> table;
    private final List<ColumnBuilder> before;
    private final List<ColumnBuilder> source;
    private final List<ColumnBuilder> transaction;
    private final LongColumnBuilder readTimes = (LongColumnBuilder) ColumnBuilder.of(DataType.TIMESTAMP, CAPACITY);
    private final BytesColumnBuilder sourceTexts = (BytesColumnBuilder) ColumnBuilder.of(DataType.JSON, 16);
    private byte[] operations = new byte[CAPACITY];
    private int rows;
    private boolean anyBefore;

    EventColumns(List<Field> fields, List<DebeziumMetadata> metadata) {
        this.fields = List.copyOf(fields);
        this.nullable = fields.stream()
                .map(field -> new Field(field.name(), field.type(), true, field.metadata()))
                .toList();
        this.metadata = metadata;
        this.sourceFields = Stream.concat(
                        Stream.of(MICROS, MILLIS),
                        written(metadata, Part.SOURCE)
                                .filter(field -> !field.name().equals(MICROS.name())))
                .toList();
        this.transactionFields = written(metadata, Part.TRANSACTION).toList();
        this.table = builders(fields);
        this.before = builders(fields);
        this.source = builders(sourceFields);
        this.transaction = builders(transactionFields);
    }

    private static Stream<Field> written(List<DebeziumMetadata> metadata, Part part) {
        return metadata.stream().filter(column -> column.part() == part).map(DebeziumMetadata::written);
    }

    private static List<ColumnBuilder> builders(List<Field> fields) {
        return fields.stream()
                .map(field -> ColumnBuilder.of(field.type(), CAPACITY))
                .toList();
    }

    /** The columns of the table. */
    List<Field> fields() {
        return fields;
    }

    /** The columns of the table, where none must have a value. */
    List<Field> nullable() {
        return nullable;
    }

    /** Where the rows of the table go. */
    List<ColumnBuilder> table() {
        return table;
    }

    /** Where the rows go as they were before; call {@link #beginBefore} before that. */
    List<ColumnBuilder> before() {
        return before;
    }

    /** Reads what is wanted of the source of an event. */
    ObjectReader sourceReader() {
        return new ObjectReader(sourceFields, source, JsonReaders.Unknown.IGNORE);
    }

    /** Reads what is wanted of the transaction of an event. */
    ObjectReader transactionReader() {
        return new ObjectReader(transactionFields, transaction, JsonReaders.Unknown.IGNORE);
    }

    /** Whether {@code column} is wanted. */
    boolean wants(DebeziumMetadata column) {
        return metadata.contains(column);
    }

    /** The number of rows so far. */
    int rows() {
        return rows;
    }

    void readTime(long millis) {
        readTimes.append(TimeText.inUnits(millis, 1_000, 1_000_000));
    }

    void sourceText(byte[] text, int from, int to) {
        sourceTexts.append(text, from, to - from);
    }

    /** Until now no row had one before. */
    void beginBefore() {
        if (!anyBefore) {
            anyBefore = true;
            before.forEach(builder -> builder.appendNulls(rows));
        }
    }

    /** Ends a row; the parts that got nothing since the last one get null. */
    void endRow(Operation operation) {
        rows++;
        parts().filter(builder -> builder.size() < rows).forEach(ColumnBuilder::appendNull);
        if (anyBefore) {
            before.stream().filter(builder -> builder.size() < rows).forEach(ColumnBuilder::appendNull);
        }
        operations = rows > operations.length ? Arrays.copyOf(operations, rows * 2) : operations;
        operations[rows - 1] = operation.code();
    }

    /** Takes back what the table got since the last row ended. */
    void cancelTable() {
        table.forEach(builder -> builder.truncate(rows));
    }

    /** Takes back all that came since the last row ended. */
    void cancelRow() {
        parts().forEach(builder -> builder.truncate(rows));
        if (anyBefore) {
            before.forEach(builder -> builder.truncate(rows));
        }
    }

    private Stream<ColumnBuilder> parts() {
        Stream<ColumnBuilder> own = Stream.concat(table.stream(), Stream.of(readTimes, sourceTexts));
        return Stream.concat(own, Stream.concat(source.stream(), transaction.stream()));
    }

    /**
     * The rows so far, with {@code inputTimes} as event times where the source of an event says none; nothing is left
     * afterwards.
     */
    RecordBatch build(long[] inputTimes) {
        List<Column> sources = source.stream().map(ColumnBuilder::build).toList();
        List<Column> transactions =
                transaction.stream().map(ColumnBuilder::build).toList();
        long[] times = inputTimes.clone();
        Column sourceTimes = sourceTimes(sources, times);
        Column readTime = readTimes.build();
        Column sourceText = sourceTexts.build();
        List<Column> columns = new ArrayList<>();
        table.forEach(builder -> columns.add(builder.build()));
        for (DebeziumMetadata column : metadata) {
            columns.add(
                    switch (column) {
                        case SOURCE_TIME -> sourceTimes;
                        case READ_TIME -> readTime;
                        case SOURCE -> sourceText;
                        case TRANSACTION, TRANSACTION_ORDER, TABLE_ORDER ->
                            transactions.get(index(transactionFields, column));
                        case CONNECTOR, NAME, DATABASE, SCHEMA, TABLE, SNAPSHOT, LSN, TRANSACTION_NUMBER ->
                            sources.get(index(sourceFields, column));
                    });
        }
        return finish(RecordBatch.of(schema(), rows, columns)
                .withOperations(Arrays.copyOf(operations, rows))
                .withEventTimes(times));
    }

    private Schema schema() {
        return new Schema(Stream.concat(fields.stream(), metadata.stream().map(DebeziumMetadata::column))
                .toList());
    }

    private static int index(List<Field> fields, DebeziumMetadata column) {
        return fields.indexOf(column.written());
    }

    private RecordBatch finish(RecordBatch batch) {
        RecordBatch finished = batch;
        if (anyBefore) {
            List<Column> columns = before.stream().map(ColumnBuilder::build).toList();
            finished = batch.withBefore(RecordBatch.of(new Schema(nullable), rows, columns));
        }
        rows = 0;
        anyBefore = false;
        return finished;
    }

    /** When the changes were made, as finely as their sources say it; puts what is known into {@code times} too. */
    private Column sourceTimes(List<Column> sources, long[] times) {
        LongColumn micros = (LongColumn) sources.get(0);
        LongColumn millis = (LongColumn) sources.get(1);
        LongColumnBuilder known = (LongColumnBuilder) ColumnBuilder.of(DataType.TIMESTAMP, Math.max(1, rows));
        for (int row = 0; row < rows; row++) {
            if (micros.isNull(row) && millis.isNull(row)) {
                known.appendNull();
            } else {
                times[row] = micros.isNull(row) ? TimeText.inUnits(millis.get(row), 1_000, 1_000_000) : micros.get(row);
                known.append(times[row]);
            }
        }
        return known.build();
    }
}
