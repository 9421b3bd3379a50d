package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.data.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private static final DataType.Timestamp MICROS = (DataType.Timestamp) DataType.TIMESTAMP;
    private static final DataType.Timestamp LOCAL = new DataType.Timestamp(DataType.Precision.MICROS, false);

    private static long timestamp(DataType.Timestamp type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return TimeText.timestamp(type, bytes, 0, bytes.length);
    }

    @Test
    void readsAndWritesEveryDayOfTheCalendarAsJavaDoes() {
        int last = (int) LocalDate.of(9999, 12, 31).toEpochDay();
        for (int day = (int) LocalDate.of(0, 1, 1).toEpochDay(); day <= last; day += 3) {
            String text = LocalDate.ofEpochDay(day).toString();
            ByteOutput out = new ByteOutput(16);
            TimeWriter.date(day, out);
            assertThat(new String(out.data(), 0, out.size(), UTF_8)).isEqualTo(text);
            assertThat(TimeText.date(text.getBytes(UTF_8), 0, text.length())).isEqualTo(day);
        }
    }

    @Test
    void readsInstantsAsJavaDoes() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextInt() * 3L, random.nextInt(1_000_000) * 1_000L);
            assertThat(timestamp(MICROS, instant.toString()))
                    .isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T23:59:59Z,1769903999000000",
        "2026-01-31 23:59:59z,1769903999000000",
        "2026-02-01T01:59:59.5+02:00,1769903999500000",
        "2026-01-31T23:59Z,1769903940000000",
        "1969-12-31T23:59:59.9999999Z,-1"
    })
    void readsWhatPeopleWrite(String text, long expected) {
        assertThat(timestamp(MICROS, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00Z",
                "2026-01-31T24:00:01Z",
                "2026-01-31T23:59:59",
                "",
                "2026-01-31T23:59:5",
                "x"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> timestamp(MICROS, text))
                .hasMessage("expected timestamp such as 2026-01-31T23:59:59Z, found other text");
    }

    @Test
    void refusesAZoneWhereNoneIsMeant() {
        assertThatThrownBy(() -> timestamp(LOCAL, "2026-01-31T23:59:59Z"))
                .hasMessage("expected local-timestamp such as 2026-01-31T23:59:59, found other text");
    }
}
