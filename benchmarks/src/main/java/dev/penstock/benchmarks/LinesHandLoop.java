package dev.penstock.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The work of {@link LinesBenchmark} as a programmer would write it with Jackson's streaming API, without checkpoints.
 */
final class LinesHandLoop {
    private long id;
    private String email = "";
    private String city = "";
    private double amount;
    private int quantity;
    private boolean paid;
    private String note = "";

    private final Mac mac;

    private LinesHandLoop() throws GeneralSecurityException {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("benchmark".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        JsonFactory factory = new JsonFactory();
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1])), 1 << 20);
                JsonParser parser = factory.createParser(in);
                JsonGenerator generator = factory.createGenerator(out)) {
            generator.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            new LinesHandLoop().copy(parser, generator);
        }
    }

    private void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            read(parser);
            if (quantity >= 10) {
                write(generator);
            }
        }
    }

    private void read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = parser.getLongValue();
                case "email" -> email = parser.getText();
                case "city" -> city = parser.getText();
                case "amount" -> amount = parser.getDoubleValue();
                case "quantity" -> quantity = parser.getIntValue();
                case "paid" -> paid = parser.getBooleanValue();
                case "note" -> note = parser.getText();
                default -> parser.skipChildren();
            }
        }
    }

    private void write(JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeNumberField("id", id);
        generator.writeStringField("email", hash(email));
        generator.writeStringField("name", "***");
        generator.writeStringField("city", city);
        generator.writeNumberField("amount", amount);
        generator.writeNumberField("quantity", quantity);
        generator.writeBooleanField("paid", paid);
        generator.writeStringField("note", note);
        generator.writeEndObject();
    }

    private String hash(String value) {
        return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    }
}
