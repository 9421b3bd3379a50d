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
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secrets are seen by nobody but the outside system: CF-05. */
final class SecretRules {
    private static final Duration WAIT = Duration.ofMillis(200);

    private SecretRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "CF-05",
                        Tier.T2,
                        "Secrets are in no error, log, thread name, state or prepared handle",
                        SecretRules::secrets)
                .whileAlone());
    }

    private static void secrets(Trial trial) {
        WrittenSettings valid = WrittenSettings.of(trial);
        List<ConfigKey<?>> keys = valid.namedKeys().stream()
                .filter(key -> key.type().equals(ConfigType.SECRET))
                .filter(key -> valid.values().containsKey(key.name()))
                .toList();
        if (keys.isEmpty()) {
            trial.note("the connector has no secrets in use");
            return;
        }
        Leaks leaks = new Leaks(trial.fixture().secrets());
        if (leaks.isEmpty()) {
            throw new RuleViolation("the fixture uses secrets and names none", "Fixture.secrets");
        }
        Outside.create(trial);
        try (CapturedOutput output = CapturedOutput.start()) {
            refused(trial, valid, keys, leaks);
            broken(trial, leaks);
            leaks.look("the output of the process", output.text());
        }
    }

    /** With a secret that nobody else has: what is said when it is not accepted. */
    private static void refused(Trial trial, WrittenSettings valid, List<ConfigKey<?>> keys, Leaks leaks) {
        String canary = "canary-" + Long.toString(trial.random().nextLong() >>> 1, 36);
        leaks.add(canary);
        WrittenSettings wrong = valid;
        for (ConfigKey<?> key : keys) {
            wrong = wrong.with(key.name(), canary);
        }
        Config config = trial.config(wrong.values());
        leaks.look("Config.toString", config.toString());
        trial.connector()
                .check(trial.role(), config, trial.context())
                .forEach(problem -> leaks.look("a problem of check", problem.toString()));
        try (Parts part = Parts.of(trial, config)) {
            leaks.look("toString", part.part().toString());
            part.open(trial.context());
        } catch (Exception e) {
            leaks.look("the error of open", e);
        }
        leaks.lookAtThreads();
    }

    /** With the right secrets: what is shown while it works, and when the connection breaks. */
    private static void broken(Trial trial, Leaks leaks) {
        Optional<FaultProxy> proxy = trial.fixture().endpoint().map(FaultProxy::before);
        Runnable fault = () -> proxy.ifPresent(relay -> {
            relay.strike(Fault.RESET);
            relay.refuse();
        });
        try {
            Map<String, Object> settings = trial.settings(
                            Variant.VALID,
                            proxy.map(FaultProxy::address)
                                    .or(() -> trial.fixture().endpoint()))
                    .orElseThrow();
            Config config = trial.config(settings);
            switch (trial.role()) {
                case SOURCE -> source(trial, config, leaks, fault);
                case SINK -> sink(trial, config, leaks, fault);
                case TRANSFORM, SEARCH, DECODER, ENCODER -> trial.note("nothing is read or written");
            }
        } finally {
            proxy.ifPresent(FaultProxy::close);
        }
    }

    private static void source(Trial trial, Config config, Leaks leaks, Runnable fault) {
        try (Source source = trial.connector().source(config)) {
            source.open(trial.context());
            Partition partition =
                    source.discover(Duration.ofSeconds(5)).partitions().get(0);
            leaks.look("a partition", partition + new String(partition.descriptor(), StandardCharsets.ISO_8859_1));
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                Poll poll = reader.poll(1, 1 << 20, WAIT);
                leaks.lookAtThreads();
                leaks.look("toString", source + " " + reader + " " + poll);
                if (poll instanceof Poll.Rows rows) {
                    leaks.look("a resume state", rows.after());
                    leaks.look("describe", source.describe(rows.after()).toString());
                }
                fault.run();
                reader.poll(1, 1 << 20, WAIT);
                reader.poll(1, 1 << 20, WAIT);
            }
        } catch (RuntimeException e) {
            leaks.look("an error of reading", e);
            rethrow(e);
        }
    }

    private static void sink(Trial trial, Config config, Leaks leaks, Runnable fault) {
        boolean transactional = trial.connector().descriptor().can(Capability.TRANSACTIONAL);
        try (Sink sink = trial.connector().sink(config)) {
            sink.open(trial.context());
            sink.plan(trial.fixture().sink().schema(), trial.fixture().sink().append());
            sink.provision();
            try (SinkWriter writer = sink.writer(new WriterSlot("conformance/sink", "run-1", 0, 1, -1), List.of())) {
                write(trial, writer, 1);
                if (transactional) {
                    writer.prepare().ifPresent(prepared -> leaks.look("a prepared handle", prepared.handle()));
                } else {
                    writer.flush();
                }
                writer.snapshot().ifPresent(state -> leaks.look("a writer's snapshot", state));
                leaks.lookAtThreads();
                leaks.look("toString", sink + " " + writer);
                fault.run();
                write(trial, writer, 2);
                if (transactional) {
                    writer.prepare();
                } else {
                    writer.flush();
                }
            }
        } catch (RuntimeException e) {
            leaks.look("an error of writing", e);
            rethrow(e);
        }
    }

    private static void write(Trial trial, SinkWriter writer, long epoch) {
        writer.begin(new EpochId("run-1", epoch));
        writer.write(trial.fixture().sink().batch(NumberedRow.inserts(trial.seed(), 0, epoch * 10, epoch * 10 + 5)));
    }

    /** Errors of the connection were asked for; a violation, or a hook that is missing, was not. */
    private static void rethrow(RuntimeException thrown) {
        if (!(thrown instanceof ConnectorException)) {
            throw thrown;
        }
    }
}
