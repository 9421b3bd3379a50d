package dev.penstock.embeddings;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.penstock.spi.FatalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs batches through the network, one after the other; used by one thread at a time.
 *
 * <p>Inputs are written to and outputs read from memory that the network works on directly and that is used again for
 * every batch.
 */
final class BatchRunner {
    private final Network network;
    private final Pooling pooling;
    private final boolean normalize;
    private LongBuffer ids = LongBuffer.allocate(0);
    private LongBuffer mask = LongBuffer.allocate(0);
    private LongBuffer types = LongBuffer.allocate(0);
    private FloatBuffer output = FloatBuffer.allocate(0);

    BatchRunner(Network network, ModelDescription description) {
        this.network = network;
        this.pooling = description.pooling();
        this.normalize = description.normalize();
    }

    /** Embeds the texts of {@code batch} and writes the vector of text i to {@code vectors}, at i times its length. */
    void run(LengthBatch batch, List<TokenizedText> texts, float[] vectors) {
        fill(batch, texts);
        long[] shape = {batch.size(), batch.length()};
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : network.session().getInputNames()) {
                inputs.put(name, OnnxTensor.createTensor(network.environment(), input(name), shape));
            }
            run(batch, texts, inputs, vectors);
        } catch (OrtException e) {
            throw new FatalException(
                    "Cannot run the network on " + batch.size() + " texts of up to " + batch.length() + " tokens: "
                            + e.getMessage() + "; give it more memory or fewer tokens",
                    e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private LongBuffer input(String name) {
        return switch (name) {
            case "input_ids" -> ids;
            case "attention_mask" -> mask;
            default -> types;
        };
    }

    private void run(LengthBatch batch, List<TokenizedText> texts, Map<String, OnnxTensor> inputs, float[] vectors)
            throws OrtException {
        Network.Output kind = network.output();
        if (kind.type() != OnnxJavaType.FLOAT) {
            // Half precision is widened by the library, which copies.
            try (OrtSession.Result result = network.session().run(inputs)) {
                OnnxTensor tensor = (OnnxTensor) result.get(kind.name()).orElseThrow();
                pool(batch, texts, tensor.getFloatBuffer(), vectors);
            }
            return;
        }
        try (OnnxTensor pinned = OnnxTensor.createTensor(network.environment(), output, outputShape(batch))) {
            network.session().run(inputs, Map.of(kind.name(), pinned)).close();
            pool(batch, texts, output, vectors);
        }
    }

    private long[] outputShape(LengthBatch batch) {
        int dimensions = network.output().dimensions();
        return network.output().pooled()
                ? new long[] {batch.size(), dimensions}
                : new long[] {batch.size(), batch.length(), dimensions};
    }

    private void pool(LengthBatch batch, List<TokenizedText> texts, FloatBuffer result, float[] vectors) {
        int dimensions = network.output().dimensions();
        boolean pooled = network.output().pooled();
        Pooling.TokenVectors tokens = new Pooling.TokenVectors(result, dimensions);
        for (int i = 0; i < batch.size(); i++) {
            int row = batch.rows()[i];
            if (pooled) {
                Pooling.CLS.pool(tokens.at(i, 1), vectors, row * dimensions);
            } else {
                pooling.pool(tokens.at(i * batch.length(), texts.get(row).length()), vectors, row * dimensions);
            }
            if (normalize) {
                Vectors.normalize(vectors, row * dimensions, dimensions);
            }
        }
    }

    private void fill(LengthBatch batch, List<TokenizedText> texts) {
        ensureRoom(batch);
        for (int row : batch.rows()) {
            long[] tokens = texts.get(row).ids();
            ids.put(tokens);
            for (int i = 0; i < batch.length(); i++) {
                mask.put(i < tokens.length ? 1 : 0);
                if (i >= tokens.length) {
                    ids.put(0);
                }
            }
        }
        ids.flip();
        mask.flip();
    }

    private void ensureRoom(LengthBatch batch) {
        int tokens = batch.size() * batch.length();
        int floats = tokens * network.output().dimensions();
        if (ids.capacity() < tokens) {
            ids = longs(tokens);
            mask = longs(tokens);
            types = longs(tokens);
        }
        if (output.capacity() < floats) {
            output = direct(4L * floats).asFloatBuffer();
        }
        ids.clear();
        mask.clear();
        types.clear().limit(tokens);
        output.clear()
                .limit(
                        network.output().pooled()
                                ? batch.size() * network.output().dimensions()
                                : floats);
    }

    private static LongBuffer longs(int count) {
        return direct(8L * count).asLongBuffer();
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }
}
