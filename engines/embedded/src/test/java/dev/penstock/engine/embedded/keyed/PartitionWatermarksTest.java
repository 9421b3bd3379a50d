package dev.penstock.engine.embedded.keyed;

import static dev.penstock.dataflow.operator.KeyContext.NO_WATERMARK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartitionWatermarksTest {
    private static final RowOrigin A = new RowOrigin("in", "a");
    private static final RowOrigin B = new RowOrigin("in", "b");

    private final AtomicLong silentUntil = new AtomicLong();
    private final PartitionWatermarks watermarks =
            new PartitionWatermarks(Duration.ofNanos(3_000), Duration.ofMillis(100));

    private void begin(RowOrigin partition) {
        watermarks.begin(partition, NO_WATERMARK, silentUntil::get);
    }

    private void observe(RowOrigin partition, long... times) {
        watermarks.observe(partition, times);
    }

    @Test
    void isTheLeastOverPartitions() {
        begin(A);
        begin(B);
        observe(A, 50);
        assertThat(watermarks.watermark()).isEqualTo(NO_WATERMARK);
        observe(B, 20);
        assertThat(watermarks.watermark()).isEqualTo(17);
        observe(B, 60);
        assertThat(watermarks.watermark()).isEqualTo(47);
    }

    @Test
    void marksRowsThatAreLateInTheirOwnPartitionHoweverTheyAreBatched() {
        begin(A);
        assertThat(watermarks.observe(A, new long[] {10, 20, 17, 16, 30, 26}))
                .hasValueSatisfying(marks -> assertThat(marks)
                        .containsExactly(NO_WATERMARK, NO_WATERMARK, NO_WATERMARK, 17, NO_WATERMARK, 27));
        assertThat(watermarks.observe(A, new long[] {26}))
                .hasValueSatisfying(marks -> assertThat(marks).containsExactly(27));
        assertThat(watermarks.observe(A, new long[] {27})).isEmpty();
    }

    @Test
    void goesOnWithoutAPartitionThatIsKnownToHaveBeenSilentForLong() {
        begin(A);
        begin(B);
        observe(A, 50);
        watermarks.silent(B, 1_000);
        silentUntil.set(1_050);
        watermarks.look(2_000);
        assertThat(watermarks.watermark()).as("nobody has asked it since").isEqualTo(NO_WATERMARK);
        silentUntil.set(1_100);
        watermarks.look(2_000);
        assertThat(watermarks.watermark()).isEqualTo(47);
        assertThat(watermarks.isIdle()).isFalse();
    }

    @Test
    void goesOnWithoutAPartitionThatIsReadButGivesNothingHere() {
        begin(A);
        begin(B);
        observe(A, 50);
        watermarks.passedBy(B, 1_000);
        watermarks.passedBy(B, 1_090);
        watermarks.look(1_099);
        assertThat(watermarks.watermark()).isEqualTo(NO_WATERMARK);
        watermarks.look(1_100);
        assertThat(watermarks.watermark()).isEqualTo(47);
        observe(B, 20);
        watermarks.look(2_000);
        observe(A, 90);
        assertThat(watermarks.watermark()).as("it is waited for again").isEqualTo(47);
    }

    @Test
    void neverTakesAPartitionForIdleThatHasNotSaidItIsSilent() {
        begin(A);
        begin(B);
        observe(A, 50);
        silentUntil.set(Long.MAX_VALUE);
        watermarks.look(Long.MAX_VALUE - 1);
        assertThat(watermarks.watermark()).isEqualTo(NO_WATERMARK);
        assertThat(watermarks.nextLook()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void waitsAgainForAPartitionThatSpeaksAgainButNeverGoesBack() {
        begin(A);
        begin(B);
        observe(A, 50);
        silentUntil.set(Long.MAX_VALUE);
        watermarks.silent(B, 0);
        watermarks.look(100);
        assertThat(watermarks.watermark()).isEqualTo(47);
        observe(B, 30);
        observe(A, 90);
        assertThat(watermarks.watermark()).isEqualTo(47);
        observe(B, 60);
        assertThat(watermarks.watermark()).isEqualTo(57);
    }

    @Test
    void goesToTheGreatestWhenAllAreIdleOrAtTheirEnd() {
        begin(A);
        begin(B);
        observe(A, 50);
        observe(B, 20);
        watermarks.end(B);
        assertThat(watermarks.watermark()).isEqualTo(47);
        watermarks.end(A);
        assertThat(watermarks.isIdle()).isTrue();
        assertThat(watermarks.watermark()).isEqualTo(47);
    }

    @Test
    void goesOnFromTheLatestTimeThatWasKept() {
        watermarks.begin(A, 40, () -> 0);
        assertThat(watermarks.watermark()).isEqualTo(37);
        assertThat(watermarks.observe(A, new long[] {36})).isPresent();
        assertThat(watermarks.takeMoved()).isEmpty();
        observe(A, 41);
        assertThat(watermarks.takeMoved()).isEqualTo(List.of(new PartitionWatermarks.Latest(A, 41)));
        assertThat(watermarks.takeMoved()).isEmpty();
    }

    @Test
    void waitsForTheEndIfRowsMayBeLateForEver() {
        PartitionWatermarks patient =
                new PartitionWatermarks(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE));
        patient.begin(A, NO_WATERMARK, () -> 0);
        assertThat(patient.observe(A, new long[] {1_000_000, -1_000_000})).isEmpty();
        assertThat(patient.watermark()).isEqualTo(NO_WATERMARK);
        patient.silent(A, 0);
        assertThat(patient.nextLook()).isEqualTo(Long.MAX_VALUE);
    }
}
