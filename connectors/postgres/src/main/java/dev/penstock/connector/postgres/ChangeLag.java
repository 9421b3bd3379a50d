package dev.penstock.connector.postgres;

import dev.penstock.spi.Metrics;
import java.time.Clock;

/**
 * How far reading is behind, as meters: {@code postgres.lag.bytes} of the log that were read and are not durable yet,
 * {@code postgres.lag.seconds} since the commit of what was read last, 0 if all that has come was read. Safe for
 * several threads.
 */
final class ChangeLag {
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    private final Clock clock;
    private volatile long read;
    private volatile long durable;
    private volatile long time;
    private volatile boolean behind;

    ChangeLag(Metrics metrics, Clock clock) {
        this.clock = clock;
        metrics.gauge("postgres.lag.bytes", this::bytes);
        metrics.gauge("postgres.lag.seconds", this::seconds);
    }

    /**
     * What was committed before {@code lsn} was read.
     *
     * @param micros when the last of it was committed, since 1970; 0 if nothing was
     * @param more whether more has come already
     */
    void read(long lsn, long micros, boolean more) {
        read = lsn;
        time = micros;
        behind = more;
    }

    /** What was committed before {@code lsn} is durable here. */
    void durable(long lsn) {
        durable = lsn;
    }

    private double bytes() {
        return durable == 0 ? 0 : Math.max(0, read - durable);
    }

    private double seconds() {
        return behind && time != 0 ? Math.max(0, clock.millis() / MILLIS - time / MICROS) : 0;
    }
}
