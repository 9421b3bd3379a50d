package dev.penstock.format.avro;

import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/** Makes readers that write any value as JSON: for columns of type json. */
final class JsonValues {
    private JsonValues() {}

    /** A reader of {@code writer} that appends each value as a text of JSON. */
    static ValueReader into(Schema writer, ColumnBuilder into) {
        StringBuilder text = new StringBuilder();
        ValueReader value = new JsonPrinting(text).of(writer);
        BytesColumnBuilder texts = (BytesColumnBuilder) into;
        return in -> {
            text.setLength(0);
            value.read(in);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            texts.append(bytes, 0, bytes.length);
        };
    }
}
