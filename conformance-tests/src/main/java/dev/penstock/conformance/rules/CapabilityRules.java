package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.Source;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is not declared is refused, what is declared is done: CF-09. */
final class CapabilityRules {
    private static final Duration DISCOVERY = Duration.ofSeconds(5);

    private CapabilityRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                "CF-09",
                Tier.T1,
                "What a connector does not declare it refuses, and what it declares it takes",
                CapabilityRules::capabilities));
    }

    private static void capabilities(Trial trial) {
        requireOtherRolesRefused(trial);
        switch (trial.role()) {
            case SOURCE -> source(trial);
            case SINK -> sink(trial);
            case TRANSFORM, SEARCH, DECODER, ENCODER -> {
                // Their capabilities are promises about results, which have rules of their own.
            }
        }
    }

    private static void requireOtherRolesRefused(Trial trial) {
        ConnectorDescriptor descriptor = trial.connector().descriptor();
        for (Role role : Role.values()) {
            if (descriptor.spec(role).isEmpty()) {
                try (Parts part = Parts.of(trial.connector(), role, trial.config())) {
                    throw new RuleViolation(
                            "as a " + role + ", which it does not declare, the connector gave " + part.part(),
                            "the roles of its descriptor");
                } catch (UnsupportedOperationException expected) {
                    trial.note("as a " + role + ": refused");
                } catch (Exception e) {
                    throw new RuleViolation(
                            "as a " + role + ", which it does not declare, the connector threw " + e,
                            "the roles of its descriptor: leave the default method of other roles alone",
                            e);
                }
            }
        }
    }

    private static void source(Trial trial) {
        Outside.create(trial);
        ConnectorDescriptor descriptor = trial.connector().descriptor();
        if (!descriptor.can(Capability.BOUNDED) && !descriptor.can(Capability.UNBOUNDED)) {
            throw violation("a source declares neither BOUNDED nor UNBOUNDED");
        }
        try (Source source = trial.connector().source(trial.config())) {
            source.open(trial.context());
            Discovery discovery = source.discover(DISCOVERY);
            for (Partition partition : discovery.partitions()) {
                Capability wanted = partition.bounded() ? Capability.BOUNDED : Capability.UNBOUNDED;
                if (!descriptor.can(wanted)) {
                    throw violation("partition '" + partition.id() + "' is " + wanted + ", which is not declared");
                }
            }
            if (!discovery.complete() && !descriptor.can(Capability.DISCOVERY)) {
                throw violation("discover says that partitions may still appear, and DISCOVERY is not declared");
            }
        }
    }

    private static void sink(Trial trial) {
        Outside.create(trial);
        SinkSide side = trial.fixture().sink();
        ConnectorDescriptor descriptor = trial.connector().descriptor();
        try (Sink sink = trial.connector().sink(trial.config())) {
            sink.open(trial.context());
            upsert(sink, side, descriptor.can(Capability.UPSERT));
            committer(sink, descriptor.can(Capability.TRANSACTIONAL));
            if (!descriptor.can(Capability.SCHEMA_EVOLUTION)) {
                evolution(sink, side);
            }
        }
    }

    private static void upsert(Sink sink, SinkSide side, boolean declared) {
        SinkPlan plan = plan(sink, side.schema(), side.upsert());
        boolean refused = plan instanceof SinkPlan.Reject reject
                && reject.problems().stream().anyMatch(problem -> problem.code() == Problem.Code.UNSUPPORTED);
        if (!declared && !refused) {
            throw violation("UPSERT is not declared, and planning an upsert gave " + plan
                    + " instead of a rejection with code UNSUPPORTED");
        }
        if (declared && plan instanceof SinkPlan.Reject) {
            throw violation("UPSERT is declared, and planning one gave " + plan);
        }
    }

    private static void committer(Sink sink, boolean declared) {
        try {
            sink.committer("conformance/sink", "run-1").close();
            if (!declared) {
                throw violation("TRANSACTIONAL is not declared, and the sink gave a committer");
            }
        } catch (UnsupportedOperationException e) {
            if (declared) {
                throw violation("TRANSACTIONAL is declared, and the sink gave no committer: " + e.getMessage());
            }
        }
    }

    private static void evolution(Sink sink, SinkSide side) {
        sink.plan(side.schema(), side.append());
        sink.provision();
        List<Field> more = new ArrayList<>(side.schema().fields());
        more.add(Field.of("added_later", DataType.STRING));
        SinkPlan plan = plan(sink, Schema.of(more.toArray(Field[]::new)), side.append());
        if (plan instanceof SinkPlan.Evolve) {
            throw violation("SCHEMA_EVOLUTION is not declared, and planning a new column gave " + plan);
        }
    }

    private static SinkPlan plan(Sink sink, Schema schema, WriteMode mode) {
        try {
            return sink.plan(schema, mode);
        } catch (ConfigException e) {
            return new SinkPlan.Reject(e.problems());
        }
    }

    private static RuleViolation violation(String seen) {
        return new RuleViolation(
                seen, "the capabilities of the descriptor, and SinkPlan.Reject with Problem.Code.UNSUPPORTED");
    }
}
