package dev.penstock.format.avro;

import dev.penstock.format.registry.AvroInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Makes what reads over values that no column wants. */
final class Skipping {
    private final Map<String, ValueReader[]> records = new HashMap<>();

    private Skipping() {}

    static ValueReader of(Schema schema) {
        return new Skipping().skip(schema);
    }

    private ValueReader skip(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> in -> {};
            case BOOLEAN -> AvroInput::readBoolean;
            case INT, LONG, ENUM -> AvroInput::readLong;
            case FLOAT -> in -> in.take(Float.BYTES);
            case DOUBLE -> in -> in.take(Double.BYTES);
            case STRING, BYTES -> in -> in.take(in.readLong());
            case FIXED -> {
                int size = schema.getFixedSize();
                yield in -> in.take(size);
            }
            case ARRAY -> blocks(skip(schema.getElementType()), SmallestSize.of(schema.getElementType()));
            case MAP -> {
                ValueReader value = skip(schema.getValueType());
                yield blocks(
                        in -> {
                            in.take(in.readLong());
                            value.read(in);
                        },
                        1 + SmallestSize.of(schema.getValueType()));
            }
            case UNION -> {
                ValueReader[] branches = all(schema.getTypes());
                yield in -> branches[in.readIndex(branches.length, "a branch")].read(in);
            }
            case RECORD -> record(schema);
        };
    }

    private ValueReader record(Schema schema) {
        ValueReader[] known = records.get(schema.getFullName());
        if (known == null) {
            known = new ValueReader[schema.getFields().size()];
            records.put(schema.getFullName(), known);
            for (int i = 0; i < known.length; i++) {
                known[i] = skip(schema.getFields().get(i).schema());
            }
        }
        ValueReader[] fields = known;
        return in -> {
            in.enter();
            for (ValueReader field : fields) {
                field.read(in);
            }
            in.leave();
        };
    }

    private ValueReader[] all(List<Schema> schemas) {
        return schemas.stream().map(this::skip).toArray(ValueReader[]::new);
    }

    private static ValueReader blocks(ValueReader element, int smallest) {
        return in -> {
            for (long count = in.readBlock(smallest); count != 0; count = in.readBlock(smallest)) {
                for (long i = 0; i < count; i++) {
                    element.read(in);
                }
            }
        };
    }
}
