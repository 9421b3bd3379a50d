package dev.penstock.connector.lancedb;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every role needs to find a table.
 *
 * @param options for Lance's object store; without secrets
 */
record TableSettings(
        String uri,
        String table,
        Optional<Secret> accessKey,
        Optional<Secret> secretKey,
        Optional<Secret> sessionToken,
        Map<String, String> options) {
    private static final String S3_GROUP = "S3";

    static final ConfigKey<String> URI = ConfigKey.string(
                    "uri", "The database: a directory, or s3://bucket/prefix; each table is a directory in it")
            .require()
            .example("./build/docs.lancedb");
    static final ConfigKey<String> TABLE =
            ConfigKey.string("table", "The name of the table").require().example("docs");
    static final ConfigKey<String> ENDPOINT = ConfigKey.string(
                    "endpoint", "The address of an S3 service other than Amazon's")
            .example("https://storage.example.com")
            .in(S3_GROUP);
    static final ConfigKey<String> REGION = ConfigKey.string("region", "The region of the bucket")
            .example("eu-central-1")
            .in(S3_GROUP);
    static final ConfigKey<Boolean> PATH_STYLE = ConfigKey.bool(
                    "path-style", "Whether the bucket goes into the path of requests rather than into the host name")
            .defaultValue(false)
            .in(S3_GROUP);
    static final ConfigKey<Boolean> ALLOW_HTTP = ConfigKey.bool(
                    "allow-http", "Whether an endpoint without encryption is accepted")
            .defaultValue(false)
            .in(S3_GROUP);
    static final ConfigKey<Secret> ACCESS_KEY = ConfigKey.secret(
                    "access-key", "The id of the access key; without it, the environment is asked")
            .example("secret://env/AWS_ACCESS_KEY_ID")
            .in(S3_GROUP);
    static final ConfigKey<Secret> SECRET_KEY = ConfigKey.secret(
                    "secret-key", "The secret that belongs to the access key")
            .example("secret://env/AWS_SECRET_ACCESS_KEY")
            .in(S3_GROUP);
    static final ConfigKey<Secret> SESSION_TOKEN = ConfigKey.secret(
                    "session-token", "The token of a temporary access key")
            .example("secret://env/AWS_SESSION_TOKEN")
            .in(S3_GROUP)
            .advancedOnly();

    private static final String DEFAULT_REGION = "us-east-1";

    TableSettings {
        options = Map.copyOf(options);
    }

    static ConfigSpec.Builder spec() {
        return ConfigSpec.builder()
                .keys(URI, TABLE, ENDPOINT, REGION, PATH_STYLE, ALLOW_HTTP, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN)
                .together(ACCESS_KEY, SECRET_KEY);
    }

    static TableSettings of(Config config) {
        Map<String, String> options = new TreeMap<>();
        config.find(ENDPOINT).ifPresent(endpoint -> options.put("aws_endpoint", endpoint));
        options.put("aws_region", config.find(REGION).orElse(DEFAULT_REGION));
        options.put("allow_http", config.get(ALLOW_HTTP).toString());
        options.put("aws_virtual_hosted_style_request", String.valueOf(!config.get(PATH_STYLE)));
        return new TableSettings(
                config.get(URI),
                config.get(TABLE),
                config.find(ACCESS_KEY),
                config.find(SECRET_KEY),
                config.find(SESSION_TOKEN),
                options);
    }

    /** All that Lance needs to reach the store; holds secrets, so keep it nowhere. */
    Map<String, String> storageOptions() {
        if (!uri.startsWith("s3://")) {
            return Map.of();
        }
        Map<String, String> all = new TreeMap<>(options);
        accessKey.ifPresent(key -> all.put("aws_access_key_id", key.reveal()));
        secretKey.ifPresent(key -> all.put("aws_secret_access_key", key.reveal()));
        sessionToken.ifPresent(token -> all.put("aws_session_token", token.reveal()));
        return all;
    }
}
