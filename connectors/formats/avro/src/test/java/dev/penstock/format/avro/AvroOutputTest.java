package dev.penstock.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AvroOutputTest {
    @Test
    void keepsEveryByteWhileItGrows() {
        AvroOutput out = new AvroOutput();
        byte[] three = {1, 2, 3};
        for (int i = 0; i < 1_000; i++) {
            out.writeBoolean(true);
            out.writeBytes(three, 0, 3);
        }

        byte[] written = Arrays.copyOf(out.data(), out.size());
        for (int i = 0; i < 1_000; i++) {
            assertThat(Arrays.copyOfRange(written, i * 5, i * 5 + 5)).containsExactly(1, 6, 1, 2, 3);
        }
        assertThat(written).hasSize(5_000);
    }
}
