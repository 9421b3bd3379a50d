package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmbedderTest {
    private static final int DIMENSIONS = 384;
    private static Embedder full;
    private static Embedder quantised;

    @BeforeAll
    static void open() {
        full = TestModels.open(TestModels.FULL, 2);
        quantised = TestModels.open(TestModels.QUANTISED, 2);
    }

    @AfterAll
    static void close() {
        full.close();
        quantised.close();
    }

    private static float[] embed(Embedder embedder, List<? extends @Nullable String> texts) {
        return embedder.embed(new ArrayList<>(texts), embedder.encoder(Prompt.DOCUMENT, 256))
                .vectors();
    }

    /** The similarities that the authors of the model publish for these sentences. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0.6660", "0, 2, 0.1046", "1, 2, 0.1411"})
    void givesThePublishedSimilarities(int one, int other, double expected) {
        List<String> sentences =
                List.of("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");
        float[] exact = embed(full, sentences);
        float[] rough = embed(quantised, sentences);
        assertThat(TestModels.cosine(exact, one * DIMENSIONS, exact, other * DIMENSIONS, DIMENSIONS))
                .isCloseTo(expected, within(0.0005));
        assertThat(TestModels.cosine(rough, one * DIMENSIONS, rough, other * DIMENSIONS, DIMENSIONS))
                .isCloseTo(expected, within(0.03));
    }

    @Test
    void quantisedVectorsAreNearTheExactOnes() {
        List<String> texts = texts(64, 5);
        float[] exact = embed(full, texts);
        float[] rough = embed(quantised, texts);
        assertThat(leastCosine(exact, rough)).isGreaterThan(0.95);
    }

    // EM-02
    @Test
    void exactVectorsDoNotDependOnTheBatch() {
        List<String> texts = texts(64, 7);
        float[] together = embed(full, texts);
        float[] alone = alone(full, texts);
        assertThat(leastCosine(together, alone)).isGreaterThan(0.9999);
        assertThat(greatestDifference(together, alone)).isLessThan(1e-4f);
    }

    // EM-02
    @Test
    void quantisedVectorsDoNotDependOnTheBatch() {
        List<String> texts = texts(64, 7);
        assertThat(greatestDifference(embed(quantised, texts), alone(quantised, texts)))
                .isLessThan(1e-4f);
    }

    @Test
    void givesTheSameInAnyOrderWithAnyThreadsAndAfterReopening() {
        List<String> texts = texts(48, 11);
        float[] expected = embed(quantised, texts);
        try (Embedder other = TestModels.open(TestModels.QUANTISED, 1)) {
            assertThat(embed(other, texts)).isEqualTo(expected);
        }
    }

    @Test
    void embedsForSeveralThreadsAtOnce() throws Exception {
        List<String> texts = texts(24, 13);
        float[] expected = embed(quantised, texts);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(callers.submit(() -> embed(quantised, texts)));
            }
            for (Future<float[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            callers.shutdown();
        }
    }

    // EM-05
    @Test
    void closesOnlyWhenWhatIsRunningHasEnded() throws Exception {
        Embedder embedder = TestModels.open(TestModels.QUANTISED, 2);
        List<String> texts = texts(100, 17);
        CountDownLatch started = new CountDownLatch(1);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<?> running = caller.submit(() -> {
                started.countDown();
                while (true) {
                    embed(embedder, texts);
                }
            });
            started.await();
            embed(embedder, List.of("meanwhile"));
            embedder.close();
            assertThatThrownBy(running::get).hasRootCauseInstanceOf(IllegalStateException.class);
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void vectorsHaveLengthOne() {
        float[] vectors = embed(quantised, texts(16, 19));
        for (int row = 0; row < 16; row++) {
            double squares = 0;
            for (int i = 0; i < DIMENSIONS; i++) {
                squares += vectors[row * DIMENSIONS + i] * vectors[row * DIMENSIONS + i];
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
    }

    /** Texts of 1 to 120 words in no order. */
    static List<String> texts(int count, long seed) {
        String[] words =
                ("table snapshot commit rows Iceberg the of partition reads writes never lost 42 exactly once; "
                                + "query engine, schema evolution. file über data 数据 🙂 S3 manifest")
                        .split(" ", -1);
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder("number " + i);
            for (int left = random.nextInt(random.nextInt(120) + 1); left > 0; left--) {
                text.append(' ').append(words[random.nextInt(words.length)]);
            }
            texts.add(text.toString());
        }
        Collections.shuffle(texts, random);
        return texts;
    }

    private static float[] alone(Embedder embedder, List<String> texts) {
        float[] vectors = new float[texts.size() * DIMENSIONS];
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(embed(embedder, List.of(texts.get(i))), 0, vectors, i * DIMENSIONS, DIMENSIONS);
        }
        return vectors;
    }

    private static double leastCosine(float[] one, float[] other) {
        double least = 1;
        for (int at = 0; at < one.length; at += DIMENSIONS) {
            least = Math.min(least, TestModels.cosine(one, at, other, at, DIMENSIONS));
        }
        return least;
    }

    private static float greatestDifference(float[] one, float[] other) {
        float greatest = 0;
        for (int i = 0; i < one.length; i++) {
            greatest = Math.max(greatest, Math.abs(one[i] - other[i]));
        }
        return greatest;
    }
}
