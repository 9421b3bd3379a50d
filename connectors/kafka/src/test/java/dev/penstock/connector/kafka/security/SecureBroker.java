package dev.penstock.connector.kafka.security;

import dev.penstock.local.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A broker with a door for each way to say who one is. Behind all of them {@value #ALICE} may do everything except what
 * is denied to her; nobody else may do anything, except the broker itself.
 */
public final class SecureBroker implements AutoCloseable {
    /** The user of pipelines. */
    public static final String ALICE = "alice";
    /** Her password, whatever the mechanism. */
    public static final String PASSWORD = "canary-4711-of-alice";
    /** A user with a password that must be quoted, who may do nothing. */
    public static final String CAROL = "carol";
    /** Her password. */
    public static final String ODD_PASSWORD = "canary \"0815\" \\ of carol";

    private static final String BROKER_PASSWORD = "of-the-broker";
    private static final String LOGIN = "org.apache.kafka.common.security.";
    private static final String PLAIN_LOGIN = LOGIN + "plain.PlainLoginModule required username=";

    /** A way in. */
    public enum Door {
        /** By password. */
        PASSWORDS("SASL_PLAINTEXT"),
        /** By token. */
        TOKENS("SASL_PLAINTEXT"),
        /** Encrypted, for whoever comes. */
        TLS("SSL"),
        /** Encrypted, by certificate. */
        MUTUAL("SSL"),
        /** Encrypted, with a certificate of the broker that has expired. */
        EXPIRED("SSL"),
        /** Encrypted, by password. */
        BOTH("SASL_SSL");

        private final String protocol;

        Door(String protocol) {
            this.protocol = protocol;
        }

        private String property(String name) {
            return "listener.name." + name().toLowerCase(Locale.ROOT) + "." + name;
        }
    }

    private final Authority authority = new Authority("penstock tests");
    private final Map<Door, Integer> ports = new EnumMap<>(Door.class);
    private final LocalKafka kafka;

    /** Starts it. */
    public SecureBroker() {
        for (Door door : Door.values()) {
            ports.put(door, freePort());
        }
        kafka = LocalKafka.start(
                properties(),
                List.of(
                        "--add-scram",
                        "SCRAM-SHA-256=[name=" + ALICE + ",password=" + PASSWORD + "]",
                        "--add-scram",
                        "SCRAM-SHA-512=[name=" + ALICE + ",password=" + PASSWORD + "]"));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        String doors = ports.entrySet().stream()
                .map(door -> door.getKey() + "://127.0.0.1:" + door.getValue())
                .collect(Collectors.joining(","));
        properties.put("listeners", doors + ",OWN://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller-port}");
        properties.put("advertised.listeners", doors + ",OWN://127.0.0.1:{port}");
        properties.put(
                "listener.security.protocol.map",
                ports.keySet().stream().map(door -> door + ":" + door.protocol).collect(Collectors.joining(","))
                        + ",OWN:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "OWN");
        properties.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER");
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("super.users", "User:ANONYMOUS");
        putPasswords(properties);
        putCertificates(properties);
        return properties;
    }

    private static void putPasswords(Map<String, String> properties) {
        String quoted = ODD_PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
        String plain = PLAIN_LOGIN + "\"broker\" password=\"" + BROKER_PASSWORD + "\" user_" + ALICE + "=\"" + PASSWORD
                + "\" user_" + CAROL + "=\"" + quoted + "\";";
        String scram = LOGIN + "scram.ScramLoginModule required;";
        for (Door door : List.of(Door.PASSWORDS, Door.BOTH)) {
            properties.put(door.property("plain.sasl.jaas.config"), plain);
            properties.put(door.property("scram-sha-256.sasl.jaas.config"), scram);
            properties.put(door.property("scram-sha-512.sasl.jaas.config"), scram);
            properties.put(door.property("sasl.enabled.mechanisms"), "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        }
        properties.put(Door.TOKENS.property("sasl.enabled.mechanisms"), "OAUTHBEARER");
        properties.put(
                Door.TOKENS.property("oauthbearer.sasl.jaas.config"),
                LOGIN + "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";");
    }

    private void putCertificates(Map<String, String> properties) {
        Authority.Identity own = authority.issue("broker");
        Authority.Identity expired = authority.issueExpired("broker");
        for (Door door : List.of(Door.TLS, Door.MUTUAL, Door.BOTH, Door.EXPIRED)) {
            Authority.Identity shown = door == Door.EXPIRED ? expired : own;
            properties.put(door.property("ssl.keystore.type"), "PEM");
            properties.put(door.property("ssl.keystore.certificate.chain"), shown.chain());
            properties.put(door.property("ssl.keystore.key"), shown.key());
            properties.put(door.property("ssl.truststore.type"), "PEM");
            properties.put(door.property("ssl.truststore.certificates"), authority.pem());
        }
        properties.put(Door.MUTUAL.property("ssl.client.auth"), "required");
        properties.put("ssl.principal.mapping.rules", "RULE:^CN=(.*?)$/$1/");
    }

    /** Where clients connect to. */
    public String at(Door door) {
        return "127.0.0.1:" + ports.get(door);
    }

    /** Whom the broker trusts, and who has signed its certificates. */
    public Authority authority() {
        return authority;
    }

    /** The broker; there is a door in plain text for tests alone. */
    public LocalKafka kafka() {
        return kafka;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
