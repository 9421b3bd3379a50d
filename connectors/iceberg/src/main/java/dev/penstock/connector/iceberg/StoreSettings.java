package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.store.TableFiles;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How buckets of S3 are reached, where the files of a table are in one. */
record StoreSettings(Optional<URI> endpoint, Optional<String> region, boolean pathStyle, Login login) {
    private static final String GROUP = "s3";

    static final ConfigKey<URI> ENDPOINT = ConfigKey.uri(
                    "s3-endpoint", "For files in S3: where a service other than Amazon's listens, as a URL")
            .example("http://localhost:9000")
            .in(GROUP);
    static final ConfigKey<String> REGION = ConfigKey.string(
                    "s3-region",
                    "The region of the bucket; if not given, what the environment or profile says, or us-east-1 with an"
                            + " endpoint")
            .example("eu-central-1")
            .in(GROUP);
    static final ConfigKey<Boolean> PATH_STYLE = ConfigKey.bool(
                    "s3-path-style", "Whether the bucket is named in the path of URLs rather than in the host")
            .defaultValue(false)
            .in(GROUP);
    static final ConfigKey<Credentials> CREDENTIALS = ConfigKey.choice(
                    "s3-credentials",
                    Credentials.class,
                    "Where credentials come from: the environment, profiles, container or instance; the settings; or"
                            + " nowhere")
            .defaultValue(Credentials.DEFAULT)
            .in(GROUP);
    static final ConfigKey<String> ACCESS_KEY =
            ConfigKey.string("s3-access-key", "The id of the access key").in(GROUP);
    static final ConfigKey<Secret> SECRET_KEY = ConfigKey.secret("s3-secret-key", "The secret of the access key")
            .example("secret://env/S3_SECRET_KEY")
            .in(GROUP);
    static final ConfigKey<Secret> SESSION_TOKEN = ConfigKey.secret(
                    "s3-session-token", "The token that goes with an access key that is valid for some time")
            .advancedOnly()
            .in(GROUP);

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

    /** {@code spec} with these settings. */
    static ConfigSpec.Builder with(ConfigSpec.Builder spec) {
        return spec.keys(ENDPOINT, REGION, PATH_STYLE, CREDENTIALS, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN)
                .whenRequire(CREDENTIALS, Credentials.STATIC, ACCESS_KEY, SECRET_KEY)
                .whenForbid(CREDENTIALS, Credentials.DEFAULT, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN)
                .whenForbid(CREDENTIALS, Credentials.ANONYMOUS, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN);
    }

    static StoreSettings of(Config config) {
        return new StoreSettings(
                config.find(ENDPOINT),
                config.find(REGION),
                config.get(PATH_STYLE),
                new Login(
                        config.get(CREDENTIALS),
                        config.find(ACCESS_KEY),
                        config.find(SECRET_KEY),
                        config.find(SESSION_TOKEN)));
    }

    /** The same as {@link TableFiles} wants it, secrets too; without what a catalog may know better. */
    Map<String, String> properties() {
        Map<String, String> all = new TreeMap<>();
        endpoint.ifPresent(uri -> all.put(TableFiles.ENDPOINT, uri.toString()));
        region.ifPresent(name -> all.put(TableFiles.REGION, name));
        if (pathStyle) {
            all.put(TableFiles.PATH_STYLE, "true");
        }
        if (login.from() == Credentials.ANONYMOUS) {
            all.put(TableFiles.ANONYMOUS, "true");
        }
        login.accessKey().ifPresent(id -> all.put(TableFiles.ACCESS_KEY, id));
        login.secretKey().ifPresent(secret -> all.put(TableFiles.SECRET_KEY, secret.reveal()));
        login.sessionToken().ifPresent(token -> all.put(TableFiles.SESSION_TOKEN, token.reveal()));
        return all;
    }
}
