package dev.penstock.connector.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms of pgvector, which the servers of the tests do not have, byte for byte. */
class VectorCodecTest {
    /** Dimensions, nothing, 1, -2.5 and 0. */
    private static final String BINARY = "0003" + "0000" + "3f800000" + "c0200000" + "00000000";

    private static ScalarType type(int modifier) {
        return VectorCodec.type("vector", modifier).orElseThrow();
    }

    private static Column read(ScalarType type, byte[] bytes, boolean binary) {
        ColumnBuilder into = ColumnBuilder.of(type.dataType(), 1);
        ValueReader reader =
                binary ? type.codec().binaryReader(into) : type.codec().textReader(into);
        reader.read(bytes, 0, bytes.length);
        return into.build();
    }

    @Test
    void bothFormsAreReadAlike() {
        byte[] binary = HexFormat.of().parseHex(BINARY);
        byte[] text = "[1,-2.5,0]".getBytes(ISO_8859_1);

        assertThat(type(3).dataType()).isEqualTo(DataType.vector(3));
        assertThat(read(type(3), binary, true).value(0)).isEqualTo(new float[] {1, -2.5f, 0});
        assertThat(read(type(3), text, false).value(0)).isEqualTo(new float[] {1, -2.5f, 0});
        assertThat(read(type(-1), binary, true).value(0)).isEqualTo(List.of(1f, -2.5f, 0f));
        assertThat(read(type(-1), text, false).value(0)).isEqualTo(List.of(1f, -2.5f, 0f));
    }

    @Test
    void whatIsReadIsWrittenAsItWas() {
        byte[] binary = HexFormat.of().parseHex(BINARY);
        for (int modifier : new int[] {3, -1}) {
            CopyBuffer out = new CopyBuffer(8);
            type(modifier).codec().writer(read(type(modifier), binary, true)).write(0, out);

            assertThat(HexFormat.of().formatHex(out.bytes(), 0, out.size())).isEqualTo("00000010" + BINARY);
        }
    }

    @Test
    void anotherLengthIsABadValue() {
        byte[] binary = HexFormat.of().parseHex(BINARY);

        assertThatThrownBy(() -> read(type(4), binary, true))
                .isInstanceOf(ValueException.class)
                .hasMessage("a vector of 3 where 4 are expected");
    }
}
