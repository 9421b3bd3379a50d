package dev.penstock.format.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.format.registry.AvroInput;
import dev.penstock.format.registry.JsonText;
import dev.penstock.spi.format.BadRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Makes readers that print values as JSON, the way json columns have them everywhere: no names of union branches. */
final class JsonPrinting {
    private static final long NANOS_A_SECOND = 1_000_000_000;

    private final StringBuilder out;
    private final Map<String, ValueReader[]> records = new HashMap<>();

    JsonPrinting(StringBuilder out) {
        this.out = out;
    }

    ValueReader of(Schema schema) {
        return logical(schema).orElseGet(() -> plain(schema));
    }

    private Optional<ValueReader> logical(Schema schema) {
        if (Logical.isDate(schema)) {
            return Optional.of(in -> quoted(LocalDate.ofEpochDay(in.readInt()).toString()));
        }
        Optional<ValueReader> time = Logical.time(schema).map(unit -> in -> {
            long nanos = in.readLong() * unit.nanos();
            if (nanos < 0 || nanos >= 86_400 * NANOS_A_SECOND) {
                throw new BadRecordException("expected a time of the day, found more or less");
            }
            quoted(LocalTime.ofNanoOfDay(nanos).toString());
        });
        return time.or(() -> Logical.timestamp(schema, true)
                        .map(unit -> in -> quoted(instant(in.readLong(), unit).toString())))
                .or(() -> Logical.timestamp(schema, false)
                        .map(unit -> in -> quoted(LocalDateTime.ofInstant(instant(in.readLong(), unit), ZoneOffset.UTC)
                                .toString())))
                .or(() -> Logical.decimal(schema).map(decimal -> decimal(schema, decimal.getScale())));
    }

    private static Instant instant(long value, Logical.Unit unit) {
        long perSecond = NANOS_A_SECOND / unit.nanos();
        return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * unit.nanos());
    }

    private ValueReader decimal(Schema schema, int scale) {
        return in -> {
            int length = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : Texts.length(in);
            int from = in.take(length);
            if (length == 0) {
                throw new BadRecordException("expected a decimal, found no bytes");
            }
            out.append(new BigDecimal(new BigInteger(in.data(), from, length), scale).toPlainString());
        };
    }

    private ValueReader plain(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> in -> out.append("null");
            case BOOLEAN -> in -> out.append(in.readBoolean());
            case INT, LONG -> in -> out.append(in.readLong());
            case FLOAT -> in -> number(in.readFloat());
            case DOUBLE -> in -> number(in.readDouble());
            case STRING -> in -> quoted(string(in));
            case ENUM ->
                in -> quoted(schema.getEnumSymbols()
                        .get(in.readIndex(schema.getEnumSymbols().size(), "a symbol")));
            case BYTES -> in -> base64(in, Texts.length(in));
            case FIXED -> in -> base64(in, schema.getFixedSize());
            case ARRAY -> array(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case UNION -> {
                ValueReader[] branches =
                        schema.getTypes().stream().map(this::of).toArray(ValueReader[]::new);
                yield in -> branches[in.readIndex(branches.length, "a branch")].read(in);
            }
            case RECORD -> record(schema);
        };
    }

    private void number(float value) {
        if (Float.isFinite(value)) {
            out.append(value);
        } else {
            quoted(Float.toString(value));
        }
    }

    private void number(double value) {
        if (Double.isFinite(value)) {
            out.append(value);
        } else {
            quoted(Double.toString(value));
        }
    }

    private static String string(AvroInput in) {
        int length = Texts.length(in);
        int from = in.take(length);
        if (!Utf8.isValid(in.data(), from, length)) {
            throw new BadRecordException("is not UTF-8");
        }
        return new String(in.data(), from, length, UTF_8);
    }

    private void base64(AvroInput in, int length) {
        int from = in.take(length);
        byte[] bytes = Arrays.copyOfRange(in.data(), from, from + length);
        quoted(Base64.getEncoder().encodeToString(bytes));
    }

    private ValueReader array(Schema element) {
        ValueReader value = of(element);
        int smallest = SmallestSize.of(element);
        return in -> {
            out.append('[');
            boolean first = true;
            for (long count = in.readBlock(smallest); count != 0; count = in.readBlock(smallest)) {
                for (long i = 0; i < count; i++, first = false) {
                    out.append(first ? "" : ",");
                    value.read(in);
                }
            }
            out.append(']');
        };
    }

    private ValueReader map(Schema element) {
        ValueReader value = of(element);
        int smallest = 1 + SmallestSize.of(element);
        return in -> {
            out.append('{');
            boolean first = true;
            for (long count = in.readBlock(smallest); count != 0; count = in.readBlock(smallest)) {
                for (long i = 0; i < count; i++, first = false) {
                    out.append(first ? "" : ",");
                    quoted(string(in));
                    out.append(':');
                    value.read(in);
                }
            }
            out.append('}');
        };
    }

    private ValueReader record(Schema schema) {
        ValueReader[] known = records.get(schema.getFullName());
        if (known == null) {
            known = new ValueReader[schema.getFields().size()];
            records.put(schema.getFullName(), known);
            for (int i = 0; i < known.length; i++) {
                known[i] = of(schema.getFields().get(i).schema());
            }
        }
        ValueReader[] fields = known;
        return in -> {
            in.enter();
            out.append('{');
            for (int i = 0; i < fields.length; i++) {
                out.append(i == 0 ? "" : ",");
                quoted(schema.getFields().get(i).name());
                out.append(':');
                fields[i].read(in);
            }
            out.append('}');
            in.leave();
        };
    }

    private void quoted(String text) {
        JsonText.quote(text, out);
    }
}
