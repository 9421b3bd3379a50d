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

/**
 * Questions about real documentation find the page that answers them, with the settings that hold by default; with
 * {@code -Dpenstock.retrieval.model=…} those of another model are told.
 */
final class RetrievalIT {
    private static final Path DATA = data();
    private static final Schema DOCUMENTS = new Schema(
            List.of(Field.required("path", DataType.STRING), Field.of("text", DataType.STRING)), List.of("path"));
    private static final int SHOWN = 5;
    private static final String MODEL = System.getProperty("penstock.retrieval.model", ModelCatalog.DEFAULT_MODEL);

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
        List<String[]> questions = Files.readAllLines(DATA.resolve("iceberg-docs-questions.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
        RecordBatch chunks = index();
        float[] wanted = embed(questions.stream().map(question -> question[0]).toList());
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            List<String> found = search(chunks, wanted, i);
            if (!found.contains(questions.get(i)[1])) {
                missed.add(questions.get(i)[0] + " -> " + found);
            }
        }
        assertThat(missed).as("questions whose answer was not found").hasSizeLessThanOrEqualTo(questions.size() / 10);
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
            chunk.open(TestModels.HERE);
            embed.open(TestModels.HERE);
            return embed.apply(chunk.apply(documents.build()).rows()).rows();
        }
    }

    private static float[] embed(List<String> questions) {
        try (Transform embed =
                TestModels.transform(new EmbedConnector(), "field", "text", "prompt", "query", "model", MODEL)) {
            embed.open(TestModels.HERE);
            return values(embed.apply(TestModels.batch(questions)).rows());
        }
    }

    private static List<String> search(RecordBatch chunks, float[] wanted, int question) {
        float[] vectors = values(chunks);
        int length = vectors.length / chunks.rowCount();
        BytesColumn paths = (BytesColumn) chunks.column("path");
        double[] scores = IntStream.range(0, chunks.rowCount())
                .mapToDouble(row -> TestModels.cosine(wanted, question * length, vectors, row * length, length))
                .toArray();
        return IntStream.range(0, chunks.rowCount())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -scores[row]))
                .limit(SHOWN)
                .map(paths::string)
                .toList();
    }

    private static float[] values(RecordBatch batch) {
        return ((FloatColumn) ((FixedListColumn) batch.column("vector")).elements()).values();
    }
}
