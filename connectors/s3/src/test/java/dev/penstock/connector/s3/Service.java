package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.local.LocalS3;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A service for all tests of the module, with a bucket and a client of its own. */
final class Service implements AutoCloseable {
    static final String BUCKET = "tests";

    private final LocalS3 service = LocalS3.start();
    private final S3Client client;

    Service() {
        service.createBucket(BUCKET);
        client = S3Client.builder()
                .endpointOverride(URI.create(service.endpoint()))
                .region(Region.of(LocalS3.REGION))
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    LocalS3 server() {
        return service;
    }

    void put(String key, String text) {
        put(key, text.getBytes(UTF_8));
    }

    void put(String key, byte[] content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    void delete(String key) {
        client.deleteObject(request -> request.bucket(BUCKET).key(key));
    }

    byte[] bytes(String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asByteArray();
    }

    String text(String key) {
        return new String(bytes(key), UTF_8);
    }

    /** The keys below a prefix that are not hidden. */
    List<String> keys(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .filter(key -> !key.contains("/."))
                .toList();
    }

    /** Settings that reach the prefix, with {@code more} over them. */
    Map<String, Object> settings(String prefix, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bucket",
                BUCKET,
                "prefix",
                prefix,
                "endpoint",
                service.endpoint(),
                "path-style",
                true,
                "credentials",
                "anonymous",
                "timeout",
                "5s"));
        settings.putAll(more);
        return settings;
    }

    static Config config(Role role, Map<String, Object> settings) {
        Connector connector = new S3Connector();
        return connector.descriptor().spec(role).orElseThrow().parse(settings).orThrow();
    }

    @Override
    public void close() {
        client.close();
        service.close();
    }

    /** Gives all tests one service; it is started when the first asks and ends with the last test. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Service.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Service.class, type -> new Service(), Service.class);
        }
    }
}
