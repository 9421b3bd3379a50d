package dev.penstock.connector.s3.access;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.net.URI;
import java.util.function.Supplier;

/** What a pipeline says about how S3 is reached, with a prefix where a connector has other settings of these names. */
public final class S3Keys {
    /** Where credentials come from. */
    public enum Credentials {
        /** From the first place that has some: environment, profile files, container, instance. */
        DEFAULT,
        /** From the settings. */
        STATIC,
        /** From nowhere: requests are not signed. */
        ANONYMOUS
    }

    private final ConfigKey<URI> endpoint;
    private final ConfigKey<String> region;
    private final ConfigKey<Boolean> pathStyle;
    private final ConfigKey<Credentials> credentials;
    private final ConfigKey<String> accessKey;
    private final ConfigKey<Secret> secretKey;
    private final ConfigKey<Secret> sessionToken;

    /**
     * Settings whose names begin with {@code prefix}, which may be empty.
     *
     * @param heading under which they are listed for people
     */
    public S3Keys(String prefix, String heading) {
        this.endpoint = ConfigKey.uri(prefix + "endpoint", "Where an S3 service other than Amazon's listens, as a URL")
                .example("http://localhost:9000")
                .in(heading);
        this.region = ConfigKey.string(
                        prefix + "region",
                        "The region of the bucket; if not given, what the environment or profile says, or us-east-1"
                                + " with an endpoint")
                .example("eu-central-1")
                .in(heading);
        this.pathStyle = ConfigKey.bool(
                        prefix + "path-style",
                        "Whether the bucket is named in the path of URLs rather than in the host")
                .defaultValue(false)
                .in(heading);
        this.credentials = ConfigKey.choice(
                        prefix + "credentials",
                        Credentials.class,
                        "Where credentials come from: the environment, profiles, container or instance; the settings;"
                                + " or nowhere")
                .defaultValue(Credentials.DEFAULT)
                .in(heading);
        this.accessKey = ConfigKey.string(prefix + "access-key", "The id of the access key")
                .in(heading);
        this.secretKey = ConfigKey.secret(prefix + "secret-key", "The secret of the access key")
                .example("secret://env/S3_SECRET_KEY")
                .in(heading);
        this.sessionToken = ConfigKey.secret(
                        prefix + "session-token", "The token that goes with an access key that is valid for some time")
                .advancedOnly()
                .in(heading);
    }

    /** These settings, in the order that people read them. */
    public ConfigKey<?>[] keys() {
        return new ConfigKey<?>[] {endpoint, region, pathStyle, credentials, accessKey, secretKey, sessionToken};
    }

    /** {@code spec} with what holds between these settings. */
    public ConfigSpec.Builder rules(ConfigSpec.Builder spec) {
        return spec.whenRequire(credentials, Credentials.STATIC, accessKey, secretKey)
                .whenForbid(credentials, Credentials.DEFAULT, accessKey, secretKey, sessionToken)
                .whenForbid(credentials, Credentials.ANONYMOUS, accessKey, secretKey, sessionToken);
    }

    /** What the settings say. */
    public S3Access of(Config config, S3Access.Retries retries) {
        return new S3Access(
                config.find(endpoint),
                config.find(region),
                config.get(pathStyle),
                login(config),
                requireNonNull(retries, "retries"));
    }

    private S3Login login(Config config) {
        return switch (config.get(credentials)) {
            case DEFAULT -> new S3Login.Machine();
            case ANONYMOUS -> new S3Login.Anonymous();
            case STATIC ->
                new S3Login.Key(
                        config.get(accessKey),
                        config.get(secretKey)::reveal,
                        config.find(sessionToken).map(token -> (Supplier<String>) token::reveal));
        };
    }
}
