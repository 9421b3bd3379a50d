package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.spi.Transform;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Questions about real documentation find the page that answers them, with the settings that hold by default. */
final class RetrievalIT {
    private static final Path DATA = data();
    private static final Schema DOCUMENTS = new Schema(
            List.of(Field.required("path", DataType.STRING), Field.of("text", DataType.STRING)), List.of("path"));
    private static final int SHOWN = 5;

    /** The data lies beside the repository. */
    private static Path data() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared/data"))
                .filter(path -> Files.exists(path.resolve("iceberg-docs-questions.tsv")))
                .findFirst()
                .orElse(here.resolve("shared/data"));
    }

    @Test
    void findsNineOfTenAnswersAmongTheFirstFiveChunks() throws IOException {
        assumeThat(DATA.resolve("iceberg-docs"))
                .as("documents and questions to search")
                .exists();
        RecordBatch chunks = index();
        List<String> missed = new ArrayList<>();
        for (String line :
                Files.readAllLines(DATA.resolve("iceberg-docs-questions.tsv")).subList(1, 11)) {
            String[] question = line.split("\t", -1);
            List<String> found = search(chunks, question[0]);
            if (!found.contains(question[1])) {
                missed.add(question[0] + " -> " + found);
            }
        }
        assertThat(missed).as("questions whose answer was not found").hasSizeLessThanOrEqualTo(1);
    }

    private static RecordBatch index() throws IOException {
        Path root = DATA.resolve("iceberg-docs");
        BatchBuilder documents = new BatchBuilder(DOCUMENTS);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                documents.append(root.relativize(file).toString(), Files.readString(file));
            }
        }
        try (Transform chunk = TestModels.transform(new ChunkConnector());
                Transform embed = TestModels.transform(new EmbedConnector(), "field", "text")) {
            chunk.open(TestContext.HERE);
            embed.open(TestContext.HERE);
            return embed.apply(chunk.apply(documents.build()).rows()).rows();
        }
    }

    private static List<String> search(RecordBatch chunks, String question) {
        try (Transform embed = TestModels.transform(new EmbedConnector(), "field", "text", "prompt", "query")) {
            embed.open(TestContext.HERE);
            float[] wanted = values(embed.apply(TestModels.batch(question)).rows());
            float[] vectors = values(chunks);
            BytesColumn paths = (BytesColumn) chunks.column("path");
            return IntStream.range(0, chunks.rowCount())
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            row -> -TestModels.cosine(wanted, 0, vectors, row * wanted.length, wanted.length)))
                    .limit(SHOWN)
                    .map(paths::string)
                    .toList();
        }
    }

    private static float[] values(RecordBatch batch) {
        return ((FloatColumn) ((FixedListColumn) batch.column("vector")).elements()).values();
    }
}
