package dev.penstock.embeddings;

import dev.penstock.spi.FatalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A loaded model: tokenizer, network, and the threads that run it.
 *
 * <p>May be used by several threads at once; together they use no more than the threads it was opened with. Close it
 * when nobody uses it any more: {@link SharedEmbedders} sees to that.
 */
final class Embedder implements AutoCloseable {
    private final Model model;
    private final TextTokenizer tokenizer;
    private final Network network;
    private final ExecutorService workers;
    private final BlockingQueue<BatchRunner> runners;
    private final int threads;

    private Embedder(Model model, TextTokenizer tokenizer, Network network, int threads) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.network = network;
        this.threads = threads;
        this.runners = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            runners.add(new BatchRunner(network, model.description()));
        }
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "penstock-embed-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    static Embedder open(Model model, Device device, int threads) {
        TextTokenizer tokenizer = TextTokenizer.open(model.tokenizer());
        try {
            return new Embedder(model, tokenizer, Network.load(model, device), threads);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
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
        float[] vectors = new float[Math.multiplyExact(texts.size(), model.description().dimensions())];
        List<LengthBatch> batches = LengthBatch.cut(texts, LengthBatch.PADDED_TOKENS);
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
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, count); i++) {
            running.add(workers.submit(() -> {
                for (int item = next.getAndIncrement(); item < count; item = next.getAndIncrement()) {
                    work.accept(item);
                }
            }));
        }
        awaitAll(running, () -> next.set(count));
    }

    // Buffers and result belong to the workers until the last one has ended, also after a failure.
    private static void awaitAll(List<Future<?>> running, Runnable stop) {
        Throwable failure = null;
        boolean interrupted = false;
        for (Future<?> future : running) {
            for (boolean ended = false; !ended; ) {
                try {
                    future.get();
                    ended = true;
                } catch (ExecutionException e) {
                    stop.run();
                    failure = failure == null ? e.getCause() : failure;
                    ended = true;
                } catch (InterruptedException e) {
                    stop.run();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new FatalException("Cannot embed: the thread was interrupted; run the pipeline again");
        }
        rethrow(failure);
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        network.close();
        tokenizer.close();
    }
}
