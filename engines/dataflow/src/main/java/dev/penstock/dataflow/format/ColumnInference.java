package dev.penstock.dataflow.format;

import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out columns and types from a sample of records, cautiously: what looks like an int64, float64 or boolean in
 * every record that has it is one, all other text is a string, and what is nested or mixed is json.
 *
 * <p><b>Order of calls:</b> {@code observe* columns}. Records that cannot be read are passed over; they are rejected
 * when the pipeline meets them. Not thread safe.
 */
public final class ColumnInference {
    private final DecodeOptions options;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final JsonScanner scanner = new JsonScanner();
    private final NumberScanner numbers = new NumberScanner();
    private long records;

    /** An inference for records that {@code options} describe. */
    public ColumnInference(DecodeOptions options) {
        this.options = options;
    }

    /** What all values of a column so far have been. */
    private enum Kind {
        NOTHING,
        BOOLEAN,
        INT64,
        FLOAT64,
        STRING,
        JSON;

        Kind and(Kind other) {
            if (this == other || other == NOTHING) {
                return this;
            }
            if (this == NOTHING) {
                return other;
            }
            boolean numbers = (this == INT64 && other == FLOAT64) || (this == FLOAT64 && other == INT64);
            return numbers ? FLOAT64 : JSON;
        }
    }

    /** Looks at the records of {@code sample}. */
    public void observe(RecordBatch sample) {
        BytesColumn column = (BytesColumn) sample.column(Payload.COLUMN);
        Optional<String> header =
                Optional.ofNullable(sample.origin().attributes().get(Payload.HEADER));
        for (int row = 0; row < sample.rowCount(); row++) {
            if (!column.isNull(row)) {
                observe(column, row, header);
            }
        }
        header.filter(line -> options.format() == Format.CSV && options.csv().header())
                .ifPresent(line -> names(line).forEach(name -> kinds.putIfAbsent(name, Kind.NOTHING)));
    }

    /** Looks at the JSON object in bytes {@code from} to {@code to - 1}. */
    void observe(byte[] object, int from, int to) {
        Map<String, Kind> found = new LinkedHashMap<>();
        scanner.start(object, from, to);
        observeObject(found);
        count(found);
    }

    private void count(Map<String, Kind> found) {
        records++;
        found.forEach((name, kind) -> kinds.merge(name, kind, Kind::and));
    }

    private void observe(BytesColumn column, int row, Optional<String> header) {
        Map<String, Kind> found = new LinkedHashMap<>();
        try {
            if (options.format() == Format.CSV) {
                observeCsv(column, row, header, found);
            } else if (options.format() != Format.TEXT) {
                observeJson(column, row, found);
            }
        } catch (ValueException e) {
            return;
        }
        count(found);
    }

    private void observeJson(BytesColumn column, int row, Map<String, Kind> found) {
        scanner.start(column.data(), column.start(row), column.start(row + 1));
        if (scanner.accept('[')) {
            if (!scanner.accept(']')) {
                do {
                    observeObject(found);
                } while (scanner.accept(','));
                scanner.expect(']');
            }
        } else {
            observeObject(found);
        }
        scanner.requireEnd();
    }

    private void observeObject(Map<String, Kind> found) {
        scanner.expect('{');
        if (scanner.accept('}')) {
            return;
        }
        do {
            scanner.readString();
            String name = scanner.lastString();
            scanner.expect(':');
            found.merge(name, jsonKind(), Kind::and);
        } while (scanner.accept(','));
        scanner.expect('}');
    }

    private Kind jsonKind() {
        int first = scanner.peek();
        int from = scanner.position();
        scanner.skipValue();
        return switch (first) {
            case 'n' -> Kind.NOTHING;
            case 't', 'f' -> Kind.BOOLEAN;
            case '"' -> Kind.STRING;
            case '{', '[' -> Kind.JSON;
            default -> numberKind(scanner.text(), from, scanner.position(), Kind.JSON);
        };
    }

    /** INT64 only if it is written without a fraction: {@code 1.0} announces that others have one. */
    private Kind numberKind(byte[] text, int from, int to, Kind otherwise) {
        boolean fraction = false;
        for (int i = from; i < to; i++) {
            fraction |= text[i] == '.' || (text[i] | 0x20) == 'e';
        }
        try {
            numbers.scanAll(text, from, to);
            if (fraction) {
                numbers.doubleValue();
                return Kind.FLOAT64;
            }
            numbers.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE);
            return hasLeadingZero(text, from, to) ? otherwise : Kind.INT64;
        } catch (ValueException e) {
            return otherwise;
        }
    }

    /** A post code, not a number. */
    private static boolean hasLeadingZero(byte[] text, int from, int to) {
        int first = text[from] == '-' || text[from] == '+' ? from + 1 : from;
        return to - first > 1 && text[first] == '0';
    }

    private void observeCsv(BytesColumn column, int row, Optional<String> header, Map<String, Kind> found) {
        CsvRecord record = new CsvRecord(options.csv());
        if (column.length(row) == 0) {
            return;
        }
        record.split(column.data(), column.start(row), column.start(row + 1));
        List<String> names =
                header.filter(line -> options.csv().header()).map(this::names).orElse(List.of());
        if (!names.isEmpty() && names.size() != record.size()) {
            return;
        }
        for (int i = 0; i < record.size(); i++) {
            found.put(names.isEmpty() ? "column_" + (i + 1) : names.get(i), csvKind(record, i));
        }
    }

    private List<String> names(String header) {
        return CsvRecord.names(options.csv(), header);
    }

    private Kind csvKind(CsvRecord record, int field) {
        byte[] text = record.bytes(field);
        int from = record.from(field);
        int to = record.to(field);
        if (!record.isQuoted(field) && new CsvDecoder.NullText(options.csv().nullBytes()).is(record, field)) {
            return Kind.NOTHING;
        }
        if (TextReaders.equals("true", text, from, to) || TextReaders.equals("false", text, from, to)) {
            return Kind.BOOLEAN;
        }
        return from == to ? Kind.STRING : numberKind(text, from, to, Kind.STRING);
    }

    /** The records that could be read so far. */
    public long records() {
        return records;
    }

    /**
     * The columns found so far and their types, in the order of their first record, as the setting {@code columns} has
     * them.
     */
    public Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        kinds.forEach((name, kind) -> columns.put(name, type(kind).text()));
        return columns;
    }

    private DataType type(Kind kind) {
        DataType mixed = options.format() == Format.CSV ? DataType.STRING : DataType.JSON;
        return switch (kind) {
            case BOOLEAN -> DataType.BOOLEAN;
            case INT64 -> DataType.INT64;
            case FLOAT64 -> DataType.FLOAT64;
            case STRING -> DataType.STRING;
            case NOTHING, JSON -> mixed;
        };
    }
}
