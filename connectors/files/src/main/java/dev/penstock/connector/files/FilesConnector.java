package dev.penstock.connector.files;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files of the local file system: documents, lines, csv records or whole files, plain or packed.
 *
 * <p>As a source, each file is a partition and is resumed at the byte. As a sink, rows become visible by an atomic
 * rename at commit, or by an append where the path is that of a single file.
 */
public final class FilesConnector implements Connector {
    private static final Duration CHECK_WAIT = Duration.ofSeconds(10);

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "files",
                "0.1.0",
                "Documents, lines and records in local files, read and written exactly once",
                Map.of(Role.SOURCE, SourceSettings.SPEC, Role.SINK, SinkSettings.SPEC),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
                        Capability.DISCOVERY,
                        Capability.CHANGELOG,
                        Capability.REPLAYABLE,
                        Capability.AT_LEAST_ONCE,
                        Capability.TRANSACTIONAL,
                        Capability.FENCING));
    }

    @Override
    public Source source(Config config) {
        return new FilesSource(SourceSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new FilesSink(SinkSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        try {
            return role == Role.SINK
                    ? new FilesSink(SinkSettings.of(config)).check(context)
                    : checkSource(config, context);
        } catch (ConfigException e) {
            return e.problems();
        } catch (RetryableException e) {
            return List.of(Problem.error("path", Problem.Code.CONNECTION, String.valueOf(e.getMessage()), ""));
        }
    }

    private static List<Problem> checkSource(Config config, ConnectorContext context) {
        try (FilesSource source = new FilesSource(SourceSettings.of(config))) {
            source.open(context);
            boolean none = source.discover(CHECK_WAIT).partitions().isEmpty();
            return none
                    ? List.of(Problem.warning(
                            SourceSettings.PATH.name(),
                            Problem.Code.NOT_FOUND,
                            "no file is there that the glob matches",
                            "see that path and glob say what you mean"))
                    : List.of();
        }
    }
}
