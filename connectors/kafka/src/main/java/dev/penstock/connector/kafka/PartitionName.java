package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.Partition;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Which partition of which topic.
 *
 * @param topicId of the incarnation of the topic that was there when it was listed
 */
record PartitionName(TopicPartition partition, Uuid topicId) {
    /** Topics may have names of 249 characters, ids of partitions 200: the rest of a long one becomes a checksum. */
    private static final int MOST_OF_TOPIC = 170;

    String id() {
        String topic = partition.topic();
        if (topic.length() > MOST_OF_TOPIC) {
            CRC32C checksum = new CRC32C();
            checksum.update(topic.getBytes(UTF_8));
            topic = topic.substring(0, MOST_OF_TOPIC) + "~" + Long.toHexString(checksum.getValue());
        }
        return topic + "-" + partition.partition();
    }

    Partition toPartition(boolean bounded) {
        byte[] topic = partition.topic().getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES + topic.length);
        bytes.putInt(partition.partition());
        bytes.putLong(topicId.getMostSignificantBits()).putLong(topicId.getLeastSignificantBits());
        bytes.put(topic);
        return new Partition(id(), bytes.array(), bounded);
    }

    static PartitionName of(Partition partition) {
        ByteBuffer bytes = ByteBuffer.wrap(partition.descriptor());
        int index = bytes.getInt();
        Uuid topicId = new Uuid(bytes.getLong(), bytes.getLong());
        String topic = UTF_8.decode(bytes).toString();
        return new PartitionName(new TopicPartition(topic, index), topicId);
    }
}
