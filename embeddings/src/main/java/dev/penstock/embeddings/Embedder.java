package dev.penstock.embeddings;

import dev.penstock.spi.FatalException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A loaded model: tokenizer, network, and the threads that run it.
 *
 * <p>May be used by several threads at once; together they use no more than the threads it was opened with. Closing
 * waits for what is running: native code that loses its session under way ends the process.
 */
final class Embedder implements AutoCloseable {
    private final Model model;
    private final TextTokenizer tokenizer;
    private final Network network;
    private final Workers workers;
    private final BlockingQueue<BatchRunner> runners;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private final int threads;
    private int paddedTokens = 1;
    private boolean closed;

    private Embedder(Model model, TextTokenizer tokenizer, Network network, int threads) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.network = network;
        this.threads = threads;
        this.runners = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            runners.add(new BatchRunner(network, model.description()));
        }
        this.workers = new Workers(threads);
    }

    static Embedder open(Model model, Device device, int threads) {
        TextTokenizer tokenizer = TextTokenizer.open(model.tokenizer());
        Network network;
        try {
            network = Network.load(model, device);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
        Embedder embedder = new Embedder(model, tokenizer, network, threads);
        try {
            embedder.tryOut();
            return embedder;
        } catch (RuntimeException e) {
            embedder.close();
            throw e;
        }
    }

    // What a network's file leaves open about its sizes shows only when it runs.
    private void tryOut() {
        try {
            TokenizedText text = new TokenizedText(tokenizer.encode("a"), false);
            TokenizedText other = new TokenizedText(tokenizer.encode("a tenth of 1,000 elephants! ".repeat(4)), false);
            float[] alone = run(List.of(text));
            paddedTokens = network.device().paddedTokens();
            float[] together = run(List.of(text, other));
            if (network.device() == Device.CPU && !Vectors.isNear(alone, together)) {
                // A network in 8 bits scales a whole batch by its greatest number. A text must not get another vector
                // because of its neighbours (EM-02), so each goes alone; on a processor that costs little.
                paddedTokens = 1;
            }
        } catch (FatalException e) {
            throw ModelProblem.unusable(
                    "Cannot use network '" + model.onnx() + "'",
                    "put network, tokenizer and description of one and the same model together",
                    e);
        }
    }

    Model model() {
        return model;
    }

    /** Makes texts into tokens as this model wants them. */
    TextEncoder encoder(Prompt prompt, int maxTokens) {
        return new TextEncoder(tokenizer, model.description().prompt(prompt), maxTokens);
    }

    /** The vectors of {@code texts}, in their order; a text that is absent or has nothing in it has none. */
    Embeddings embed(List<@Nullable String> texts, TextEncoder encoder) {
        List<TokenizedText> tokenized = tokenize(texts, encoder);
        BitSet present = new BitSet();
        BitSet truncated = new BitSet();
        for (int row = 0; row < tokenized.size(); row++) {
            present.set(row, !tokenized.get(row).isEmpty());
            truncated.set(row, tokenized.get(row).truncated());
        }
        return new Embeddings(run(tokenized), present, truncated);
    }

    /** The tokens of {@code texts}, in their order. */
    List<TokenizedText> tokenize(List<@Nullable String> texts, TextEncoder encoder) {
        TokenizedText[] tokenized = new TokenizedText[texts.size()];
        onAllThreads(texts.size(), row -> {
            String text = texts.get(row);
            tokenized[row] = text == null ? TokenizedText.NOTHING : encoder.encode(text);
        });
        return Arrays.asList(tokenized);
    }

    /** The vectors of {@code texts}, one after the other; zeros where there are no tokens. */
    float[] run(List<TokenizedText> texts) {
        float[] vectors =
                new float[Math.multiplyExact(texts.size(), model.description().dimensions())];
        List<LengthBatch> batches = LengthBatch.cut(texts, paddedTokens);
        onAllThreads(batches.size(), i -> {
            BatchRunner runner = takeRunner();
            try {
                runner.run(batches.get(i), texts, vectors);
            } finally {
                runners.add(runner);
            }
        });
        return vectors;
    }

    private BatchRunner takeRunner() {
        BatchRunner runner = runners.poll();
        if (runner == null) {
            throw new IllegalStateException("Cannot run more than " + threads + " batches at once");
        }
        return runner;
    }

    /** Does {@code work} for 0 to {@code count - 1}, and returns when nothing of it is going on any more. */
    private void onAllThreads(int count, IntConsumer work) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(
                        "Cannot embed: model '" + model.description().name() + "' is closed");
            }
            workers.share(count, work);
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                workers.close();
                network.close();
                tokenizer.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
