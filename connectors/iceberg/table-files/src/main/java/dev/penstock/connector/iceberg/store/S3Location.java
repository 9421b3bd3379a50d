package dev.penstock.connector.iceberg.store;

import java.util.Locale;
import java.util.Set;

/**
 * An object, or what the names of several begin with.
 *
 * @param scheme as it was written; other programs call the same objects {@code s3a} or {@code s3n}
 */
record S3Location(String scheme, String bucket, String key) {
    private static final String SCHEME_END = "://";
    private static final Set<String> SCHEMES = Set.of("s3", "s3a", "s3n");

    /** Whether {@code location} is one of S3. */
    static boolean isOne(String location) {
        int end = location.indexOf(SCHEME_END);
        return end > 0 && SCHEMES.contains(location.substring(0, end).toLowerCase(Locale.ROOT));
    }

    /** The location that is written {@code s3://bucket/key}. */
    static S3Location of(String location) {
        int end = location.indexOf(SCHEME_END);
        if (end < 0 || !isOne(location)) {
            throw new IllegalArgumentException("'" + location + "' is no location of S3");
        }
        int bucket = end + SCHEME_END.length();
        int slash = location.indexOf('/', bucket);
        int bucketEnd = slash < 0 ? location.length() : slash;
        if (bucketEnd == bucket) {
            throw new IllegalArgumentException("'" + location + "' names no bucket; write it as s3://bucket/path");
        }
        String key = slash < 0 ? "" : location.substring(slash + 1);
        return new S3Location(location.substring(0, end), location.substring(bucket, bucketEnd), key);
    }

    /** An object of the same bucket. */
    S3Location withKey(String other) {
        return new S3Location(scheme, bucket, other);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return scheme + SCHEME_END + bucket + "/" + key;
    }
}
