package dev.penstock.dataflow.format;

import dev.penstock.spi.Payload;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads csv records: fields by the names of the header line or, without one, in the order of the columns. */
final class CsvDecoder implements RowDecoder {
    private final CsvOptions options;
    private final List<Field> fields;
    private final ColumnBuilder[] builders;
    private final TextReader[] readers;
    private final CsvRecord record;
    private final NullText nullText;
    private String header = "";
    private String headerProblem = "";
    private int expected;
    /** For each column the field of the record that holds it, or -1. */
    private int[] places;

    CsvDecoder(CsvOptions options, List<Field> fields, List<ColumnBuilder> builders) {
        this.options = options;
        this.fields = fields;
        this.builders = builders.toArray(ColumnBuilder[]::new);
        this.readers = new TextReader[fields.size()];
        this.record = new CsvRecord(options);
        this.nullText = new NullText(options.nullBytes());
        this.places = new int[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = TextReader.of(fields.get(i).type(), builders.get(i));
            places[i] = i;
        }
        this.expected = readers.length;
    }

    @Override
    public void attributes(Map<String, String> attributes) {
        if (!options.header()) {
            return;
        }
        String line = attributes.get(Payload.HEADER);
        if (line == null) {
            headerProblem = "no header line is known here; set header: false if there is none";
        } else if (!line.equals(header) || !headerProblem.isEmpty()) {
            header = line;
            readHeader();
        }
    }

    private void readHeader() {
        headerProblem = "";
        List<String> names = new ArrayList<>();
        try {
            names.addAll(CsvRecord.names(options, header));
        } catch (ValueException e) {
            headerProblem = "header line: " + e.reason();
        }
        Set<String> distinct = new HashSet<>(names);
        if (distinct.size() < names.size()) {
            headerProblem = "header line: two columns have one name";
        }
        expected = names.size();
        places = fields.stream().mapToInt(field -> names.indexOf(field.name())).toArray();
    }

    @Override
    public int decode(byte[] data, int from, int to) {
        if (!headerProblem.isEmpty()) {
            throw new ValueException(headerProblem);
        }
        if (from == to && expected > 1) {
            return 0;
        }
        record.split(data, from, to);
        if (record.size() != expected) {
            throw new ValueException("malformed csv: " + record.size() + " fields, expected " + expected);
        }
        for (int i = 0; i < readers.length; i++) {
            try {
                readField(i, places[i]);
            } catch (ValueException e) {
                throw e.in(fields.get(i).name());
            }
        }
        return 1;
    }

    private void readField(int column, int place) {
        if (place >= 0 && (record.isQuoted(place) || !nullText.is(record, place))) {
            readers[column].append(record.bytes(place), record.from(place), record.to(place));
        } else if (fields.get(column).nullable()) {
            builders[column].appendNull();
        } else {
            throw new ValueException("is missing");
        }
    }

    /** The unquoted text that means that there is no value. */
    record NullText(byte[] bytes) {
        boolean is(CsvRecord record, int field) {
            int from = record.from(field);
            int to = record.to(field);
            return to - from == bytes.length
                    && java.util.Arrays.equals(record.bytes(field), from, to, bytes, 0, bytes.length);
        }
    }
}
