package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndedKeysTest {
    private final List<String> ended = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 0"})
    void visitsKeysAtTheEndOnlyIfTheOperatorWantsThem(boolean endsKeys, int visits) {
        KeyedStage<Long> stage = new KeyedStage<>(
                new Counting(endsKeys, ended), 0, List.of(Counting.SCHEMA), () -> Instant.EPOCH, (output, batch) -> {});
        stage.rows(0, Counting.batch(new Object[] {"a", "b"}, new Object[] {1L, 2L}));
        stage.end();
        assertThat(ended).hasSize(visits);
        assertThat(stage.snapshot().changes()).hasSize(2);
    }
}
