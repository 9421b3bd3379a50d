package dev.penstock.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.OnEmbedded;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.process.CrashingPipeline;
import dev.penstock.spi.WriteMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a pipeline from S3 to S3 again and again. System property {@code penstock.s3.kills} says how often,
 * {@code penstock.s3.seed} makes it the same again.
 */
@Timeout(900)
@ExtendWith(Service.Shared.class)
class KillTest {
    private static final int KILLS = Integer.getInteger("penstock.s3.kills", 6);
    private static final int ROWS = 200;
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<CrashPoint> POINTS = List.of(
            CrashPoint.AFTER_POLL,
            CrashPoint.AFTER_WRITE,
            CrashPoint.AFTER_PREPARE,
            CrashPoint.BEFORE_COMMIT,
            CrashPoint.AFTER_COMMIT);

    @TempDir
    Path directory;

    @Test
    void eachRowIsThereOnceHoweverOftenThePipelineIsKilled(Service service) throws Exception {
        long seed = Long.getLong("penstock.s3.seed", System.nanoTime());
        Random random = new Random(seed);
        CrashingPipeline pipeline = new CrashingPipeline(
                new OnEmbedded(),
                Files.createDirectories(directory.resolve("child")),
                getClass().getClassLoader());
        EngineJob following = job(service, true);
        int rows = 0;
        while (pipeline.landed() < KILLS) {
            rows = append(service, rows);
            if (random.nextBoolean()) {
                pipeline.crash(following, POINTS.get(random.nextInt(POINTS.size())), 1 + random.nextInt(2));
            } else {
                pipeline.kill(following, Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
            }
        }
        try (TestedEngine.Running running = new OnEmbedded().start(job(service, false))) {
            assertThat(running.await(PATIENCE))
                    .as("whether it ended, seed %d", seed)
                    .isTrue();
        }
        List<String> written = written(service);
        assertThat(new TreeSet<>(written)).as("rows, seed %d", seed).hasSize(rows);
        assertThat(written).as("rows, seed %d", seed).hasSize(rows);
    }

    private EngineJob job(Service service, boolean follow) {
        return new EngineJob(
                "kills",
                new EngineJob.Step(
                        new S3Connector(),
                        service.settings("kill-from/", Map.of("follow", follow, "interval", "100ms", "shards", 3))),
                new EngineJob.Step(
                        new S3Connector(), service.settings("kill-to/", Map.of("roll-size", 4000, "timeout", "10s"))),
                WriteMode.append(),
                2,
                Duration.ofMillis(100),
                directory.resolve("state"));
    }

    private static int append(Service service, int from) {
        String lines =
                IntStream.range(from, from + ROWS).mapToObj(row -> row + "\n").collect(Collectors.joining());
        service.put("kill-from/" + from + ".txt", lines);
        return from + ROWS;
    }

    private static List<String> written(Service service) {
        List<String> lines = new ArrayList<>();
        service.keys("kill-to/").forEach(key -> service.text(key).lines().forEach(lines::add));
        return lines;
    }
}
