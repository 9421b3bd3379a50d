package dev.penstock.format.registry;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach a schema registry.
 *
 * @param urls of the same registry, tried in turn; at least one
 * @param user for basic authentication, with the password
 * @param token sent as a bearer token
 * @param authorities PEM file of the authorities to trust instead of Java's
 * @param certificate PEM file of the certificate to show, with the key
 * @param timeout of one call
 * @param retry how long a call is repeated
 */
public record RegistrySettings(
        List<URI> urls,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Secret> token,
        Optional<Path> authorities,
        Optional<Path> certificate,
        Optional<Path> key,
        Duration timeout,
        Duration retry) {
    private static final String GROUP = "registry";

    /** Where the registry is. */
    public static final ConfigKey<List<String>> REGISTRY = ConfigKey.strings(
                    "registry", "The URL of the schema registry, or several of one registry, tried in turn")
            .example("http://localhost:8081")
            .in(GROUP);

    private static final ConfigKey<String> USER =
            ConfigKey.string("registry-user", "The user name for the registry").in(GROUP);
    private static final ConfigKey<Secret> PASSWORD = ConfigKey.secret(
                    "registry-password", "The password for the registry")
            .example("secret://env/REGISTRY_PASSWORD")
            .in(GROUP);
    private static final ConfigKey<Secret> TOKEN = ConfigKey.secret(
                    "registry-token", "A bearer token for the registry, in place of user and password")
            .example("secret://file/token")
            .in(GROUP);
    private static final ConfigKey<Path> AUTHORITIES = ConfigKey.path(
                    "registry-tls-authorities",
                    "A PEM file of the authorities to trust; those of the Java runtime if not given")
            .example("ca.pem")
            .in(GROUP);
    private static final ConfigKey<Path> CERTIFICATE = ConfigKey.path(
                    "registry-tls-certificate", "A PEM file of the certificate to show to the registry, with its chain")
            .example("client.pem")
            .in(GROUP);
    private static final ConfigKey<Path> KEY = ConfigKey.path(
                    "registry-tls-key", "A PEM file of the private key of the certificate, in PKCS #8, not encrypted")
            .example("client.key")
            .in(GROUP);
    private static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration(
                    "registry-timeout", "How long one call to the registry may take")
            .defaultValue("10s")
            .min(1)
            .advancedOnly()
            .in(GROUP);
    private static final ConfigKey<Duration> RETRY = ConfigKey.duration(
                    "registry-retry", "How long a call is repeated while the registry is down, before the pipeline is")
            .defaultValue("30s")
            .min(0)
            .advancedOnly()
            .in(GROUP);

    public RegistrySettings {
        urls = List.copyOf(urls);
    }

    /** {@code spec} with the settings of a registry behind its own, and the rules between them. */
    public static ConfigSpec.Builder behind(ConfigSpec.Builder spec) {
        return spec.keys(REGISTRY, USER, PASSWORD, TOKEN, AUTHORITIES, CERTIFICATE, KEY, TIMEOUT, RETRY)
                .together(USER, PASSWORD)
                .exclusive(USER, TOKEN)
                .together(CERTIFICATE, KEY);
    }

    /** The registry that {@code config} names, if it does. */
    public static Optional<RegistrySettings> of(Config config) {
        return config.find(REGISTRY)
                .filter(urls -> !urls.isEmpty())
                .map(urls -> new RegistrySettings(
                        urls.stream().map(RegistrySettings::url).toList(),
                        config.find(USER),
                        config.find(PASSWORD),
                        config.find(TOKEN),
                        file(config, AUTHORITIES),
                        file(config, CERTIFICATE),
                        file(config, KEY),
                        config.get(TIMEOUT),
                        config.get(RETRY)));
    }

    private static Optional<Path> file(Config config, ConfigKey<Path> key) {
        return config.find(key).map(path -> config.baseDirectory().resolve(path));
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for addresses of another kind.
        }
        throw RegistryProblems.notAnAddress(text);
    }

    /** The addresses for people. */
    String place() {
        return urls.stream()
                .map(URI::toString)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }
}
