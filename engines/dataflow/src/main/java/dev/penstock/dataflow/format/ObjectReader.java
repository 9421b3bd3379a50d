package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of a JSON object into one column each.
 *
 * <p>Records mostly have their fields in one order, so the field that comes next is guessed and compared with the text;
 * only a wrong guess costs a look-up. Every column gets exactly one value an object: a missing field is null.
 */
final class ObjectReader {
    private final List<Field> fields;
    private final ColumnBuilder[] builders;
    private final JsonReader[] readers;
    private final byte[][] quotedNames;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final JsonReaders.Unknown unknown;
    private final int[] guesses;
    private final int[] seen;
    private int object;

    ObjectReader(List<Field> fields, List<ColumnBuilder> builders, JsonReaders.Unknown unknown) {
        this.fields = List.copyOf(fields);
        this.builders = builders.toArray(ColumnBuilder[]::new);
        this.unknown = unknown;
        this.readers = new JsonReader[fields.size()];
        this.quotedNames = new byte[fields.size()][];
        this.guesses = new int[fields.size() + 1];
        this.seen = new int[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = JsonReaders.of(fields.get(i).type(), builders.get(i), unknown);
            quotedNames[i] = ("\"" + fields.get(i).name() + "\"").getBytes(UTF_8);
            indexes.put(fields.get(i).name(), i);
            guesses[i] = i;
        }
        guesses[readers.length] = -1;
    }

    /** Reads an object; on failure some columns have a value more than others. */
    void read(JsonScanner in) {
        in.expect('{');
        object++;
        int found = 0;
        if (!in.accept('}')) {
            // guesses[0] is what came first last time, guesses[i + 1] what came after field i.
            int previous = -1;
            do {
                int field = name(in, previous);
                in.expect(':');
                if (field < 0) {
                    in.skipValue();
                } else {
                    readField(in, field);
                    previous = field;
                    found++;
                }
            } while (in.accept(','));
            in.expect('}');
        }
        if (found < readers.length) {
            completeMissing();
        }
    }

    private int name(JsonScanner in, int previous) {
        int guess = guesses[previous + 1];
        if (guess >= 0 && in.acceptName(quotedNames[guess])) {
            return guess;
        }
        in.readString();
        String name = new String(in.stringBytes(), in.stringFrom(), in.stringTo() - in.stringFrom(), UTF_8);
        Integer field = indexes.get(name);
        if (field != null) {
            guesses[previous + 1] = field;
            return field;
        }
        if (unknown == JsonReaders.Unknown.REJECT) {
            throw new ValueException("field '" + shortened(name) + "' is not a column");
        }
        return -1;
    }

    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    private void readField(JsonScanner in, int field) {
        if (seen[field] == object) {
            throw new ValueException("found twice").in(fields.get(field).name());
        }
        seen[field] = object;
        try {
            if (!fields.get(field).nullable() && in.peek() == 'n') {
                throw in.unexpected("a value");
            }
            readers[field].read(in);
        } catch (ValueException e) {
            throw e.in(fields.get(field).name());
        }
    }

    private void completeMissing() {
        for (int i = 0; i < readers.length; i++) {
            if (seen[i] != object) {
                if (!fields.get(i).nullable()) {
                    throw new ValueException("is missing").in(fields.get(i).name());
                }
                builders[i].appendNull();
            }
        }
    }
}
