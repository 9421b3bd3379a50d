package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are JSON, and texts that nearly are, are told apart as Jackson tells them apart, and mean the same. */
class JsonAgainstJacksonTest {
    private static final int TEXTS = 20_000;
    private static final String[] PARTS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"é\\n\\u00e9\\ud83d\\ude00\"",
        "\"\\x\"",
        "\"open",
        "1",
        "-0",
        "01",
        "1.5e-7",
        "1.",
        ".5",
        "1e",
        "-",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\t",
        "\u0001",
        "\"\u0001\"",
        "123456789012345678901234567890"
    };

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void agreesOnWhatIsJsonAndWhatItSays(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = i % 2 == 0 ? pieces(random) : damaged(random);
            assertThat(ours(text))
                    .as("seed %d: %s", seed, new String(text, UTF_8))
                    .isEqualTo(jackson(text));
        }
    }

    private static byte[] pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString().getBytes(UTF_8);
    }

    /** Well-formed text with a byte or two replaced. */
    private static byte[] damaged(Random random) {
        byte[] text =
                ("{\"name\":\"a longer ü text \\\"quoted\\\" 日本\",\"list\":[1,2.50,-3e2,{\"x\":null}],\"yes\":true,"
                                + "\"empty\":{},\"none\":[]}")
                        .getBytes(UTF_8);
        for (int i = random.nextInt(3); i > 0; i--) {
            text[random.nextInt(text.length)] = (byte) random.nextInt(256);
        }
        return text;
    }

    private static String ours(byte[] text) {
        JsonTree tree = new JsonTree("null");
        try {
            return String.valueOf(tree.read(text, 0, text.length));
        } catch (ValueException e) {
            return "malformed";
        }
    }

    private static String jackson(byte[] text) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return "malformed";
            }
            String value = String.valueOf(value(parser));
            return parser.nextToken() == null && Utf8.isValid(text, 0, text.length) ? value : "malformed";
        } catch (IOException e) {
            return "malformed";
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            java.util.Map<String, Object> fields = new java.util.LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            java.util.List<Object> elements = new java.util.ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }
}
