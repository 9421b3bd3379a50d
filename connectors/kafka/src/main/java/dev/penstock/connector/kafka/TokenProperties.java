package dev.penstock.connector.kafka;

import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes of the settings of tokens what the clients of Kafka are configured with. */
final class TokenProperties {
    private static final String PACKAGE = "org.apache.kafka.common.security.oauthbearer.";
    private static final String LOGIN = "sasl.jaas.config";
    private static final String ENDPOINT = "sasl.oauthbearer.token.endpoint.url";

    private static final int SILENCE_MILLIS = 10_000;

    private TokenProperties() {}

    /** Adds to {@code problems} what is wrong with {@code tokens} beside the properties {@code client}. */
    static void check(TokenSettings tokens, Map<String, String> client, List<Problem> problems) {
        if (!tokens.isUrl()) {
            problems.add(Problem.error(
                    TokenSettings.ENDPOINT.name(),
                    Problem.Code.INVALID,
                    "is not a URL that can be asked",
                    "write it as https://login.example.com/oauth2/token"));
        }
        if (client.containsKey(ENDPOINT)) {
            problems.add(conflict(ENDPOINT, TokenSettings.ENDPOINT.name()));
        }
        if (tokens.authorities().isPresent() && client.containsKey(LOGIN)) {
            problems.add(conflict(LOGIN, TokenSettings.AUTHORITIES.name()));
        }
    }

    private static Problem conflict(String property, String setting) {
        return Problem.error(
                ConnectionSettings.CLIENT.name() + "." + property,
                Problem.Code.CONFLICT,
                "cannot be given together with '" + setting + "'",
                "remove one of them");
    }

    /** Puts what belongs to {@code oauthbearer}; what {@code client} says wins afterwards. */
    static void put(ConnectionSettings connection, Path base, Map<String, Object> properties) {
        properties.put(LOGIN, PACKAGE + "OAuthBearerLoginModule required;");
        connection.tokens().ifPresent(tokens -> put(tokens, base, properties));
        String endpoint = connection
                .tokens()
                .map(TokenSettings::endpoint)
                .orElseGet(() -> connection.client().getOrDefault(ENDPOINT, ""));
        if (!endpoint.isEmpty()) {
            AllowedEndpoints.allow(endpoint);
        }
    }

    private static void put(TokenSettings tokens, Path base, Map<String, Object> properties) {
        properties.put("sasl.login.callback.handler.class", PACKAGE + "OAuthBearerLoginCallbackHandler");
        // Named, because what the client takes by itself looks at first for a library that only brokers need.
        properties.put("sasl.oauthbearer.jwt.retriever.class", PACKAGE + "ClientCredentialsJwtRetriever");
        properties.put("sasl.oauthbearer.jwt.validator.class", PACKAGE + "ClientJwtValidator");
        properties.put(ENDPOINT, tokens.endpoint());
        // The client waits for ever by itself, while the pipeline is being opened.
        properties.put("sasl.login.connect.timeout.ms", SILENCE_MILLIS);
        properties.put("sasl.login.read.timeout.ms", SILENCE_MILLIS);
        properties.put("sasl.oauthbearer.client.credentials.client.id", tokens.clientId());
        properties.put(
                "sasl.oauthbearer.client.credentials.client.secret",
                tokens.clientSecret().reveal());
        tokens.scope().ifPresent(scope -> properties.put("sasl.oauthbearer.scope", scope));
        tokens.authorities()
                .map(base::resolve)
                .ifPresent(file -> properties.put(
                        LOGIN,
                        PACKAGE + "OAuthBearerLoginModule required ssl.truststore.type=\"PEM\" ssl.truststore.location="
                                + ClientProperties.quoted(file.toString()) + ";"));
    }
}
