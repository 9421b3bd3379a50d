package dev.penstock.connector.iceberg.store;

import dev.penstock.connector.s3.access.S3Access;
import dev.penstock.connector.s3.access.S3Clients;
import dev.penstock.connector.s3.access.S3Diagnosis;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The requests that are made. Each waits for its reply; any thread, several at once. */
final class S3Store implements AutoCloseable {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final S3Client client;

    S3Store(S3Access access) {
        this.client = doing("connect to S3", () -> S3Clients.client(access));
    }

    private static <T> T doing(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Failure.of(what, e);
        }
    }

    /** Some bytes of an object, and how many it has altogether. */
    record Range(byte[] bytes, long length) {}

    /** Asks for one key, to see that it can be asked. */
    void probe(S3Location prefix) {
        doing(
                "list '" + prefix + "'",
                () -> client.listObjectsV2(request ->
                        request.bucket(prefix.bucket()).prefix(prefix.key()).maxKeys(1)));
    }

    /** The length of an object, if it is there. */
    Optional<Long> length(S3Location object) {
        return doing("look at '" + object + "'", () -> {
            try {
                return Optional.of(client.headObject(
                                request -> request.bucket(object.bucket()).key(object.key()))
                        .contentLength());
            } catch (AwsServiceException e) {
                if (S3Diagnosis.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** At most {@code count} bytes of an object from {@code from} on; none if it ends before. */
    Range read(S3Location object, long from, int count) {
        return read(object, "bytes=" + from + "-" + (from + count - 1), from);
    }

    /** The last bytes of an object. */
    Range readTail(S3Location object, int count) {
        return read(object, "bytes=-" + count, 0);
    }

    private Range read(S3Location object, String range, long from) {
        return doing("read '" + object + "'", () -> {
            try {
                ResponseBytes<GetObjectResponse> reply = client.getObjectAsBytes(request ->
                        request.bucket(object.bucket()).key(object.key()).range(range));
                return new Range(reply.asByteArrayUnsafe(), lengthOf(reply.response(), from));
            } catch (AwsServiceException e) {
                if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return new Range(new byte[0], from);
                }
                throw e;
            }
        });
    }

    /** The length behind the range, as {@code bytes 0-99/1234} has it. */
    private static long lengthOf(GetObjectResponse reply, long from) {
        String range = reply.contentRange();
        return range == null
                ? from + reply.contentLength()
                : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    }

    /** Writes an object in one request. */
    void put(S3Location object, byte[] bytes, int count) {
        doing(
                "write '" + object + "'",
                () -> client.putObject(
                        request -> request.bucket(object.bucket()).key(object.key()), body(bytes, count)));
    }

    private static RequestBody body(byte[] bytes, int count) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes, 0, count), count, CONTENT_TYPE);
    }

    /** Begins an object that nobody sees before it is completed; gives the id of the upload. */
    String begin(S3Location object) {
        return doing(
                "write '" + object + "'",
                () -> client.createMultipartUpload(
                                request -> request.bucket(object.bucket()).key(object.key()))
                        .uploadId());
    }

    /** The first {@code count} bytes, which must not change before they are sent. */
    record Part(int number, byte[] bytes, int count) {}

    /** Sends a part of an object that was begun. */
    CompletedPart send(S3Location object, String upload, Part part) {
        String etag = doing(
                "write part " + part.number() + " of '" + object + "'",
                () -> client.uploadPart(
                                request -> request.bucket(object.bucket())
                                        .key(object.key())
                                        .uploadId(upload)
                                        .partNumber(part.number()),
                                body(part.bytes(), part.count()))
                        .eTag());
        return CompletedPart.builder().partNumber(part.number()).eTag(etag).build();
    }

    /** Makes an object visible. */
    void complete(S3Location object, String upload, List<CompletedPart> parts) {
        doing(
                "complete '" + object + "'",
                () -> client.completeMultipartUpload(request -> request.bucket(object.bucket())
                        .key(object.key())
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(parts))));
    }

    /** Throws an object away that was begun, if it still is. */
    void abort(S3Location object, String upload) {
        doing("throw the upload of '" + object + "' away", () -> {
            try {
                return client.abortMultipartUpload(request ->
                        request.bucket(object.bucket()).key(object.key()).uploadId(upload));
            } catch (AwsServiceException e) {
                if (S3Diagnosis.isNotFound(e)) {
                    return e.statusCode();
                }
                throw e;
            }
        });
    }

    /** The objects that were begun below {@code prefix} and are not complete, by whomever. */
    Stream<MultipartUpload> begun(S3Location prefix) {
        return doing(
                "list the uploads of '" + prefix + "'",
                () -> client
                        .listMultipartUploadsPaginator(
                                request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                        .uploads()
                        .stream()
                        .toList()
                        .stream());
    }

    /** All objects below {@code prefix}, asked for page by page. */
    Stream<S3Object> list(S3Location prefix) {
        return client
                .listObjectsV2Paginator(
                        request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                .contents()
                .stream();
    }

    /** Deletes an object, if it is there. */
    void delete(S3Location object) {
        doing(
                "delete '" + object + "'",
                () -> client.deleteObject(
                        request -> request.bucket(object.bucket()).key(object.key())));
    }

    /** Deletes up to 1,000 objects of a bucket; gives the keys of those that could not be. */
    List<String> delete(String bucket, List<String> keys) {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return doing(
                "delete " + keys.size() + " objects of bucket '" + bucket + "'",
                () -> client
                        .deleteObjects(request -> request.bucket(bucket)
                                .delete(all -> all.objects(objects).quiet(true)))
                        .errors()
                        .stream()
                        .map(S3Error::key)
                        .toList());
    }

    @Override
    public void close() {
        client.close();
    }
}
