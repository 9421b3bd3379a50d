package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.plan.InProcessConnector;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Stands in plans for the sources and sinks that a program has made itself, which have no settings. */
final class ProgramConnector {
    /** What they are called in graphs and messages. */
    static final String NAME = "program";

    private static final ConfigSpec NO_SETTINGS = ConfigSpec.of();

    private ProgramConnector() {}

    static PlanNode source(String id, ItemSource<?> source) {
        return new PlanNode.SourceNode(id, new Reading(source), noSettings());
    }

    static PlanNode sink(String id, String input, ItemSink<?> sink) {
        return new PlanNode.SinkNode(
                id, List.of(input), new Writing(sink), noSettings(), WriteMode.append(), Duration.ZERO);
    }

    private static Config noSettings() {
        return NO_SETTINGS.parse(Map.of()).orThrow();
    }

    private record Reading(ItemSource<?> source) implements InProcessConnector {
        @Override
        public ConnectorDescriptor descriptor() {
            return new ConnectorDescriptor(
                    NAME, "0.1.0", "Items of a program", Map.of(Role.SOURCE, NO_SETTINGS), source.capabilities());
        }

        @Override
        public Source source(Config config) {
            return source.create();
        }
    }

    private record Writing(ItemSink<?> sink) implements InProcessConnector {
        @Override
        public ConnectorDescriptor descriptor() {
            return new ConnectorDescriptor(
                    NAME, "0.1.0", "Takes items in a program", Map.of(Role.SINK, NO_SETTINGS), sink.capabilities());
        }

        @Override
        public Sink sink(Config config) {
            return sink.create();
        }
    }
}
