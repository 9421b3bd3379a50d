package dev.penstock.connector.s3;

import dev.penstock.connector.s3.access.S3Access;
import dev.penstock.connector.s3.access.S3Access.RetryMode;
import dev.penstock.connector.s3.access.S3Keys;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a pipeline says about how to reach a bucket. */
record ConnectionSettings(String bucket, String prefix, S3Access access) {
    private static final String GROUP = "connection";
    private static final int MAX_ATTEMPTS = 20;
    private static final S3Keys S3 = new S3Keys("", GROUP);

    static final ConfigKey<String> BUCKET =
            ConfigKey.string("bucket", "The bucket with the objects").require().example("shop-data");
    static final ConfigKey<String> PREFIX = ConfigKey.string(
                    "prefix", "What the keys of all objects begin with, most likely with a slash at its end")
            .defaultValue("")
            .example("orders/");
    static final ConfigKey<RetryMode> RETRY_MODE = ConfigKey.choice(
                    "retry-mode",
                    RetryMode.class,
                    "Whether requests are also sent more slowly while the service asks for that")
            .defaultValue(RetryMode.STANDARD)
            .advancedOnly()
            .in(GROUP);
    static final ConfigKey<Integer> ATTEMPTS = ConfigKey.integer(
                    "attempts", "How often a request is tried before the engine is asked to wait and try again")
            .defaultValue(5)
            .min(1)
            .max(MAX_ATTEMPTS)
            .advancedOnly()
            .in(GROUP);
    static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration(
                    "timeout", "How long the service may be silent before a request is given up")
            .defaultValue("30s")
            .min(100)
            .advancedOnly()
            .in(GROUP);

    /** The settings of connections, with {@code others} behind the bucket and prefix. */
    static ConfigKey<?>[] with(ConfigKey<?>... others) {
        return Stream.of(
                        Stream.of(BUCKET, PREFIX),
                        Stream.of(others),
                        Stream.of(S3.keys()),
                        Stream.of(RETRY_MODE, ATTEMPTS, TIMEOUT))
                .flatMap(keys -> keys)
                .toArray(ConfigKey<?>[]::new);
    }

    /** {@code spec} with what holds between the settings of connections. */
    static ConfigSpec.Builder rules(ConfigSpec.Builder spec) {
        return S3.rules(spec);
    }

    static ConnectionSettings of(Config config) {
        S3Access.Retries retries = new S3Access.Retries(
                config.get(RETRY_MODE), config.get(ATTEMPTS), config.get(TIMEOUT), Optional.empty());
        return new ConnectionSettings(config.get(BUCKET), config.get(PREFIX), S3.of(config, retries));
    }

    /** How the place is called in messages. */
    String shown() {
        return "s3://" + bucket + "/" + prefix;
    }
}
