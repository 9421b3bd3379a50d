package dev.penstock.connector.s3.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.local.LocalS3;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 service that wants to know who is there, with a bucket for all fixtures. */
final class KitService implements AutoCloseable {
    static final String BUCKET = "kit";
    static final String ACCESS_KEY = "pipeline";
    static final String SECRET_KEY = "canary-4711-of-the-pipeline";

    private final LocalS3 service = LocalS3.start(ACCESS_KEY, SECRET_KEY);
    private final S3Client client;

    KitService() {
        service.createBucket(BUCKET);
        client = S3Client.builder()
                .endpointOverride(URI.create(service.endpoint()))
                .region(Region.of(LocalS3.REGION))
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    int port() {
        return service.port();
    }

    /** The keys below a prefix, in order. */
    List<String> keys(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The content of an object; nothing if it is gone. */
    String text(String key) {
        try {
            return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                    .asString(UTF_8);
        } catch (NoSuchKeyException e) {
            return "";
        }
    }

    void put(String key, byte[] content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    void copy(String from, String to) {
        client.copyObject(request -> request.sourceBucket(BUCKET)
                .sourceKey(from)
                .destinationBucket(BUCKET)
                .destinationKey(to));
    }

    void delete(String key) {
        client.deleteObject(request -> request.bucket(BUCKET).key(key));
    }

    List<MultipartUpload> uploads(String prefix) {
        return client
                .listMultipartUploadsPaginator(request -> request.bucket(BUCKET).prefix(prefix))
                .uploads()
                .stream()
                .toList();
    }

    String begin(String key) {
        return client.createMultipartUpload(request -> request.bucket(BUCKET).key(key))
                .uploadId();
    }

    void abort(MultipartUpload upload) {
        client.abortMultipartUpload(
                request -> request.bucket(BUCKET).key(upload.key()).uploadId(upload.uploadId()));
    }

    @Override
    public void close() {
        client.close();
        service.close();
    }
}
