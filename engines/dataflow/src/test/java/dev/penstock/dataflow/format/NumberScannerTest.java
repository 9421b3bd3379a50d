package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberScannerTest {
    private static NumberScanner scan(String text) {
        NumberScanner scanner = new NumberScanner();
        byte[] bytes = text.getBytes(US_ASCII);
        assertThat(scanner.scan(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        return scanner;
    }

    @Test
    void givesTheNearestDouble() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            String text = i % 2 == 0
                    ? Double.toString(value)
                    : String.format(Locale.ROOT, "%.3f", random.nextGaussian() * Math.pow(10, random.nextInt(18)));
            if (!text.contains("N") && !text.contains("I")) {
                assertThat(scan(text).doubleValue()).as(text).isEqualTo(Double.parseDouble(text));
                assertThat(scan("-0").doubleValue()).isEqualTo(-0.0);
            }
        }
    }

    @Test
    void givesTheNearestFloatWithoutRoundingTwice() {
        assertThat(scan("1.00000017881393432617187499").floatValue()).isEqualTo(1.0000001f);
    }

    @Test
    void givesExactDecimals() {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal value = new BigDecimal(new java.math.BigInteger(55, random), random.nextInt(12));
            assertThat(scan(value.toString()).bigUnscaled(60, 12))
                    .isEqualTo(value.setScale(12).unscaledValue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-9223372036854775808,-9223372036854775808",
        "9223372036854775807,9223372036854775807",
        "1e3,1000"
    })
    void givesWholeNumbers(String text, long expected) {
        assertThat(scan(text).wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(expected);
        assertThat(scan("12.000").wholeNumber(-128, 127)).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9223372036854775808", "-9223372036854775809", "1.5", "1e999999999", "1e-999999999", "1e20"})
    void refusesWhatIsNotAWholeNumberOf64Bits(String text) {
        assertThatThrownBy(() -> scan(text).wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE))
                .isInstanceOf(ValueException.class);
    }

    @Test
    void refusesDoublesBeyondTheGreatest() {
        assertThatThrownBy(() -> scan("1e400").doubleValue())
                .isInstanceOf(ValueException.class)
                .hasMessage("a number out of range");
    }

    @Test
    void refusesNumbersAsLongAsABook() {
        assertThatThrownBy(() -> scan("1".repeat(1001)))
                .isInstanceOf(ValueException.class)
                .hasMessage("a number of more than 1000 characters");
    }
}
