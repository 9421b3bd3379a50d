package dev.penstock.conformance.reference;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tries settings against the server, and changes nothing there. */
final class MemoryCheck {
    private static final String LIMIT = "5s";

    private MemoryCheck() {}

    static List<Problem> source(Config config) {
        return problems(() -> {
            try (LogClient client = new LogClient(MemorySourceSettings.of(impatient(config)))) {
                client.partitions();
            }
        });
    }

    static List<Problem> sink(Config config) {
        return problems(() -> {
            try (TableClient client = new TableClient(MemorySinkSettings.of(impatient(config)))) {
                Optional<TableClient.Described> ignored = client.describe();
            }
        });
    }

    /** Whoever checks waits for the answer. */
    private static Config impatient(Config config) {
        Duration limit = ServerSettings.TIMEOUT.type().parse(LIMIT);
        return config.get(ServerSettings.TIMEOUT).compareTo(limit) <= 0
                ? config
                : config.with(ServerSettings.TIMEOUT, limit);
    }

    /** What {@code attempt} fails with. */
    static List<Problem> problems(Runnable attempt) {
        try {
            attempt.run();
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        } catch (RetryableException e) {
            return List.of(Problem.error(
                    ServerSettings.HOST.name(),
                    Problem.Code.CONNECTION,
                    String.valueOf(e.getMessage()),
                    "correct host and port"));
        }
    }
}
