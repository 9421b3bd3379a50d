package dev.penstock.engine.embedded.keyed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Keys that no row has, under which the watermarks of a step are kept beside its state: the empty key for that of the
 * step, and one for the latest time of each partition of each input.
 */
final class ReservedKeys {
    /** No column's tag, so that no key of rows begins with it. */
    private static final byte PARTITION = (byte) 0xFF;

    private ReservedKeys() {}

    static boolean isWatermark(byte[] key) {
        return key.length == 0;
    }

    static boolean isPartition(byte[] key) {
        return key.length > 0 && key[0] == PARTITION;
    }

    static boolean isReserved(byte[] key) {
        return isWatermark(key) || isPartition(key);
    }

    static KeyChange watermark(String stepId, long micros) {
        return new KeyChange(stepId, new byte[0], Optional.of(bytes(micros)));
    }

    static KeyChange partition(String stepId, int input, PartitionWatermarks.Latest latest) {
        return new KeyChange(stepId, key(input, latest.partition()), Optional.of(bytes(latest.micros())));
    }

    static KeyChange gone(String stepId, int input, RowOrigin partition) {
        return new KeyChange(stepId, key(input, partition), Optional.empty());
    }

    private static byte[] bytes(long micros) {
        return ByteBuffer.allocate(Long.BYTES).putLong(micros).array();
    }

    /** What stands under any of them. */
    static long micros(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private static byte[] key(int input, RowOrigin partition) {
        byte[] step = partition.stepId().getBytes(UTF_8);
        byte[] id = partition.partitionId().getBytes(UTF_8);
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES + step.length + id.length)
                .put(PARTITION)
                .putInt(input)
                .putInt(step.length)
                .put(step)
                .put(id)
                .array();
    }

    static RestoredWatermarks.Partition partition(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key, 1, key.length - 1);
        int input = bytes.getInt();
        byte[] step = new byte[bytes.getInt()];
        bytes.get(step);
        byte[] id = new byte[bytes.remaining()];
        bytes.get(id);
        return new RestoredWatermarks.Partition(input, new RowOrigin(new String(step, UTF_8), new String(id, UTF_8)));
    }
}
