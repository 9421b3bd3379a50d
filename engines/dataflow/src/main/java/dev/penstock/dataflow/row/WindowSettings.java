package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.window.EarlyTrigger;
import dev.penstock.dataflow.window.WindowOptions;
import dev.penstock.dataflow.window.Windower;
import dev.penstock.dataflow.window.Windows;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings that say which windows rows are in.
 *
 * @param time of the rows; the wall clock if empty
 * @param isGlobal whether there is one window for all
 * @param isRevised whether a window may give more than one result
 */
record WindowSettings(WindowOptions options, Optional<TimeColumn> time, boolean isGlobal, boolean isRevised) {
    static final ConfigKey<Duration> TUMBLING = ConfigKey.duration(
                    "tumbling", "Windows of this length, one behind the other, from 1970 on")
            .min(1)
            .example("1m");
    static final ConfigKey<Duration> SLIDING = ConfigKey.duration(
                    "sliding", "Windows of this length, of which one begins every so often, see 'every'")
            .min(1)
            .example("10m");
    static final ConfigKey<Duration> EVERY = ConfigKey.duration(
                    "every", "From the begin of one sliding window to that of the next")
            .min(1)
            .example("1m");
    static final ConfigKey<Duration> SESSION = ConfigKey.duration(
                    "session", "Windows of rows of a key that follow each other within this gap")
            .min(1)
            .example("30m");
    static final ConfigKey<Integer> COUNT = ConfigKey.integer("count", "Windows of so many rows of a key")
            .min(1)
            .example("100");
    static final ConfigKey<Duration> ALLOWED_LATENESS = ConfigKey.duration(
            "allowed-lateness", "How long a window is kept behind its end, to give another result for late rows");
    static final ConfigKey<Duration> EARLY_EVERY = ConfigKey.duration(
                    "early-every", "How often, by the wall clock, open windows give out what they have so far")
            .min(1);

    /** The spec of a step of {@code own} settings with windows. */
    static ConfigSpec spec(ConfigKey<?>... own) {
        return ConfigSpec.builder()
                .keys(KeyColumns.KEY)
                .keys(own)
                .keys(TUMBLING, SLIDING, EVERY, SESSION, COUNT)
                .keys(TimeColumn.TIME, TimeColumn.WAIT, TimeColumn.IDLE_AFTER, ALLOWED_LATENESS, EARLY_EVERY)
                .exclusive(TUMBLING, SLIDING, SESSION, COUNT)
                .together(SLIDING, EVERY)
                .build();
    }

    /**
     * What is set.
     *
     * @throws ConfigException if it does not fit together
     */
    static WindowSettings of(Config config) {
        Optional<TimeColumn> time = TimeColumn.of(config);
        Optional<Windower> windower = windower(config);
        WindowOptions options = WindowOptions.of(
                        windower.orElseGet(Windows::global),
                        time.isPresent() ? TimeDomain.EVENT : TimeDomain.PROCESSING)
                .withOrdered(false);
        Optional<Duration> late = config.find(ALLOWED_LATENESS);
        Optional<Duration> early = config.find(EARLY_EVERY);
        if (late.isPresent()) {
            options = options.withAllowedLateness(late.get());
        }
        if (early.isPresent()) {
            options = options.withTrigger(EarlyTrigger.every(early.get()));
        }
        return new WindowSettings(options, time, windower.isEmpty(), late.isPresent() || early.isPresent());
    }

    private static Optional<Windower> windower(Config config) {
        Optional<Duration> sliding = config.find(SLIDING);
        if (sliding.isPresent() && config.get(EVERY).compareTo(sliding.get()) > 0) {
            throw new ConfigException(List.of(Problem.error(
                    EVERY.name(),
                    Problem.Code.INVALID,
                    "is longer than the window, so that rows would be in none",
                    "make it at most as long as 'sliding'")));
        }
        return config.find(TUMBLING)
                .map(Windows::tumbling)
                .or(() -> sliding.map(length -> Windows.sliding(length, config.get(EVERY))))
                .or(() -> config.find(SESSION).map(Windows::session))
                .or(() -> config.find(COUNT).map(Windows::count));
    }
}
