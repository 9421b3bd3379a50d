package dev.penstock.conformance.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code conformance.json}, so that others can compute badges anew from what was seen. */
public final class ReportReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<?, ?> members;

    private ReportReader(Map<?, ?> members) {
        this.members = members;
    }

    /**
     * Reads a report.
     *
     * @throws UncheckedIOException if it is none
     */
    public static ConformanceReport read(Path file) {
        try (JsonParser parser = FACTORY.createParser(Files.readString(file))) {
            parser.nextToken();
            return new ReportReader((Map<?, ?>) value(parser)).report();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read report '" + file + "': " + e.getMessage(), e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> parser.getText();
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private ConformanceReport report() {
        ReportReader kit = in("kit");
        ReportReader host = in("host");
        ReportReader run = in("run");
        return new ConformanceReport(
                new ConformanceReport.Kit(kit.text("version"), kit.text("spi")),
                in("connector").product(),
                text("system"),
                new ConformanceReport.Host(
                        host.text("os"), host.text("architecture"), host.text("java"), (int) host.number("processors")),
                new ConformanceReport.Terms(
                        Instant.parse(run.text("started")),
                        run.number("seconds"),
                        (long) run.number("seed"),
                        run.text("effort"),
                        run.flag("complete")),
                list("rules").stream()
                        .map(rule -> new ReportReader((Map<?, ?>) rule).rule())
                        .toList());
    }

    private ConformanceReport.Product product() {
        return new ConformanceReport.Product(
                text("name"),
                text("version"),
                text("coordinates"),
                text("jar"),
                text("sha256"),
                list("capabilities").stream().map(String::valueOf).toList());
    }

    private ReportedRule rule() {
        return new ReportedRule(
                text("id"),
                text("sentence"),
                text("tier"),
                text("role"),
                text("engine"),
                flag("required"),
                text("outcome"),
                text("detail"),
                number("seconds"),
                text("evidence"));
    }

    private ReportReader in(String name) {
        return new ReportReader((Map<?, ?>) member(name));
    }

    private Object member(String name) {
        Object member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("Cannot read a report without '" + name + "'");
        }
        return member;
    }

    private String text(String name) {
        return String.valueOf(member(name));
    }

    private double number(String name) {
        return ((Number) member(name)).doubleValue();
    }

    private boolean flag(String name) {
        return (Boolean) member(name);
    }

    private List<?> list(String name) {
        return (List<?>) member(name);
    }
}
