package dev.penstock.conformance.reference;

import dev.penstock.conformance.reference.MemoryClient.User;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The settings of a sink, and how to reach its server. */
record MemorySinkSettings(String host, int port, String user, Secret password, String table, Duration timeout) {
    static final ConfigKey<String> HOST = ConfigKey.string("host", "The host that the server runs on")
            .require()
            .example("localhost");
    static final ConfigKey<Integer> PORT = ConfigKey.integer("port", "The port that the server listens at")
            .require()
            .min(1)
            .max(65_535)
            .example("4711");
    static final ConfigKey<String> USER =
            ConfigKey.string("user", "Who connects to the server").require().example("writer");
    static final ConfigKey<Secret> PASSWORD = ConfigKey.secret("password", "What lets the user in at the server")
            .require()
            .example("secret://env/MEMORY_PASSWORD");
    static final ConfigKey<String> TABLE = ConfigKey.string("table", "The table to write to; made if need be")
            .require()
            .example("orders");
    static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration(
                    "timeout", "The longest that the server may take to reply")
            .defaultValue("2s")
            .min(10);
    static final ConfigSpec SPEC = ConfigSpec.of(HOST, PORT, USER, PASSWORD, TABLE, TIMEOUT);

    static MemorySinkSettings of(Config config) {
        return new MemorySinkSettings(
                config.get(HOST),
                config.get(PORT),
                config.get(USER),
                config.get(PASSWORD),
                config.get(TABLE),
                config.get(TIMEOUT));
    }

    /** Connects; the password is revealed here and kept nowhere. */
    MemoryClient connect() throws IOException {
        return MemoryClient.connect(new InetSocketAddress(host, port), new User(user, password.reveal()), timeout);
    }

    /** The place for people. */
    @Override
    public String toString() {
        return "table '" + table + "' of memory server " + host + ":" + port;
    }
}
