package dev.penstock.connector.s3;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects in buckets of S3 and of what speaks its protocol: documents, lines, csv records or whole objects, plain or
 * packed.
 *
 * <p>As a source, objects are divided into shards by their keys, and are resumed at the byte. As a sink, rows become
 * visible when uploads are completed at commit.
 */
public final class S3Connector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "s3",
                "0.1.0",
                "Objects in buckets of S3, read and written exactly once",
                Map.of(Role.SOURCE, SourceSettings.SPEC, Role.SINK, SinkSettings.SPEC),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
                        Capability.CHANGELOG,
                        Capability.REPLAYABLE,
                        Capability.AT_LEAST_ONCE,
                        Capability.TRANSACTIONAL,
                        Capability.FENCING));
    }

    @Override
    public Source source(Config config) {
        return new S3Source(SourceSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new S3Sink(SinkSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        try {
            if (role == Role.SINK) {
                new S3Sink(SinkSettings.of(config)).check();
            } else {
                new S3Source(SourceSettings.of(config)).check();
            }
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        } catch (RetryableException e) {
            return List.of(problem(Problem.Code.CONNECTION, e));
        } catch (ConnectorException e) {
            return List.of(problem(Problem.Code.INVALID, e));
        }
    }

    private static Problem problem(Problem.Code code, ConnectorException cause) {
        return Problem.error(ConnectionSettings.BUCKET.name(), code, String.valueOf(cause.getMessage()), "");
    }
}
