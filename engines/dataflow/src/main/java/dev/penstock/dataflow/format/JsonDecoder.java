package dev.penstock.dataflow.format;

import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import java.util.List;

/** Reads JSON records: an object each or, where {@code arrays} are allowed, an array of objects. */
final class JsonDecoder implements RowDecoder {
    private final JsonScanner scanner = new JsonScanner();
    private final ObjectReader reader;
    private final boolean arrays;

    JsonDecoder(List<Field> fields, List<ColumnBuilder> builders, JsonReaders.Unknown unknown, boolean arrays) {
        this.reader = new ObjectReader(fields, builders, unknown);
        this.arrays = arrays;
    }

    @Override
    public int decode(byte[] data, int from, int to) {
        scanner.start(data, from, to);
        int first = scanner.peek();
        if (first == '{') {
            reader.read(scanner);
            scanner.requireEnd();
            return 1;
        }
        if (first == 0 && scanner.position() == to) {
            return 0;
        }
        if (first == '[' && arrays) {
            return array();
        }
        throw scanner.unexpected("an object");
    }

    private int array() {
        int rows = 0;
        scanner.expect('[');
        if (!scanner.accept(']')) {
            do {
                if (scanner.peek() != '{') {
                    throw scanner.unexpected("an object");
                }
                reader.read(scanner);
                rows++;
            } while (scanner.accept(','));
            scanner.expect(']');
        }
        scanner.requireEnd();
        return rows;
    }
}
