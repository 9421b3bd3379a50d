package dev.penstock.conformance.reference;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What a pipeline says about the server, whatever it reads or writes there. */
record ServerSettings(String host, int port, String user, Secret password, Duration timeout) {
    static final ConfigKey<String> HOST = ConfigKey.string("host", "The host that the server runs on")
            .require()
            .example("127.0.0.1");
    static final ConfigKey<Integer> PORT = ConfigKey.integer("port", "Where the server listens")
            .require()
            .min(1)
            .max(65_535)
            .example("9400");
    static final ConfigKey<String> USER =
            ConfigKey.string("user", "Who connects to the server").require().example("penstock");
    static final ConfigKey<Secret> PASSWORD = ConfigKey.secret("password", "What the user is let in with")
            .require()
            .example("secret://env/MEMORY_PASSWORD");
    static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration(
                    "timeout", "How long connecting or a reply may take before the connection is given up")
            .defaultValue("10s")
            .min(100)
            .max(600_000)
            .advancedOnly();

    /** A spec of the keys of the server, for others to be added. */
    static ConfigSpec.Builder spec() {
        return ConfigSpec.builder().keys(HOST, PORT, USER, PASSWORD, TIMEOUT);
    }

    static ServerSettings of(Config config) {
        return new ServerSettings(
                config.get(HOST), config.get(PORT), config.get(USER), config.get(PASSWORD), config.get(TIMEOUT));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** For people. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
