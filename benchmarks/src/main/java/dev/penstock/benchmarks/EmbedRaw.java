package dev.penstock.benchmarks;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the runtime gives at best: tensors tokenised, sorted by length and made before the clock runs; vectors not read.
 */
final class EmbedRaw {
    private static final int PADDED_TOKENS = 256;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    private EmbedRaw() {}

    public static void main(String[] arguments) throws IOException, OrtException {
        new EmbedRaw().measure(EmbedData.read(Path.of(arguments[0])), arguments[1], Integer.parseInt(arguments[2]));
    }

    private void measure(List<String> texts, String model, int threads) throws IOException, OrtException {
        List<Map<String, OnnxTensor>> batches = batches(encode(texts, model));
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setMemoryPatternOptimization(false);
            try (OrtSession session = environment.createSession(resource("/" + model + ".onnx"), options)) {
                run(session, batches.subList(0, Math.max(1, batches.size() / 20)), threads);
                Measured measured = Measured.start();
                run(session, batches, threads);
                measured.print(texts.size());
            }
        }
    }

    /**
     * Callers of one session, each with one thread inside: faster on two cores than one caller with two threads inside.
     */
    private static void run(OrtSession session, List<Map<String, OnnxTensor>> batches, int threads) {
        AtomicInteger next = new AtomicInteger(batches.size());
        CompletableFuture<?>[] callers = new CompletableFuture<?>[threads];
        for (int i = 0; i < threads; i++) {
            callers[i] = CompletableFuture.runAsync(
                    () -> drain(session, batches, next), command -> new Thread(command).start());
        }
        CompletableFuture.allOf(callers).join();
    }

    private static void drain(OrtSession session, List<Map<String, OnnxTensor>> batches, AtomicInteger next) {
        try {
            // Longest first, so that no caller is left with a long one at the end.
            for (int i = next.decrementAndGet(); i >= 0; i = next.decrementAndGet()) {
                session.run(batches.get(i)).close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<long[][]> encode(List<String> texts, String model) throws IOException {
        try (InputStream tokenizer = EmbedRaw.class.getResourceAsStream("/" + model + "-tokenizer.json");
                HuggingFaceTokenizer encoder = HuggingFaceTokenizer.newInstance(
                        tokenizer,
                        Map.of(
                                "padding",
                                "false",
                                "truncation",
                                "true",
                                "modelMaxLength",
                                Integer.toString(EmbedBenchmark.MAX_TOKENS),
                                "maxLength",
                                Integer.toString(EmbedBenchmark.MAX_TOKENS)))) {
            List<long[][]> encoded = new ArrayList<>();
            for (String text : texts) {
                Encoding encoding = encoder.encode(text);
                encoded.add(new long[][] {encoding.getIds(), encoding.getAttentionMask(), encoding.getTypeIds()});
            }
            encoded.sort(Comparator.comparingInt(ids -> ids[0].length));
            return encoded;
        }
    }

    private List<Map<String, OnnxTensor>> batches(List<long[][]> encoded) throws OrtException {
        List<Map<String, OnnxTensor>> batches = new ArrayList<>();
        int first = 0;
        while (first < encoded.size()) {
            int end = first + 1;
            while (end < encoded.size() && encoded.get(end)[0].length * (end + 1 - first) <= PADDED_TOKENS) {
                end++;
            }
            List<long[][]> batch = encoded.subList(first, end);
            batches.add(Map.of(
                    "input_ids", tensor(batch, 0),
                    "attention_mask", tensor(batch, 1),
                    "token_type_ids", tensor(batch, 2)));
            first = end;
        }
        return batches;
    }

    private OnnxTensor tensor(List<long[][]> batch, int which) throws OrtException {
        int longest = batch.get(batch.size() - 1)[0].length;
        LongBuffer buffer = ByteBuffer.allocateDirect(8 * longest * batch.size())
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        for (int row = 0; row < batch.size(); row++) {
            buffer.put(row * longest, batch.get(row)[which]);
        }
        return OnnxTensor.createTensor(environment, buffer, new long[] {batch.size(), longest});
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = EmbedRaw.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }
}
