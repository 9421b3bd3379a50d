package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.Direction;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.fault.Hit;
import dev.penstock.conformance.fault.Shape;
import dev.penstock.conformance.fault.Trigger;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Sinks whose connection is lost while they write: SA-05. */
public final class LossyNetworkRules {
    private static final int ROWS = 10;
    private static final int BATCHES = 3;
    private static final int MOST_BYTES = 200;
    private static final int MOST_ATTEMPTS = 5;
    private static final List<Fault> FAULTS = List.of(Fault.RESET, Fault.HALF_CLOSE, Fault.STALL, Fault.CLOSE);

    private LossyNetworkRules() {}

    /** All of them. */
    public static List<Rule> all() {
        return List.of(Rule.of(
                        "SA-05",
                        Tier.T2,
                        "A connection that is lost in write or flush costs no row, and is retryable at worst",
                        LossyNetworkRules::lossy)
                .of(Role.SINK)
                .needing(Capability.AT_LEAST_ONCE));
    }

    private static void lossy(Trial trial) {
        Optional<InetSocketAddress> endpoint = trial.fixture().endpoint();
        if (endpoint.isEmpty()) {
            trial.note("the connector talks to no network: no connection of it can be lost");
            return;
        }
        trial.fixture().sink().create();
        Run run = new Run(trial, endpoint.get());
        for (int round = 0; round < Math.max(1, trial.effort().seeds() / 2); round++) {
            FAULTS.forEach(run::epochWith);
        }
        run.slowEpoch();
        HistoryChecker.atLeastOnce(run.durable)
                .verify(
                        trial.fixture().sink().visible(),
                        "SinkWriter.write and flush after a lost connection: what was written to the old one is gone"
                                + " with it; a retry inside must write the whole epoch again, or else throw"
                                + " RetryableException");
    }

    /** The epochs of one pipeline, each of them disturbed until it gets through. */
    private static final class Run {
        private final Trial trial;
        private final SinkSide side;
        private final InetSocketAddress endpoint;
        private final List<NumberedRow> durable = new ArrayList<>();
        private long epoch;
        private long lives;

        private Run(Trial trial, InetSocketAddress endpoint) {
            this.trial = trial;
            this.side = trial.fixture().sink();
            this.endpoint = endpoint;
        }

        private void epochWith(Fault fault) {
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                try (FaultProxy proxy = FaultProxy.before(endpoint)) {
                    int bytes =
                            attempt == MOST_ATTEMPTS - 1 ? 0 : trial.random().nextInt(MOST_BYTES);
                    boolean done = disturbed(fault, proxy, bytes);
                    if (!done) {
                        undisturbed();
                    }
                    if (!proxy.log().hits().isEmpty()) {
                        trial.note(describe(proxy.log().hits().get(0), done));
                        return;
                    }
                }
            }
            throw new IllegalStateException(
                    "Cannot try the rule: " + fault + " hit no write in " + MOST_ATTEMPTS + " runs; they are void");
        }

        private static String describe(Hit hit, boolean done) {
            return hit + (done ? ": the epoch got through" : ": the epoch was written again");
        }

        /** Writes an epoch whose connection is disturbed; gives whether it got through nevertheless. */
        private boolean disturbed(Fault fault, FaultProxy proxy, int bytes) {
            List<NumberedRow> rows = rows();
            Map<String, Object> settings =
                    trial.settings(Variant.VALID, Optional.of(proxy.address())).orElseGet(trial::settings);
            SinkIncarnation sink = SinkIncarnation.start(trial, life(), settings);
            try (sink) {
                sink.begin(epoch + 1);
                int broken = trial.random().nextInt(BATCHES + 1);
                for (int batch = 0; batch <= BATCHES; batch++) {
                    if (batch == broken) {
                        disturb(fault, proxy, bytes);
                    }
                    if (batch < BATCHES) {
                        sink.write(rows.subList(batch * ROWS, (batch + 1) * ROWS));
                    }
                }
                sink.end();
                durable(rows);
                return true;
            } catch (RetryableException e) {
                return false;
            } catch (RuntimeException e) {
                throw new RuleViolation(
                        "a write threw " + e + " after " + proxy.log().hits(),
                        "what a lost connection is turned into: RetryableException, so that the engine tries again",
                        e);
            } finally {
                proxy.heal();
            }
        }

        private void disturb(Fault fault, FaultProxy proxy, int bytes) {
            proxy.arm(Trigger.afterBytes(Direction.REQUEST, bytes), fault);
            if (fault == Fault.STALL) {
                Executor later =
                        CompletableFuture.delayedExecutor(trial.effort().soakMillis(), TimeUnit.MILLISECONDS);
                later.execute(proxy::heal);
            }
        }

        private void undisturbed() {
            try (SinkIncarnation sink = SinkIncarnation.start(trial, life())) {
                List<NumberedRow> rows = rows();
                sink.epoch(epoch + 1, rows);
                durable(rows);
            }
        }

        /** One piece in a hundred comes late. */
        private void slowEpoch() {
            try (FaultProxy proxy = FaultProxy.before(endpoint)) {
                proxy.shape(new Shape(Duration.ofMillis(100), 100, 0));
                Map<String, Object> settings = trial.settings(Variant.VALID, Optional.of(proxy.address()))
                        .orElseGet(trial::settings);
                try (SinkIncarnation sink = SinkIncarnation.start(trial, life(), settings)) {
                    List<NumberedRow> rows = rows();
                    sink.epoch(epoch + 1, rows);
                    durable(rows);
                }
            }
        }

        private void durable(List<NumberedRow> rows) {
            durable.addAll(rows);
            epoch++;
        }

        private List<NumberedRow> rows() {
            return NumberedRow.inserts(trial.seed(), 0, durable.size(), durable.size() + (long) BATCHES * ROWS);
        }

        private Life life() {
            lives++;
            return new Life("run-" + lives, lives, 1, epoch == 0 ? -1 : epoch, side.append(), List.of());
        }
    }
}
