package dev.penstock.connector.s3;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What a pipeline says about how to reach a bucket. */
record ConnectionSettings(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Login login,
        Retries retries) {
    /** Where credentials come from. */
    enum Credentials {
        /** From the first place that has some: environment, profile files, container, instance. */
        DEFAULT,
        /** From the settings. */
        STATIC,
        /** From nowhere: requests are not signed. */
        ANONYMOUS
    }

    /** Who the pipeline is. */
    record Login(
            Credentials from, Optional<String> accessKey, Optional<Secret> secretKey, Optional<Secret> sessionToken) {}

    /** How requests are slowed down when the service is busy. */
    enum RetryMode {
        /** Waits twice as long each time, with jitter, and stops when too many requests fail. */
        STANDARD,
        /** The same, and sends fewer requests a second while the service says that there are too many. */
        ADAPTIVE
    }

    /** What is done about requests that fail. */
    record Retries(RetryMode mode, int attempts, Duration timeout) {}

    private static final String GROUP = "connection";
    private static final int MAX_ATTEMPTS = 20;

    static final ConfigKey<String> BUCKET =
            ConfigKey.string("bucket", "The bucket with the objects").require().example("shop-data");
    static final ConfigKey<String> PREFIX = ConfigKey.string(
                    "prefix", "What the keys of all objects begin with, most likely with a slash at its end")
            .defaultValue("")
            .example("orders/");
    static final ConfigKey<URI> ENDPOINT = ConfigKey.uri(
                    "endpoint", "Where a service other than Amazon's listens, as a URL")
            .example("http://localhost:9000")
            .in(GROUP);
    static final ConfigKey<String> REGION = ConfigKey.string(
                    "region",
                    "The region of the bucket; if not given, what the environment or profile says, or us-east-1 with an"
                            + " endpoint")
            .example("eu-central-1")
            .in(GROUP);
    static final ConfigKey<Boolean> PATH_STYLE = ConfigKey.bool(
                    "path-style", "Whether the bucket is named in the path of URLs rather than in the host")
            .defaultValue(false)
            .in(GROUP);
    static final ConfigKey<Credentials> CREDENTIALS = ConfigKey.choice(
                    "credentials",
                    Credentials.class,
                    "Where credentials come from: the environment, profiles, container or instance; the settings; or"
                            + " nowhere")
            .defaultValue(Credentials.DEFAULT)
            .in(GROUP);
    static final ConfigKey<String> ACCESS_KEY =
            ConfigKey.string("access-key", "The id of the access key").in(GROUP);
    static final ConfigKey<Secret> SECRET_KEY = ConfigKey.secret("secret-key", "The secret of the access key")
            .example("secret://env/S3_SECRET_KEY")
            .in(GROUP);
    static final ConfigKey<Secret> SESSION_TOKEN = ConfigKey.secret(
                    "session-token", "The token that goes with an access key that is valid for some time")
            .advancedOnly()
            .in(GROUP);
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
        ConfigKey<?>[] own = {
            ENDPOINT,
            REGION,
            PATH_STYLE,
            CREDENTIALS,
            ACCESS_KEY,
            SECRET_KEY,
            SESSION_TOKEN,
            RETRY_MODE,
            ATTEMPTS,
            TIMEOUT
        };
        ConfigKey<?>[] all = new ConfigKey<?>[2 + others.length + own.length];
        all[0] = BUCKET;
        all[1] = PREFIX;
        System.arraycopy(others, 0, all, 2, others.length);
        System.arraycopy(own, 0, all, 2 + others.length, own.length);
        return all;
    }

    /** {@code spec} with what holds between the settings of connections. */
    static ConfigSpec.Builder rules(ConfigSpec.Builder spec) {
        return spec.whenRequire(CREDENTIALS, Credentials.STATIC, ACCESS_KEY, SECRET_KEY)
                .whenForbid(CREDENTIALS, Credentials.DEFAULT, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN)
                .whenForbid(CREDENTIALS, Credentials.ANONYMOUS, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN);
    }

    static ConnectionSettings of(Config config) {
        return new ConnectionSettings(
                config.get(BUCKET),
                config.get(PREFIX),
                config.find(ENDPOINT),
                config.find(REGION),
                config.get(PATH_STYLE),
                new Login(
                        config.get(CREDENTIALS),
                        config.find(ACCESS_KEY),
                        config.find(SECRET_KEY),
                        config.find(SESSION_TOKEN)),
                new Retries(config.get(RETRY_MODE), config.get(ATTEMPTS), config.get(TIMEOUT)));
    }

    /** How the place is called in messages. */
    String shown() {
        return "s3://" + bucket + "/" + prefix;
    }
}
