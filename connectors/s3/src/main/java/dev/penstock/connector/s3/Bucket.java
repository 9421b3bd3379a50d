package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.connector.s3.SinkSettings.Encryption;
import dev.penstock.connector.s3.SinkSettings.Sse;
import dev.penstock.connector.s3.access.S3Clients;
import dev.penstock.connector.s3.access.S3Diagnosis;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The requests that are made to one bucket. Each waits for its reply and throws what the SDK throws: see
 * {@link Requests} for how to wait, and {@link S3Failure} for what failures mean.
 *
 * <p><b>Threads:</b> any, several at once.
 */
final class Bucket implements AutoCloseable {
    private static final String TOKEN = "penstock-token";

    private final ConnectionSettings settings;
    private final S3Client client;

    Bucket(ConnectionSettings settings) {
        this.settings = settings;
        try {
            this.client = S3Clients.client(settings.access());
        } catch (SdkException e) {
            throw S3Failure.of("connect to " + settings.shown(), e);
        }
    }

    String shown(String key) {
        return "s3://" + settings.bucket() + "/" + key;
    }

    /** Whether there is any object; asks for one key. */
    boolean hasObjects() {
        return !client.listObjectsV2(request -> request.bucket(settings.bucket())
                        .prefix(settings.prefix())
                        .maxKeys(1))
                .contents()
                .isEmpty();
    }

    /** Asks for one upload, to see that it can be asked. */
    void probeWriting() {
        client.listMultipartUploads(request ->
                request.bucket(settings.bucket()).prefix(settings.prefix()).maxUploads(1));
    }

    /** All objects whose keys begin with {@code prefix}, in the order of their keys; asked for page by page. */
    Stream<S3Object> list(String prefix) {
        return client
                .listObjectsV2Paginator(
                        request -> request.bucket(settings.bucket()).prefix(prefix))
                .contents()
                .stream();
    }

    /** What is known of an object, if it is there. */
    Optional<HeadObjectResponse> head(String key) {
        return found(() ->
                client.headObject(request -> request.bucket(settings.bucket()).key(key)));
    }

    /** The content of a small object, if it is there. */
    Optional<ResponseBytes<GetObjectResponse>> get(String key) {
        return found(() -> client.getObjectAsBytes(
                request -> request.bucket(settings.bucket()).key(key)));
    }

    /** The bytes of an object from {@code offset} on, if it still has the ETag. */
    ObjectFetch.Reply open(String key, String etag, long offset) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(settings.bucket()).key(key).ifMatch(etag);
        return client.getObject((offset == 0 ? request : request.range("bytes=" + offset + "-")).build(), new Unread());
    }

    /** Hands the bytes over as they come; the SDK's own stream for that keeps a thread for ever. */
    private static final class Unread implements ResponseTransformer<GetObjectResponse, ObjectFetch.Reply> {
        @Override
        public ObjectFetch.Reply transform(GetObjectResponse response, AbortableInputStream bytes) {
            return new ObjectFetch.Reply(bytes, response.contentLength());
        }

        @Override
        public boolean needsConnectionLeftOpen() {
            return true;
        }
    }

    private static <T> Optional<T> found(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (AwsServiceException e) {
            if (S3Diagnosis.isNotFound(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes a small object, on some condition; gives its ETag. */
    String put(String key, String text, Consumer<PutObjectRequest.Builder> condition) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(settings.bucket()).key(key).contentType("text/plain");
        condition.accept(request);
        return client.putObject(request.build(), RequestBody.fromString(text, UTF_8))
                .eTag();
    }

    void delete(String key) {
        client.deleteObject(request -> request.bucket(settings.bucket()).key(key));
    }

    /** Begins an object that nobody sees before it is completed; gives the id of the upload. */
    String begin(String key, String token, Encryption encryption) {
        return client.createMultipartUpload(request -> {
                    request.bucket(settings.bucket()).key(key).metadata(Map.of(TOKEN, token));
                    if (encryption.sse() == Sse.AES256) {
                        request.serverSideEncryption(ServerSideEncryption.AES256);
                    } else if (encryption.sse() == Sse.KMS) {
                        request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
                        encryption.key().ifPresent(request::ssekmsKeyId);
                    }
                })
                .uploadId();
    }

    /** Whether an object is the one that was begun with {@code token}. */
    static boolean isOf(HeadObjectResponse object, String token) {
        return token.equals(object.metadata().get(TOKEN));
    }

    /** Sends a part; gives its ETag. {@code bytes} must not change any more. */
    String part(StagedObject object, int number, byte[] bytes, int length) {
        RequestBody body = RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
        return client.uploadPart(
                        request -> request.bucket(settings.bucket())
                                .key(object.key())
                                .uploadId(object.uploadId())
                                .partNumber(number),
                        body)
                .eTag();
    }

    /** Makes an object visible, if there is none with its key. */
    void complete(StagedObject object, boolean conditionally) {
        List<CompletedPart> parts = IntStream.range(0, object.etags().size())
                .mapToObj(part -> CompletedPart.builder()
                        .partNumber(part + 1)
                        .eTag(object.etags().get(part))
                        .build())
                .toList();
        client.completeMultipartUpload(request -> request.bucket(settings.bucket())
                .key(object.key())
                .uploadId(object.uploadId())
                .ifNoneMatch(conditionally ? "*" : null)
                .multipartUpload(upload -> upload.parts(parts)));
    }

    /** Throws an object away that was begun; does nothing if there is none. */
    void abort(String key, String uploadId) {
        found(() -> client.abortMultipartUpload(
                request -> request.bucket(settings.bucket()).key(key).uploadId(uploadId)));
    }

    /** The objects that were begun below {@code prefix}, by whomever. */
    Stream<MultipartUpload> begun(String prefix) {
        return client
                .listMultipartUploadsPaginator(
                        request -> request.bucket(settings.bucket()).prefix(prefix))
                .uploads()
                .stream();
    }

    @Override
    public void close() {
        client.close();
    }
}
