package dev.penstock.conformance.rules;

import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call that waits for a silent peer is let go: LC-04. */
final class FreeingRules {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROWS = 20;

    private FreeingRules() {}

    static List<Rule> all() {
        return List.of(rule().of(Role.SOURCE), rule().of(Role.SINK));
    }

    private static Rule rule() {
        return Rule.of(
                "LC-04",
                Tier.T2,
                "Wakeup, close and interrupts free a call that is blocked by a silent peer",
                FreeingRules::freed);
    }

    private static void freed(Trial trial) throws InterruptedException {
        Optional<InetSocketAddress> endpoint = trial.fixture().endpoint();
        if (endpoint.isEmpty()) {
            trial.note("the connector talks to no network: no peer of it can be silent");
            return;
        }
        Outside.create(trial);
        try (FaultProxy proxy = FaultProxy.before(endpoint.get())) {
            Map<String, Object> settings =
                    trial.settings(Variant.VALID, Optional.of(proxy.address())).orElseGet(trial::settings);
            opening(trial, proxy, trial.config(settings));
            if (trial.role() == Role.SOURCE) {
                polling(trial, proxy, settings);
            } else {
                writing(trial, proxy, settings);
            }
            trial.note("silence was met " + proxy.log().hits().size() + " times");
        }
    }

    private static void opening(Trial trial, FaultProxy proxy, Config config) throws InterruptedException {
        Parts parts = Parts.of(trial, config);
        proxy.strike(Fault.STALL);
        BlockedCall open = BlockedCall.start("open", proxy, () -> parts.open(trial.context()));
        if (open.isBlocked()) {
            open.interrupt();
            open.awaitEnd("an interrupt").ifPresent(FreeingRules::requireTyped);
            open.requireInterrupted();
        }
        close("the " + trial.role() + " after an open that was interrupted", parts);
        proxy.heal();
    }

    private static void polling(Trial trial, FaultProxy proxy, Map<String, Object> settings)
            throws InterruptedException {
        for (boolean wakeup : new boolean[] {true, false}) {
            OpenSource source = OpenSource.open(trial, settings);
            SourcePartition reader = source.read(source.partitions(1).get(0)).reader();
            proxy.strike(Fault.STALL);
            BlockedCall poll = BlockedCall.start("poll", proxy, () -> reader.poll(1, 1 << 20, LONG));
            free(poll, wakeup, reader::wakeup);
            close("the partition", reader);
            close("the source", source);
            proxy.heal();
        }
    }

    private static void writing(Trial trial, FaultProxy proxy, Map<String, Object> settings)
            throws InterruptedException {
        for (int step = 0; step < 3; step++) {
            Life life = new Life(
                    "run-" + step, 1 + step, 1, -1, trial.fixture().sink().append(), List.of());
            SinkIncarnation sink = SinkIncarnation.start(trial, life, settings);
            SinkWriter writer = sink.writers().get(0);
            sink.begin(1);
            List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), step, 0, ROWS);
            if (step > 0) {
                sink.write(rows);
            }
            List<Prepared> prepared = step > 1 ? seal(trial, sink) : List.of();
            proxy.strike(Fault.STALL);
            switch (step) {
                case 0 -> free(BlockedCall.start("write", proxy, () -> sink.write(rows)), true, writer::wakeup);
                case 1 ->
                    free(
                            BlockedCall.start("the end of an epoch", proxy, () -> seal(trial, sink)),
                            true,
                            writer::wakeup);
                default -> free(BlockedCall.start("commit", proxy, () -> sink.commit(prepared)), false, () -> {});
            }
            close("the sink", sink);
            proxy.heal();
        }
    }

    private static List<Prepared> seal(Trial trial, SinkIncarnation sink) {
        if (trial.connector().descriptor().can(Capability.TRANSACTIONAL)) {
            return sink.prepare();
        }
        sink.writers().forEach(SinkWriter::flush);
        return List.of();
    }

    private static void free(BlockedCall call, boolean byWakeup, Runnable wakeup) throws InterruptedException {
        if (!call.isBlocked()) {
            call.awaitEnd("nothing").ifPresent(FreeingRules::requireTyped);
        } else if (byWakeup) {
            wakeup.run();
            call.awaitEnd("wakeup").ifPresent(FreeingRules::requireTyped);
        } else {
            call.interrupt();
            call.awaitEnd("an interrupt").ifPresent(FreeingRules::requireTyped);
            call.requireInterrupted();
        }
    }

    private static void requireTyped(RuntimeException failure) {
        if (!(failure instanceof ConnectorException)) {
            throw new RuleViolation(
                    "a call that was let go threw " + failure,
                    "what is thrown when a wait is ended: a ConnectorException, most likely RetryableException",
                    failure);
        }
    }

    private static void close(String what, AutoCloseable part) throws InterruptedException {
        BlockedClose close = new BlockedClose(part);
        Thread thread = new Thread(close, "close");
        thread.setDaemon(true);
        thread.start();
        thread.join(BlockedCall.GRACE.toMillis());
        if (thread.isAlive()) {
            throw new RuleViolation(
                    "close of " + what + " takes more than " + BlockedCall.GRACE.toMillis()
                            + " ms while its peer is silent",
                    "close says goodbye to nobody who does not listen: it closes the socket first");
        }
    }

    private record BlockedClose(AutoCloseable part) implements Runnable {
        @Override
        public void run() {
            try {
                part.close();
            } catch (Exception e) {
                // What close throws is the subject of LC-02.
            }
        }
    }
}
