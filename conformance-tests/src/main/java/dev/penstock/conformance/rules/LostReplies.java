package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.fault.Trigger;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ST-06: commits whose reply was lost. */
final class LostReplies {
    private static final int MOST_EXCHANGES = 64;

    private LostReplies() {}

    /** If this fails, check: what commit does after its connection broke. */
    static void areFoundOut(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        Optional<InetSocketAddress> endpoint = trial.fixture().endpoint();
        if (endpoint.isPresent()) {
            lostReplies(trial, side, endpoint.get());
        } else {
            forgottenReply(trial);
        }
    }

    private static void lostReplies(Trial trial, SinkSide side, InetSocketAddress endpoint) {
        VisibleRows visible = new VisibleRows(side);
        List<NumberedRow> all = new ArrayList<>();
        Life life = Life.first(side.append()).with(CommitRules.WRITERS);
        try (FaultProxy proxy = FaultProxy.before(endpoint)) {
            Map<String, Object> settings =
                    trial.settings(Variant.VALID, Optional.of(proxy.address())).orElseThrow();
            int exchange = 1;
            boolean hit = true;
            while (hit && exchange <= MOST_EXCHANGES) {
                List<NumberedRow> rows = CommitRules.rows(trial.seed(), exchange);
                all.addAll(rows);
                try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life, settings)) {
                    hit = cut(proxy, incarnation, CommitRules.prepared(incarnation, exchange, rows), exchange);
                }
                visible.are(
                        all,
                        "after the reply in exchange " + exchange + " of a commit was lost",
                        "SinkCommitter.commit: after a lost reply, ask the target before doing anything again");
                life = life.next(exchange++, List.of());
            }
            trial.note((exchange - 2) + " replies of a commit were lost, one after the other");
        }
    }

    /** Loses one reply of a commit, and then has it done as engines do it; false if there was no such reply. */
    private static boolean cut(FaultProxy proxy, SinkIncarnation incarnation, List<Prepared> handles, int exchange) {
        int hits = proxy.log().hits().size();
        proxy.arm(Trigger.inExchange(exchange), Fault.LOSE_REPLY);
        try {
            incarnation.settle(handles);
        } catch (RetryableException e) {
            proxy.heal();
            incarnation.settle(handles);
        }
        proxy.heal();
        return proxy.log().hits().size() > hits;
    }

    /** Without a network a reply is lost with the process: what was answered is not known to the next one. */
    private static void forgottenReply(Trial trial) {
        SinkSide side = trial.fixture().sink();
        Life life = Life.first(side.append()).with(CommitRules.WRITERS);
        List<NumberedRow> rows = CommitRules.rows(trial.seed(), 1);
        List<Prepared> handles;
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life)) {
            handles = CommitRules.prepared(incarnation, 1, rows);
            incarnation.settle(handles);
        }
        try (SinkIncarnation next = SinkIncarnation.start(trial, life.next(1, List.of()))) {
            CommitRules.expect(
                    handles, next.commit(handles), Outcome.ALREADY_COMMITTED, "to the process that came next");
        }
        new VisibleRows(side).are(rows, "after both processes committed", "SinkCommitter.commit");
        trial.note("There is no network: the reply was lost with the process");
    }
}
