package dev.penstock.connector.kafka;

import dev.penstock.local.LocalKafka;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one broker that all of them share; it is started when the first asks and ends with the last. */
final class RealBroker implements ParameterResolver {
    /** Looks for transactions that have timed out, and for logs to compact, more often than every ten seconds. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500", "log.cleaner.backoff.ms", "200");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(
                        TestCluster.class, type -> new TestCluster(LocalKafka.start(PROPERTIES)), TestCluster.class);
    }
}
