package dev.penstock.dataflow.flow;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Calls a poller when its time has come. The state is the position of the poller, in UTF-8; none before the first. */
final class PollingPartition<T> implements SourcePartition {
    private final PollingSource<T> source;
    private final InstantSource clock;
    private Optional<String> position;
    private Instant next;

    PollingPartition(PollingSource<T> source, InstantSource clock, Optional<ResumeState> from) {
        this.source = source;
        this.clock = clock;
        this.position = from.flatMap(PollingPartition::position);
        this.next = first(clock.instant());
    }

    /** A byte before the text tells an empty position from none. */
    static Optional<String> position(ResumeState state) {
        byte[] bytes = state.bytes();
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
    }

    private ResumeState state() {
        return new ResumeState(
                1,
                position.map(text -> ("=" + text).getBytes(StandardCharsets.UTF_8))
                        .orElse(new byte[0]));
    }

    private Instant first(Instant now) {
        return source.align()
                .map(align -> {
                    Instant before = alignedBefore(align, now);
                    return before.equals(now) ? now : before.plus(source.interval());
                })
                .orElse(now);
    }

    private Instant following(Instant now) {
        Instant last = source.align().map(align -> alignedBefore(align, now)).orElse(now);
        return last.plus(source.interval());
    }

    /** The last aligned time that is not behind {@code now}. */
    private Instant alignedBefore(Instant align, Instant now) {
        Duration since = Duration.between(align, now);
        long intervals = since.dividedBy(source.interval());
        Instant near = align.plus(source.interval().multipliedBy(intervals));
        return near.isAfter(now) ? near.minus(source.interval()) : near;
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return idle(now);
        }
        Polled<T> polled = look();
        position = polled.position().or(() -> position);
        next = polled.retryAfter().map(now::plus).orElseGet(() -> following(now));
        return polled.items().isEmpty() ? idle(now) : new Poll.Rows(ItemSource.batch(polled.items()), state());
    }

    private Polled<T> look() {
        try {
            return source.poller().poll(position);
        } catch (ConnectorException e) {
            throw e;
        } catch (Exception e) {
            throw new FatalException(
                    "Cannot poll for items: " + e + "; mend the poller, or have it say when to retry", e);
        }
    }

    private Poll idle(Instant now) {
        return new Poll.Idle(state(), Duration.between(now, next));
    }

    @Override
    public void close() {}
}
