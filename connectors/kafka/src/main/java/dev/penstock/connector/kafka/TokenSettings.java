package dev.penstock.connector.kafka;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a token is had for {@code oauthbearer}: from an endpoint, by the grant of client credentials of OAuth 2.0.
 *
 * @param endpoint where tokens are asked for
 * @param clientId who asks
 * @param clientSecret by what the endpoint knows
 * @param scope what the token is to be good for
 * @param authorities a PEM file of whom to trust about the endpoint
 */
record TokenSettings(
        String endpoint, String clientId, Secret clientSecret, Optional<String> scope, Optional<Path> authorities) {
    static final ConfigKey<String> ENDPOINT = ConfigKey.string(
                    "token-endpoint", "For oauthbearer: the URL that gives tokens for a client id and its secret")
            .example("https://login.example.com/oauth2/token")
            .in(ConnectionSettings.GROUP);
    static final ConfigKey<String> CLIENT_ID = ConfigKey.string(
                    "token-client-id", "The client id that tokens are asked for with")
            .in(ConnectionSettings.GROUP);
    static final ConfigKey<Secret> CLIENT_SECRET = ConfigKey.secret("token-client-secret", "The secret of the client")
            .example("secret://env/KAFKA_CLIENT_SECRET")
            .in(ConnectionSettings.GROUP);
    static final ConfigKey<String> SCOPE = ConfigKey.string(
                    "token-scope", "The scope that is asked for; none if not given")
            .in(ConnectionSettings.GROUP);
    static final ConfigKey<Path> AUTHORITIES = ConfigKey.path(
                    "token-authorities",
                    "A PEM file of the authorities to trust about the endpoint; those of the Java runtime if not given")
            .example("ca.pem")
            .in(ConnectionSettings.GROUP);

    private static final ConfigKey<?>[] KEYS = {ENDPOINT, CLIENT_ID, CLIENT_SECRET, SCOPE, AUTHORITIES};

    static ConfigKey<?>[] keys() {
        return KEYS.clone();
    }

    /** {@code spec} with what holds between these settings and {@code sasl}. */
    static ConfigSpec.Builder rules(ConfigSpec.Builder spec, ConfigKey<ConnectionSettings.Sasl> sasl) {
        ConfigSpec.Builder with = spec.together(ENDPOINT, CLIENT_ID, CLIENT_SECRET);
        for (ConnectionSettings.Sasl other : ConnectionSettings.Sasl.values()) {
            if (other != ConnectionSettings.Sasl.OAUTHBEARER) {
                with = with.whenForbid(sasl, other, KEYS);
            }
        }
        return with;
    }

    /** What {@code config} says, if it names an endpoint. */
    static Optional<TokenSettings> of(Config config) {
        return config.find(ENDPOINT)
                .map(endpoint -> new TokenSettings(
                        endpoint,
                        config.find(CLIENT_ID).orElseThrow(),
                        config.find(CLIENT_SECRET).orElseThrow(),
                        config.find(SCOPE),
                        config.find(AUTHORITIES)));
    }

    /** Whether the endpoint is one that can be asked: http or https, with a host. */
    boolean isUrl() {
        try {
            URI url = URI.create(endpoint);
            return url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
