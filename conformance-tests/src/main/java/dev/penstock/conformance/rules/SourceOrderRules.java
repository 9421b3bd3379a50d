package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.fault.Direction;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.fault.Trigger;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** SP-11: order, whatever breaks. */
final class SourceOrderRules {
    private static final int MAX_ROWS = 5;
    private static final int MAX_CUTS = 20;
    private static final int ROWS_A_CUT = 10;
    private static final int BYTES_A_CUT = 2_000;
    private static final String CHECK = "what is kept of a connection that was lost: reading goes on from the state";

    private SourceOrderRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "SP-11",
                        Tier.T2,
                        "The order within a partition holds across restarts, lost connections and new attempts",
                        SourceOrderRules::order)
                .of(Role.SOURCE));
    }

    /**
     * Reads through a relay that resets connections in the middle of replies; without a network, starts again and
     * again.
     *
     * <p>If this fails, check: what is kept of a connection that was lost.
     */
    private static void order(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        int cuts = Math.min(MAX_CUTS, trial.effort().cycles());
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, (long) cuts * ROWS_A_CUT);
        side.append(0, rows);
        Optional<InetSocketAddress> endpoint = trial.fixture().endpoint();
        if (endpoint.isEmpty()) {
            new Reconnecting(trial, Optional.empty(), rows).read(cuts);
            return;
        }
        try (FaultProxy proxy = FaultProxy.before(endpoint.get())) {
            new Reconnecting(trial, Optional.of(proxy), rows).read(cuts);
            trial.note(proxy.log().toString());
        }
    }

    /** Reads as an engine does: whatever breaks, the next reader goes on from the last state. */
    private static final class Reconnecting {
        private final Trial trial;
        private final Optional<FaultProxy> proxy;
        private final List<NumberedRow> expected;
        private final Map<String, Object> settings;
        private final Random random;
        private final List<NumberedRow> seen = new ArrayList<>();
        private Optional<ResumeState> state = Optional.empty();
        private int restarts;

        Reconnecting(Trial trial, Optional<FaultProxy> proxy, List<NumberedRow> expected) {
            this.trial = trial;
            this.proxy = proxy;
            this.expected = expected;
            this.random = trial.random();
            this.settings = OpenSource.settings(trial, Reading.UNBOUNDED, proxy.map(FaultProxy::address))
                    .or(() -> OpenSource.settings(trial, Reading.BOUNDED, proxy.map(FaultProxy::address)))
                    .orElseThrow();
        }

        /** A source may make up for a connection by itself: the network knows best how many were lost. */
        private int cuts() {
            return proxy.map(relay -> relay.log().hits().size()).orElse(restarts);
        }

        void read(int wanted) {
            long deadline = System.nanoTime() + OpenSource.PATIENCE.toNanos() * 2;
            while (seen.size() < expected.size()) {
                if (System.nanoTime() > deadline) {
                    throw new RuleViolation(
                            expected.get(seen.size()) + " did not come, after " + cuts() + " lost connections", CHECK);
                }
                oneLife(wanted);
            }
            RowComparison.require(expected, seen, "read across " + cuts() + " lost connections", CHECK);
            if (proxy.isPresent() && cuts() == 0) {
                throw new IllegalStateException("No connection was lost while the rows were read; the run is void");
            }
        }

        private void oneLife(int wanted) {
            try (OpenSource source = OpenSource.open(trial, settings)) {
                arm(wanted);
                OpenReader reader = state.map(from -> source.resume(source.onlyPartition(), from))
                        .orElseGet(() -> source.read(source.onlyPartition()));
                while (seen.size() < expected.size() && (proxy.isPresent() || random.nextInt(3) > 0)) {
                    if (reader.next(MAX_ROWS) instanceof Poll.Rows) {
                        seen.addAll(reader.batches()
                                .get(reader.batches().size() - 1)
                                .rows());
                        state = Optional.of(reader.position());
                        RowComparison.require(
                                expected.subList(0, seen.size()), seen, "after " + cuts() + " lost connections", CHECK);
                        arm(wanted);
                    }
                }
            } catch (RetryableException e) {
                restarts++;
                proxy.ifPresent(FaultProxy::heal);
            }
        }

        private void arm(int wanted) {
            if (cuts() < wanted) {
                proxy.ifPresent(relay ->
                        relay.arm(Trigger.afterBytes(Direction.RESPONSE, random.nextInt(BYTES_A_CUT)), Fault.RESET));
            }
        }
    }
}
