package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers rows for a table; a new one begins where the columns change. */
final class PeekedTable implements PeekedRows {
    private static final int WIDEST = 40;

    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();

    PeekedTable(PrintStream out) {
        this.out = out;
    }

    @Override
    public void add(RecordBatch batch) {
        if (!rows.isEmpty() && !rows.get(0).schema().equals(batch.schema())) {
            end();
        }
        rows.addAll(batch.toRows());
    }

    @Override
    public void end() {
        if (rows.isEmpty()) {
            return;
        }
        Stream<String> columns = rows.get(0).schema().names().stream();
        boolean differ =
                rows.stream().anyMatch(row -> row.operation() != rows.get(0).operation());
        Table table = new Table(differ ? with("(operation)", columns) : columns.toArray(String[]::new));
        for (Row row : rows) {
            Stream<String> cells = row.values().stream().map(PeekedTable::cell);
            String operation = row.operation().name().toLowerCase(Locale.ROOT);
            table.row(differ ? with(operation, cells) : cells.toArray(String[]::new));
        }
        table.print(out);
        rows.clear();
    }

    private static String[] with(String first, Stream<String> others) {
        return Stream.concat(Stream.of(first), others).toArray(String[]::new);
    }

    /** What fits into a line, and does nothing to a terminal. */
    private static String cell(@Nullable Object value) {
        String line = text(value)
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replaceAll("\\p{Cntrl}", "?");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 3) + "...";
    }

    private static String text(@Nullable Object value) {
        if (value instanceof float[] vector) {
            return "vector of " + vector.length;
        }
        if (value instanceof Row || value instanceof List<?> || value instanceof Map<?, ?>) {
            return Json.of(plain(value));
        }
        return value instanceof Bytes bytes ? text(bytes) : String.valueOf(value);
    }

    /** Rows inside of values as maps. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(PeekedTable::plain).toList();
        }
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Row row) {
            row.schema().names().forEach(name -> map.put(name, plain(row.get(name))));
            return map;
        }
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, element) -> map.put(key, plain(element)));
            return map;
        }
        return value instanceof Bytes bytes ? text(bytes) : value;
    }

    /** Bytes are mostly text. */
    private static String text(Bytes bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toArray())).toString();
        } catch (CharacterCodingException e) {
            return bytes.toString();
        }
    }
}
