package dev.penstock.dataflow.format;

import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import java.util.List;

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
    private final FieldNames names;
    private final JsonReaders.Unknown unknown;
    private final int[] seen;
    private int object;

    ObjectReader(List<Field> fields, List<ColumnBuilder> builders, JsonReaders.Unknown unknown) {
        this(fields, builders, unknown, (field, into) -> JsonReaders.of(field.type(), into, unknown));
    }

    /** As the other one, with the readers that {@code values} makes. */
    ObjectReader(List<Field> fields, List<ColumnBuilder> builders, JsonReaders.Unknown unknown, Values values) {
        this.fields = List.copyOf(fields);
        this.builders = builders.toArray(ColumnBuilder[]::new);
        this.unknown = unknown;
        this.names = new FieldNames(fields.stream().map(Field::name).toList());
        this.readers = new JsonReader[fields.size()];
        this.seen = new int[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = values.reader(fields.get(i), builders.get(i));
        }
    }

    /** Makes what reads the values of a field. */
    interface Values {
        JsonReader reader(Field field, ColumnBuilder into);
    }

    /** Reads an object; on failure some columns have a value more than others. */
    void read(JsonScanner in) {
        in.expect('{');
        object++;
        int found = 0;
        if (!in.accept('}')) {
            int previous = -1;
            do {
                int field = names.read(in, previous);
                if (field < 0) {
                    unknown(in);
                } else {
                    in.expect(':');
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

    private void unknown(JsonScanner in) {
        if (unknown == JsonReaders.Unknown.REJECT) {
            throw new ValueException("field '" + shortened(in.lastString()) + "' is not a column");
        }
        in.expect(':');
        in.skipValue();
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
