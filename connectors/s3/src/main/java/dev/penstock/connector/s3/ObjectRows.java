package dev.penstock.connector.s3;

import dev.penstock.connector.s3.ObjectFetch.Piece;
import dev.penstock.connector.s3.ShardPartition.Shard;
import dev.penstock.spi.Poll;
import java.util.Optional;

/** Makes rows of the pieces of one object. */
interface ObjectRows {
    /** Rows of the object, from the place in {@code state} on; they move it. */
    static ObjectRows of(String partition, Shard shard, ShardState state, ObjectFetch fetch) {
        return shard.settings().isWhole()
                ? new WholeObject(partition, shard, state, fetch.object())
                : new RecordObject(partition, shard, state, fetch);
    }

    /** The key below the prefix, which is how people call an object. */
    static String path(Shard shard, String key) {
        return key.substring(shard.settings().connection().prefix().length());
    }

    /** Takes what comes next; everything that was given before has been cut. */
    void add(Piece piece);

    /** What can be made of what is there; after it the state is that of the last row. */
    Optional<Poll> cut(int maxRows, long maxBytes);

    /** Whether nothing comes any more. */
    boolean isDone();
}
