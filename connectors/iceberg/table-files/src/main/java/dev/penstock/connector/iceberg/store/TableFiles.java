package dev.penstock.connector.iceberg.store;

import static java.util.Objects.requireNonNull;

import dev.penstock.connector.iceberg.io.LocalFileIO;
import dev.penstock.connector.s3.access.S3Access;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The files of tables: those whose location begins with {@code s3:} are objects of S3, others are files of this
 * machine. Public because Iceberg makes it by its name.
 *
 * <p><b>Order of calls:</b> {@code initialize} before all others, and {@code close} behind.
 *
 * <p><b>Threads:</b> any, several at once.
 *
 * <p><b>Failures:</b> {@link org.apache.iceberg.exceptions.NotFoundException} for a file that is not there, a
 * {@link dev.penstock.spi.ConfigException} where only a person can help, and {@link java.io.UncheckedIOException} for
 * what may pass.
 */
public final class TableFiles implements DelegateFileIO {
    /** Where a service other than Amazon's listens. */
    public static final String ENDPOINT = "s3.endpoint";

    /** The region of buckets. */
    public static final String REGION = "client.region";

    /** Whether buckets are named in the path of URLs. */
    public static final String PATH_STYLE = "s3.path-style-access";

    /** The id of the key that requests are signed with. */
    public static final String ACCESS_KEY = "s3.access-key-id";

    /** The secret of that key. */
    public static final String SECRET_KEY = "s3.secret-access-key";

    /** The token that goes with a key that is valid for some time. */
    public static final String SESSION_TOKEN = "s3.session-token";

    /** Whether requests are not signed. */
    public static final String ANONYMOUS = "penstock.s3.anonymous";

    /** What the names of settings for S3 begin with. */
    public static final String SETTINGS = "s3-";

    /** What is done about requests that fail. */
    public static final S3Access.Retries RETRIES = new S3Access.Retries(
            S3Access.RetryMode.STANDARD, 5, Duration.ofSeconds(30), Optional.of(Duration.ofMinutes(3)));

    private static final long serialVersionUID = 1;
    private static final int MOST_DELETED_AT_ONCE = 1_000;

    private final transient LocalFileIO local = new LocalFileIO();
    private transient @Nullable S3Access access;
    private transient @Nullable S3Store store;

    /** For Iceberg. */
    public TableFiles() {}

    /** Whether {@code location} is in a bucket. */
    public static boolean isInBucket(String location) {
        return S3Location.isOne(location);
    }

    /** {@code access} as properties for {@link #initialize}, secrets too; {@link #RETRIES} are not among them. */
    public static Map<String, String> properties(S3Access access) {
        return S3Properties.of(access);
    }

    @Override
    public void initialize(Map<String, String> properties) {
        access = S3Properties.access(properties);
    }

    private synchronized S3Store s3() {
        if (store == null) {
            store = new S3Store(requireNonNull(access, "initialize comes first"));
        }
        return store;
    }

    /** Asks for what is below {@code location}, to see that it can be asked. */
    public void probe(String location) {
        if (isInBucket(location)) {
            s3().probe(S3Location.of(location));
        }
    }

    @Override
    public InputFile newInputFile(String location) {
        return isInBucket(location)
                ? new S3InputFile(s3(), S3Location.of(location), OptionalLong.empty())
                : local.newInputFile(location);
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return isInBucket(location)
                ? new S3InputFile(s3(), S3Location.of(location), OptionalLong.of(length))
                : local.newInputFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return isInBucket(location) ? new S3OutputFile(s3(), S3Location.of(location)) : local.newOutputFile(location);
    }

    @Override
    public void deleteFile(String location) {
        if (isInBucket(location)) {
            s3().delete(S3Location.of(location));
        } else {
            local.deleteFile(location);
        }
    }

    @Override
    public void deleteFiles(Iterable<String> locations) {
        Map<String, List<String>> buckets = new HashMap<>();
        List<String> failed = new ArrayList<>();
        for (String location : locations) {
            if (!isInBucket(location)) {
                if (!isDeletedLocally(location)) {
                    failed.add(location);
                }
                continue;
            }
            S3Location object = S3Location.of(location);
            List<String> keys = buckets.computeIfAbsent(object.bucket(), any -> new ArrayList<>());
            keys.add(object.key());
            if (keys.size() == MOST_DELETED_AT_ONCE) {
                failed.addAll(s3().delete(object.bucket(), List.copyOf(keys)));
                keys.clear();
            }
        }
        buckets.forEach((bucket, keys) -> {
            if (!keys.isEmpty()) {
                failed.addAll(s3().delete(bucket, keys));
            }
        });
        if (!failed.isEmpty()) {
            throw new BulkDeletionFailureException(failed.size());
        }
    }

    private boolean isDeletedLocally(String location) {
        try {
            local.deleteFile(location);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        if (!isInBucket(prefix)) {
            return local.listPrefix(prefix);
        }
        S3Location root = S3Location.of(prefix);
        try {
            return s3().list(root)
                    .map(object -> new FileInfo(
                            root.withKey(object.key()).toString(),
                            object.size(),
                            object.lastModified().toEpochMilli()))
                    .toList();
        } catch (SdkException e) {
            throw S3Failure.of("list '" + prefix + "'", e);
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        List<String> locations = new ArrayList<>();
        listPrefix(prefix).forEach(file -> locations.add(file.location()));
        deleteFiles(locations);
    }

    /**
     * Gives up files below {@code prefix} that were begun and never closed, by a process that is gone: those whose
     * names {@code chosen} says yes to. Only buckets keep such.
     */
    public void discardUnfinished(String prefix, Predicate<String> chosen) {
        if (isInBucket(prefix)) {
            S3Location root = S3Location.of(prefix);
            s3().begun(root)
                    .filter(begun ->
                            chosen.test(begun.key().substring(begun.key().lastIndexOf('/') + 1)))
                    .forEach(begun -> s3().abort(root.withKey(begun.key()), begun.uploadId()));
        }
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
