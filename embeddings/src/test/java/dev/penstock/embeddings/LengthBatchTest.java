package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LengthBatchTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void holdEveryTextOnceWithoutMuchPadding(long seed) {
        Random random = new Random(seed);
        List<TokenizedText> texts = IntStream.range(0, 500)
                .mapToObj(i -> new TokenizedText(new long[random.nextInt(700)], false))
                .toList();
        List<LengthBatch> batches = LengthBatch.cut(texts, 512);
        assertThat(batches.stream().flatMapToInt(batch -> Arrays.stream(batch.rows())))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 500)
                        .filter(row -> texts.get(row).length() > 0)
                        .boxed()
                        .toList());
        assertThat(batches).allMatch(batch -> batch.size() == 1 || batch.size() * batch.length() <= 512);
        assertThat(batches).isSortedAccordingTo((one, other) -> other.length() - one.length());
    }
}
