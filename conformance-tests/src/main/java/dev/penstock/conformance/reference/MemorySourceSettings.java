package dev.penstock.conformance.reference;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What a pipeline says about the log it reads. */
record MemorySourceSettings(
        ServerSettings server,
        String log,
        String subscription,
        Start start,
        Optional<Instant> since,
        boolean follow,
        boolean prune) {
    /** Where a partition that was there from the beginning is begun. */
    enum Start {
        /** With the oldest row there is. */
        EARLIEST,
        /** With the first row that is appended from now on. */
        LATEST,
        /** With the first row that was appended at a point in time or later. */
        TIMESTAMP,
        /** With the rows as they are now, by their keys; then with what changes. */
        TABLE
    }

    static final ConfigKey<String> LOG =
            ConfigKey.string("log", "The log that rows are read from").require().example("orders");
    static final ConfigKey<String> SUBSCRIPTION = ConfigKey.string(
                    "subscription", "Under which name the server keeps how far this pipeline is done")
            .defaultValue("penstock");
    static final ConfigKey<Start> START = ConfigKey.choice(
                    "start", Start.class, "Where reading begins on the first start; later ones go on where it stopped")
            .defaultValue(Start.EARLIEST);
    static final ConfigKey<String> SINCE = ConfigKey.string(
                    "since", "When the first row to read was appended, if start is timestamp")
            .example("2026-11-21T00:00:00Z");
    static final ConfigKey<Boolean> FOLLOW = ConfigKey.bool(
                    "follow", "Whether to wait for more at the end of the log, until stopped")
            .defaultValue(false);
    static final ConfigKey<Boolean> PRUNE = ConfigKey.bool(
                    "prune", "Whether the server forgets the rows that this pipeline is done with")
            .defaultValue(false);

    static final ConfigSpec SPEC = ServerSettings.spec()
            .keys(LOG, SUBSCRIPTION, START, SINCE, FOLLOW, PRUNE)
            .whenRequire(START, Start.TIMESTAMP, SINCE)
            .whenForbid(START, Start.EARLIEST, SINCE)
            .whenForbid(START, Start.LATEST, SINCE)
            .whenForbid(START, Start.TABLE, SINCE)
            .build();

    static MemorySourceSettings of(Config config) {
        return new MemorySourceSettings(
                ServerSettings.of(config),
                config.get(LOG),
                config.get(SUBSCRIPTION),
                config.get(START),
                config.find(SINCE).map(MemorySourceSettings::instant),
                config.get(FOLLOW),
                config.get(PRUNE));
    }

    private static Instant instant(String written) {
        try {
            return Instant.parse(written);
        } catch (DateTimeException e) {
            throw new ConfigException(
                    SINCE.name(),
                    Problem.Code.INVALID,
                    "is '" + written + "', which is not a point in time",
                    "write it as " + SINCE.example().orElse(""));
        }
    }

    /** The log for people. */
    @Override
    public String toString() {
        return "log '" + log + "' of memory server " + server;
    }
}
