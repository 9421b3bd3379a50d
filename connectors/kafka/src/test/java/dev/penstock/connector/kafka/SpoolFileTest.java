package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on their way through a file of the spool. */
class SpoolFileTest {
    private static final int PIECE = 256 * 1024;

    @TempDir
    Path directory;

    private final Random random = new Random(7);

    @Test
    void givesBackWhatWasWrittenWhateverItsSize() throws IOException {
        List<ProducerRecord<byte[], byte @Nullable []>> records = new ArrayList<>();
        for (int size = 0; size < 3_000; size++) {
            records.add(record(size % 1_000));
        }
        for (int around : new int[] {PIECE, 2 * PIECE, 5 * PIECE}) {
            for (int size = around - 40; size < around + 40; size++) {
                records.add(record(size));
                records.add(record(random.nextInt(700)));
            }
        }
        assertThat(throughAFile(records)).isEqualTo(records);
    }

    @Test
    void filesThatAreCutOffOrChangedAreNotWhole() throws IOException {
        Path file = directory.resolve("one");
        SpoolHandle handle = write(file, List.of(record(1_000), record(PIECE)));
        assertThat(new SpoolReader(file, handle).isWhole()).isTrue();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        assertThat(new SpoolReader(file, handle).isWhole()).isFalse();
        bytes[bytes.length / 2]--;
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(new SpoolReader(file, handle).isWhole()).isFalse();
    }

    private List<ProducerRecord<byte[], byte @Nullable []>> throughAFile(
            List<ProducerRecord<byte[], byte @Nullable []>> records) throws IOException {
        Path file = directory.resolve("spool");
        SpoolReader reader = new SpoolReader(file, write(file, records));
        assertThat(reader.isWhole()).isTrue();
        List<ProducerRecord<byte[], byte @Nullable []>> read = new ArrayList<>();
        reader.forEach(read::add);
        for (int i = 0; i < Math.min(read.size(), records.size()); i++) {
            assertThat(read.get(i).key()).isEqualTo(records.get(i).key());
            assertThat(read.get(i).value()).isEqualTo(records.get(i).value());
            // Arrays are equal to nothing but themselves, so that what was compared takes the place of the copy.
            ProducerRecord<byte[], byte @Nullable []> copy = read.get(i);
            read.set(
                    i,
                    new ProducerRecord<>(
                            copy.topic(),
                            copy.partition(),
                            copy.timestamp(),
                            records.get(i).key(),
                            records.get(i).value(),
                            copy.headers()));
        }
        return read;
    }

    private static SpoolHandle write(Path file, List<ProducerRecord<byte[], byte @Nullable []>> records)
            throws IOException {
        try (SpoolFile open = new SpoolFile(file)) {
            for (ProducerRecord<byte[], byte @Nullable []> record : records) {
                open.append(record);
            }
            return open.finish();
        }
    }

    private ProducerRecord<byte[], byte @Nullable []> record(int size) {
        byte[] value = new byte[size];
        random.nextBytes(value);
        byte @Nullable [] kept = random.nextInt(10) == 0 ? null : value;
        List<Header> headers = random.nextInt(5) == 0
                ? List.of(
                        new RecordHeader("größe", String.valueOf(size).getBytes(UTF_8)),
                        new RecordHeader("none", (byte[]) null))
                : List.of();
        return new ProducerRecord<>(
                random.nextBoolean() ? "orders" : "orders-" + random.nextInt(3),
                random.nextBoolean() ? null : random.nextInt(9),
                random.nextBoolean() ? null : random.nextLong() & Long.MAX_VALUE,
                random.nextBoolean() ? null : new byte[random.nextInt(30)],
                kept,
                headers);
    }
}
