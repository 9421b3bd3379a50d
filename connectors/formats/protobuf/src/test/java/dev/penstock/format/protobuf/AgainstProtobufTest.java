package dev.penstock.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.BadRecordException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random messages of random schemas become what Protocol Buffers' own reader makes of them. */
class AgainstProtobufTest {
    private static final int SCHEMAS = 400;

    @Test
    void readsWhatProtobufReads() throws InvalidProtocolBufferException {
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomProto random = new RandomProto(seed);
            String schema = random.schema();
            Descriptor message = message(schema);
            for (int i = 0; i < 5; i++) {
                compare(message, random.value(message).toByteArray(), "seed " + seed + " " + schema);
            }
        }
    }

    @Test
    void mergesWhatIsWrittenMoreThanOnce() throws InvalidProtocolBufferException {
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomProto random = new RandomProto(seed);
            String schema = random.schema();
            Descriptor message = message(schema);
            ByteArrayOutputStream several = new ByteArrayOutputStream();
            for (int i = 0; i < 3; i++) {
                several.writeBytes(random.value(message).toByteArray());
            }
            compare(message, several.toByteArray(), "seed " + seed + " " + schema);
        }
    }

    @Test
    void writesWhatProtobufReads() throws InvalidProtocolBufferException {
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomProto random = new RandomProto(seed);
            Descriptor message = message(random.schema());
            DynamicMessage value = random.value(message);
            RecordBatch rows = read(message, value.toByteArray());
            ProtoOutput out = new ProtoOutput();

            MessageWriter.of(message, rows.schema().fields(), new ArrayList<>())
                    .orElseThrow()
                    .bind(rows.columns())
                    .write(0, out);

            byte[] written = Arrays.copyOf(out.data(), out.size());
            assertThat(Expected.of(DynamicMessage.parseFrom(message, written)))
                    .as("seed " + seed)
                    .isEqualTo(Expected.of(value));
        }
    }

    @Test
    void readsNothingWorseThanABadRecordOutOfDamagedBytes() {
        int bad = 0;
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomProto random = new RandomProto(seed);
            Random damage = new Random(seed);
            Descriptor message = message(random.schema());
            byte[] bytes = random.value(message).toByteArray();
            for (int i = 0; i < 20 && bytes.length > 0; i++) {
                byte[] damaged = Arrays.copyOf(bytes, damage.nextInt(bytes.length + 1));
                if (damaged.length > 0) {
                    damaged[damage.nextInt(damaged.length)] = (byte) damage.nextInt();
                }
                try {
                    read(message, damaged);
                } catch (BadRecordException e) {
                    bad++;
                }
            }
        }
        assertThat(bad).isGreaterThan(SCHEMAS);
    }

    private static Descriptor message(String schema) {
        return ProtoFiles.message(ProtoFiles.ofText(schema, Map.of()), "Outer").orElseThrow();
    }

    private static void compare(Descriptor message, byte[] bytes, String of) throws InvalidProtocolBufferException {
        Object row = Expected.plain(read(message, bytes).row(0));

        assertThat(row).as(of).isEqualTo(Expected.of(DynamicMessage.parseFrom(message, bytes)));
    }

    private static RecordBatch read(Descriptor message, byte[] bytes) {
        List<Field> fields = ProtobufColumns.of(message);
        BatchBuilder rows = new BatchBuilder(new Schema(fields));
        List<ColumnBuilder> builders = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            builders.add(rows.column(i));
        }
        MessageReader.of(message, fields, builders).read(bytes, 0, bytes.length);
        rows.endRow();
        return rows.build();
    }
}
