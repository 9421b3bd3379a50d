package dev.penstock.connector.kafka;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Topics of Kafka and of what speaks its protocol: each partition of a topic is read on its own, in order. */
public final class KafkaConnector implements Connector {
    private static final Duration CHECK_WAIT = Duration.ofSeconds(4);

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "kafka",
                "0.1.0",
                "Topics of Kafka, read and written exactly once",
                Map.of(Role.SOURCE, SourceSettings.SPEC, Role.SINK, SinkSettings.SPEC),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
                        Capability.DISCOVERY,
                        Capability.REPLAYABLE,
                        Capability.AT_LEAST_ONCE,
                        Capability.UPSERT,
                        Capability.TRANSACTIONAL,
                        Capability.ATOMIC_ACROSS_WRITERS,
                        Capability.FENCING));
    }

    /** At least once, a sink has nothing to commit, and what is written twice is there twice. */
    @Override
    public Set<Capability> capabilities(Role role, Config config) {
        return role == Role.SINK && config.get(SinkSettings.DELIVERY) == SinkSettings.Delivery.AT_LEAST_ONCE
                ? Set.of(Capability.AT_LEAST_ONCE)
                : descriptor().capabilities();
    }

    @Override
    public Source source(Config config) {
        return new KafkaSource(SourceSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new KafkaSink(SinkSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        try {
            return role == Role.SINK
                    ? new KafkaSink(SinkSettings.of(config)).check(context, CHECK_WAIT)
                    : new KafkaSource(SourceSettings.of(config)).check(context, CHECK_WAIT);
        } catch (ConfigException e) {
            return e.problems();
        } catch (RetryableException e) {
            return List.of(problem(Problem.Code.CONNECTION, e));
        } catch (ConnectorException e) {
            return List.of(problem(Problem.Code.INVALID, e));
        }
    }

    private static Problem problem(Problem.Code code, ConnectorException cause) {
        return Problem.error(ConnectionSettings.BOOTSTRAP_SERVERS.name(), code, String.valueOf(cause.getMessage()), "");
    }
}
