package dev.penstock.connector.s3;

import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Uploads of a sink that were begun and neither completed nor aborted. */
record Strays(Bucket bucket, String prefix, String sinkId) {
    /** Aborts those that {@code wanted} takes. */
    void abort(Predicate<ObjectName> wanted) {
        List<MultipartUpload> strays = bucket.begun(prefix)
                .filter(upload -> ObjectName.parse(upload.key())
                        .filter(name -> name.isOf(sinkId))
                        .filter(wanted)
                        .isPresent())
                .toList();
        strays.forEach(upload -> bucket.abort(upload.key(), upload.uploadId()));
    }
}
