package dev.penstock.connector.kafka.security;

import dev.penstock.local.LocalKafka;
import java.util.List;
import java.util.Map;

/**
 * A broker that lets in whoever has a token of its service: signed, not expired, from its issuer and for its audience.
 * It looks at tokens with Kafka's own validator, which takes the key from the service, and ends connections whose token
 * has expired. {@value SecureBroker#ALICE} may do everything.
 */
public final class TokenBroker implements AutoCloseable {
    private static final String DOOR = "listener.name.tokens.";
    private static final String PACKAGE = "org.apache.kafka.common.security.oauthbearer.";

    private final Authority authority = new Authority("penstock tests");
    private final TokenService service = new TokenService(authority);
    private final int door = SecureBroker.freePort();
    private final LocalKafka kafka;

    /** Starts it, and the service before it. */
    public TokenBroker() {
        String doors = "TOKENS://127.0.0.1:" + door + ",OWN://127.0.0.1:{port}";
        kafka = LocalKafka.start(
                Map.ofEntries(
                        Map.entry("listeners", doors + ",CONTROLLER://127.0.0.1:{controller-port}"),
                        Map.entry("advertised.listeners", doors),
                        Map.entry(
                                "listener.security.protocol.map",
                                "TOKENS:SASL_PLAINTEXT,OWN:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("inter.broker.listener.name", "OWN"),
                        Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                        Map.entry("super.users", "User:ANONYMOUS;User:" + SecureBroker.ALICE),
                        Map.entry(DOOR + "sasl.enabled.mechanisms", "OAUTHBEARER"),
                        Map.entry(DOOR + "oauthbearer.sasl.jaas.config", PACKAGE + "OAuthBearerLoginModule required;"),
                        Map.entry(
                                DOOR + "oauthbearer.sasl.server.callback.handler.class",
                                PACKAGE + "OAuthBearerValidatorCallbackHandler"),
                        Map.entry(DOOR + "oauthbearer.connections.max.reauth.ms", "3600000"),
                        Map.entry("sasl.oauthbearer.jwks.endpoint.url", service.keySetUrl()),
                        Map.entry("sasl.oauthbearer.expected.issuer", TokenService.ISSUER),
                        Map.entry("sasl.oauthbearer.expected.audience", TokenService.AUDIENCE),
                        Map.entry("sasl.oauthbearer.clock.skew.seconds", "0")),
                List.of(),
                List.of("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + service.keySetUrl()));
    }

    /** Who gives tokens. */
    public TokenService service() {
        return service;
    }

    /** Who has signed the certificate of the service. */
    public Authority authority() {
        return authority;
    }

    /** Where clients with tokens connect to. */
    public String bootstrapServers() {
        return "127.0.0.1:" + door;
    }

    /** The broker; there is a door in plain text for tests alone. */
    public LocalKafka kafka() {
        return kafka;
    }

    @Override
    public void close() {
        kafka.close();
        service.close();
    }
}
