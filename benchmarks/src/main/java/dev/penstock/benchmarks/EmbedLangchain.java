package dev.penstock.benchmarks;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code embedAll} of langchain4j with the same model: each text is a task of its executor, cut off at 128 tokens. */
final class EmbedLangchain {
    private EmbedLangchain() {}

    public static void main(String[] arguments) throws IOException {
        List<TextSegment> segments = EmbedData.read(Path.of(arguments[0])).stream()
                .map(TextSegment::from)
                .toList();
        ExecutorService executor = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
        EmbeddingModel model = arguments[1].endsWith("-q")
                ? new AllMiniLmL6V2QuantizedEmbeddingModel(executor)
                : new AllMiniLmL6V2EmbeddingModel(executor);
        model.embedAll(segments.subList(0, Math.max(1, segments.size() / 20)));
        Measured measured = Measured.start();
        model.embedAll(segments);
        measured.print(segments.size());
        executor.shutdown();
    }
}
