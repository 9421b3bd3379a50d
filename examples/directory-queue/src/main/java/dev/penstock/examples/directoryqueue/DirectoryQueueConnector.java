package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A directory in which others drop files, as a queue to take from and to drop into. */
public final class DirectoryQueueConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "directory-queue",
                "0.1.0",
                "Files dropped into the lanes of a directory, taken and dropped exactly once",
                Map.of(Role.SOURCE, SourceSettings.SPEC, Role.SINK, SinkSettings.SPEC),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
                        Capability.DISCOVERY,
                        Capability.REPLAYABLE,
                        Capability.PRUNES_ON_ACK,
                        Capability.AT_LEAST_ONCE,
                        Capability.TRANSACTIONAL,
                        Capability.FENCING));
    }

    @Override
    public Source source(Config config) {
        return new QueueSource(SourceSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new QueueSink(SinkSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        Path queue = context.baseDirectory()
                .resolve(
                        role == Role.SOURCE
                                ? SourceSettings.of(config).path()
                                : SinkSettings.of(config).path());
        if (!Files.isDirectory(queue)) {
            return List.of(Problem.error(
                    "path", Problem.Code.NOT_FOUND, "there is no directory '" + queue + "'", "create it"));
        }
        boolean allowed = Files.isReadable(queue) && (role == Role.SOURCE || Files.isWritable(queue));
        return allowed
                ? List.of()
                : List.of(Problem.error(
                        "path",
                        Problem.Code.PRIVILEGE,
                        "the process may not use '" + queue + "' as a " + role,
                        "give it access"));
    }
}
