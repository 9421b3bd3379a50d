package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a script; its position is the index of the next entry. */
final class ScriptReader<T> implements SourcePartition {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final long BYTES_AN_ITEM = 48;

    private final TestSource<T> source;
    private final Script<T> script;
    private int position;
    private int given;
    private volatile int durable;
    private boolean ended;

    ScriptReader(TestSource<T> source, Script<T> script, Optional<ResumeState> from) {
        this.source = source;
        this.script = script;
        this.position = from.map(ScriptReader::position).orElse(0);
        this.given = position;
        this.durable = position;
    }

    static int position(ResumeState state) {
        return ByteBuffer.wrap(state.bytes()).getInt();
    }

    private static ResumeState state(int position) {
        return new ResumeState(
                1, ByteBuffer.allocate(Integer.BYTES).putInt(position).array());
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        while (!ended && position < script.size()) {
            Optional<Poll> poll = poll(script.entry(position), (int) Math.min(maxRows, maxBytes / BYTES_AN_ITEM));
            if (poll.isPresent()) {
                return poll.get();
            }
            position++;
        }
        if (!ended && source.isLive()) {
            return idle();
        }
        ended = true;
        return new Poll.End(state(position));
    }

    private Optional<Poll> poll(Script.Entry<T> entry, int room) {
        if (entry instanceof Script.Item<T>) {
            return Optional.of(source.pace().mayGive(position, settled()) ? items(room) : idle());
        }
        if (entry instanceof Script.Abort<T> abort) {
            return abort(abort);
        }
        if (entry instanceof Script.Pause<T> pause) {
            return pause(pause);
        }
        position++;
        ended = true;
        return Optional.of(new Poll.End(state(position)));
    }

    private Poll items(int room) {
        source.faults().step("a source");
        List<T> items = script.items(position, Math.max(1, Math.min(room, source.batch())));
        position += items.size();
        given = position;
        return new Poll.Rows(ItemSource.batch(items), state(position));
    }

    private Optional<Poll> abort(Script.Abort<T> abort) {
        if (abort.done().get()) {
            return Optional.empty();
        }
        if ((source.isHeld() && !settled()) || !abort.when().getAsBoolean()) {
            return Optional.of(idle());
        }
        abort.done().set(true);
        throw TestAbort.at("an abort in a test source");
    }

    private Optional<Poll> pause(Script.Pause<T> pause) {
        if (!pause.done().get()) {
            if (!settled()) {
                return Optional.of(idle());
            }
            pause.done().set(true);
            pause.clock().advance(pause.time());
        }
        return Optional.empty();
    }

    /** Whether all items that were given are durable. */
    private boolean settled() {
        return durable >= given;
    }

    private Poll idle() {
        return new Poll.Idle(state(position), SOON);
    }

    @Override
    public void stateDurable(ResumeState state) {
        durable = Math.max(durable, position(state));
    }

    @Override
    public void close() {
        // nothing is held
    }
}
