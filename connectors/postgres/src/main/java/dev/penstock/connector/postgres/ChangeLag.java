package dev.penstock.connector.postgres;

import dev.penstock.spi.Metrics;
import java.time.Clock;

/**
 * How far reading is behind the server, as meters: {@code postgres.lag.bytes} of the log that are not durable here yet,
 * {@code postgres.lag.seconds} since the commit of what was read last, 0 if all was read. Safe for several threads.
 */
final class ChangeLag {
    private static final double MICROS = 1e6;

    private final Clock clock;
    private volatile long server;
    private volatile long read;
    private volatile long durable;
    private volatile long time;

    ChangeLag(Metrics metrics, Clock clock) {
        this.clock = clock;
        metrics.gauge("postgres.lag.bytes", this::bytes);
        metrics.gauge("postgres.lag.seconds", this::seconds);
    }

    /** The log of the server goes up to {@code lsn}. */
    void server(long lsn) {
        server = lsn;
    }

    /** What was committed before {@code lsn} was read, the last of it at {@code micros} since 1970. */
    void read(long lsn, long micros) {
        read = lsn;
        time = micros;
    }

    /** What was committed before {@code lsn} is durable here. */
    void durable(long lsn) {
        durable = lsn;
    }

    private double bytes() {
        return durable == 0 ? 0 : Math.max(0, server - durable);
    }

    private double seconds() {
        return time == 0 || read >= server ? 0 : Math.max(0, clock.millis() / 1e3 - time / MICROS);
    }
}
