package dev.penstock.conformance.rules;

import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.rule.Trial;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/** Ends a process while a commit runs: its reply is lost on the network if there is one, else it is killed inside. */
final class CommitCrash {
    private static final int MOST_EXCHANGES = 4;
    private static final int MOST_MICROS = 3_000;
    private static final int MOST_ATTEMPTS = 6;

    private final Trial trial;
    private final SinkPipeline lives;

    CommitCrash(Trial trial, SinkPipeline lives) {
        this.trial = trial;
        this.lives = lives;
    }

    void crash(int writers) throws InterruptedException {
        Optional<InetSocketAddress> endpoint = trial.fixture().endpoint();
        if (endpoint.isEmpty() || !loseReply(endpoint.get(), writers)) {
            killInside(writers);
        }
    }

    private boolean loseReply(InetSocketAddress endpoint, int writers) throws InterruptedException {
        try (FaultProxy proxy = FaultProxy.before(endpoint)) {
            Optional<Map<String, Object>> settings = trial.settings(Variant.VALID, Optional.of(proxy.address()));
            int exchange = 1 + trial.random().nextInt(MOST_EXCHANGES);
            while (settings.isPresent() && exchange > 0) {
                if (lives.pipeline().loseReply(lives.endless(writers, settings.get()), proxy, 1, exchange)) {
                    return true;
                }
                exchange--;
            }
            return false;
        }
    }

    private void killInside(int writers) throws InterruptedException {
        long micros = 1L + trial.random().nextInt(MOST_MICROS);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (lives.pipeline()
                    .crashInCommit(lives.endless(writers), 1, micros)
                    .isPresent()) {
                return;
            }
            micros /= 3;
        }
        throw SinkPipeline.voidRun(CrashPoint.DURING_COMMIT);
    }
}
