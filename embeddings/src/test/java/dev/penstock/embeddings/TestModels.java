package dev.penstock.embeddings;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real models, and what tests do with them. */
final class TestModels {
    static final String FULL = "all-minilm-l6-v2";
    /** What a transform is opened with where nothing is in files. */
    static final KitContext HERE = context(Path.of(""));

    static final String QUANTISED = "all-minilm-l6-v2-q";
    static final Schema TEXTS = Schema.of(Field.of("id", DataType.INT32), Field.of("text", DataType.STRING));

    private TestModels() {}

    /** What a transform is opened with in a pipeline that consists of it. */
    static KitContext context(Path baseDirectory) {
        return new KitContext("test", "step", 1, baseDirectory);
    }

    static Model find(String name) {
        return ModelCatalog.find(name, Path.of(""));
    }

    static Embedder open(String name, int threads) {
        return Embedder.open(find(name), Device.CPU, threads);
    }

    /** The transform {@code connector} with settings given as name, value, name, value. */
    static Transform transform(Connector connector, Object... settings) {
        Map<String, Object> written = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            written.put((String) settings[i], settings[i + 1]);
        }
        return connector.transform(connector
                .descriptor()
                .spec(Role.TRANSFORM)
                .orElseThrow()
                .parse(written)
                .orThrow());
    }

    static RecordBatch batch(List<? extends @Nullable String> texts) {
        BatchBuilder builder = new BatchBuilder(TEXTS);
        for (int i = 0; i < texts.size(); i++) {
            builder.append(i, texts.get(i));
        }
        return builder.build();
    }

    static RecordBatch batch(@Nullable String... texts) {
        return batch(Arrays.asList(texts));
    }

    static double cosine(float[] one, float[] other) {
        return cosine(one, 0, other, 0, one.length);
    }

    static double cosine(float[] one, int at, float[] other, int otherAt, int length) {
        double dot = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < length; i++) {
            dot += (double) one[at + i] * other[otherAt + i];
            squares += (double) one[at + i] * one[at + i];
            otherSquares += (double) other[otherAt + i] * other[otherAt + i];
        }
        return dot / Math.sqrt(squares * otherSquares);
    }

    /** Makes a directory with network and tokenizer of the quantised model, as on the hub but without descriptions. */
    static Path unpack(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("onnx"));
        copy("/" + QUANTISED + ".onnx", directory.resolve("onnx/model.onnx"));
        copy("/" + QUANTISED + "-tokenizer.json", directory.resolve("tokenizer.json"));
        return directory;
    }

    /** {@code found} and the jar of the default model, which is found by name and not by reference. */
    static Packaging withModel(Packaging found) {
        String network = "/" + FULL + ".onnx";
        String url = String.valueOf(TestModels.class.getResource(network));
        Path jar = Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
        List<Path> libraries = new ArrayList<>(found.libraries());
        libraries.add(jar);
        return new Packaging(found.own(), libraries);
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream content = TestModels.class.getResourceAsStream(resource)) {
            Files.copy(content, target);
        }
    }
}
