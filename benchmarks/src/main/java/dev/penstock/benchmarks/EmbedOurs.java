package dev.penstock.benchmarks;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The embed transform on its own: tokenising included, nothing before or behind it. */
final class EmbedOurs {
    private static final Schema SCHEMA = Schema.of(Field.of("text", DataType.STRING));

    private EmbedOurs() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        List<String> texts = EmbedData.read(file);
        Connector connector = ConnectorCatalog.load(EmbedOurs.class.getClassLoader())
                .find("embed")
                .orElseThrow();
        Config config = connector
                .descriptor()
                .spec(Role.TRANSFORM)
                .orElseThrow()
                .parse(Map.of(
                        "field",
                        "text",
                        "model",
                        arguments[1],
                        "threads",
                        arguments[2],
                        "max-tokens",
                        EmbedBenchmark.MAX_TOKENS))
                .orThrow();
        try (Transform embed = connector.transform(config)) {
            embed.output(SCHEMA);
            embed.open(new BareContext(file.resolveSibling("")));
            embed.apply(batch(texts.subList(0, texts.size() / 20)));
            RecordBatch all = batch(texts);
            Measured measured = Measured.start();
            embed.apply(all);
            measured.print(texts.size());
        }
    }

    private static RecordBatch batch(List<String> texts) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        texts.forEach(builder::append);
        return builder.build();
    }
}
