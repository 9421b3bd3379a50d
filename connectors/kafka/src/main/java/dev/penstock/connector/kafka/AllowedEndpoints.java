package dev.penstock.connector.kafka;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.util.Arrays;
import java.util.Properties;

/**
 * Lets the client of Kafka ask an endpoint for tokens. It asks none that a system property does not name, so that
 * whoever may only configure a client cannot make a shared server connect anywhere. Here the pipeline names the
 * endpoint, and whoever writes pipelines says what the process connects to; but where the property was set for the
 * process, it holds.
 */
final class AllowedEndpoints {
    /** Read by the client, each time it makes something that asks. */
    static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    /** What was last set here: the property is shared by all that is loaded in the process. */
    private static final String OURS = "penstock.kafka.allowed-token-endpoints";

    private AllowedEndpoints() {}

    /**
     * Allows {@code url}.
     *
     * @throws ConfigException if somebody else has said which are allowed, and not this one
     */
    static void allow(String url) {
        Properties properties = System.getProperties();
        synchronized (properties) {
            String allowed = properties.getProperty(ALLOWED, "");
            if (Arrays.stream(allowed.split(",", -1)).map(String::strip).anyMatch(url::equals)) {
                return;
            }
            // An empty option of the process allows none.
            if (properties.getProperty(ALLOWED) != null && !allowed.equals(properties.getProperty(OURS))) {
                throw new ConfigException(
                        TokenSettings.ENDPOINT.name(),
                        Problem.Code.NOT_ALLOWED,
                        "Cannot ask '" + url + "' for tokens: this process was started with -D" + ALLOWED
                                + ", which does not name it",
                        "add it there, or leave that option out: then those of pipelines are allowed");
            }
            String extended = allowed.isEmpty() ? url : allowed + "," + url;
            properties.setProperty(OURS, extended);
            properties.setProperty(ALLOWED, extended);
        }
    }
}
