package dev.penstock.conformance.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.penstock.conformance.rule.Tier;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a report as {@code conformance.json}. */
final class ReportJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private ReportJson(JsonGenerator json) {
        this.json = json;
    }

    static String write(ConformanceReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter())) {
            new ReportJson(json).report(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private void report(ConformanceReport report) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", 1);
        json.writeObjectFieldStart("kit");
        json.writeStringField("version", report.kit().version());
        json.writeStringField("spi", report.kit().spi());
        json.writeEndObject();
        product(report.product());
        json.writeStringField("system", report.system());
        texts("engines", report.engines());
        host(report.host());
        terms(report.terms(), report.tierTimes());
        json.writeArrayFieldStart("rules");
        for (ReportedRule rule : report.rules()) {
            rule(rule);
        }
        json.writeEndArray();
        badges(Badge.of(report));
        json.writeEndObject();
    }

    private void product(ConformanceReport.Product product) throws IOException {
        json.writeObjectFieldStart("connector");
        json.writeStringField("name", product.connector());
        json.writeStringField("version", product.version());
        json.writeStringField("coordinates", product.coordinates());
        json.writeStringField("jar", product.jar());
        json.writeStringField("sha256", product.sha256());
        texts("capabilities", product.capabilities());
        json.writeEndObject();
    }

    private void host(ConformanceReport.Host host) throws IOException {
        json.writeObjectFieldStart("host");
        json.writeStringField("os", host.os());
        json.writeStringField("architecture", host.architecture());
        json.writeStringField("java", host.java());
        json.writeNumberField("processors", host.processors());
        json.writeEndObject();
    }

    private void terms(ConformanceReport.Terms terms, TierTimes times) throws IOException {
        json.writeObjectFieldStart("run");
        json.writeStringField("started", terms.started().toString());
        json.writeNumberField("seconds", terms.seconds());
        json.writeObjectFieldStart("seconds-by-tier");
        for (Map.Entry<Tier, Double> tier : new TreeMap<>(times.seconds()).entrySet()) {
            json.writeNumberField(tier.getKey().name(), Math.round(tier.getValue() * 1000) / 1000.0);
        }
        json.writeEndObject();
        json.writeNumberField("seed", terms.seed());
        json.writeStringField("effort", terms.effort());
        json.writeBooleanField("complete", terms.complete());
        json.writeEndObject();
    }

    private void rule(ReportedRule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("sentence", rule.sentence());
        json.writeStringField("tier", rule.tier());
        json.writeStringField("role", rule.role());
        json.writeStringField("engine", rule.engine());
        json.writeBooleanField("required", rule.required());
        json.writeStringField("outcome", rule.outcome());
        json.writeStringField("detail", rule.detail());
        json.writeNumberField("seconds", rule.seconds());
        json.writeStringField("evidence", rule.evidence());
        json.writeEndObject();
    }

    private void badges(List<Badge> badges) throws IOException {
        json.writeArrayFieldStart("badges");
        for (Badge badge : badges) {
            json.writeStartObject();
            json.writeStringField("role", badge.role());
            json.writeStringField("engine", badge.engine());
            json.writeStringField("level", badge.level().text());
            json.writeBooleanField("proven", badge.proven());
            texts("blocked-by", badge.blockers());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
