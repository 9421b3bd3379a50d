package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

final class PoolingTest {
    /** Two texts of three tokens, the second one padded with a vector that must not count. */
    private static final float[] OUTPUT = {9, 9, 9, 9, 9, 9, /* second */ 1, -4, 3, -2, 99, 99};

    private static float[] pool(Pooling pooling) {
        float[] into = new float[4];
        pooling.pool(new Pooling.TokenVectors(FloatBuffer.wrap(OUTPUT), 2).at(3, 2), into, 2);
        return into;
    }

    @Test
    void takesTheTokensOfTheTextAlone() {
        assertThat(pool(Pooling.MEAN)).containsExactly(0, 0, 2, -3);
        assertThat(pool(Pooling.CLS)).containsExactly(0, 0, 1, -4);
        assertThat(pool(Pooling.MAX)).containsExactly(0, 0, 3, -2);
        assertThat(pool(Pooling.LAST)).containsExactly(0, 0, 3, -2);
    }

    @Test
    void shortensVectorsToLengthOne() {
        assertThat(Vectors.shorten(new float[] {3, 4, 12, 0, 0, 5}, 3, 2)).containsExactly(0.6f, 0.8f, 0, 0);
    }

    @Test
    void seesElementsThatAreNoNumbers() {
        assertThat(Vectors.isFinite(new float[] {1, Float.NaN, 0, 2}, 2, 2)).isTrue();
        assertThat(Vectors.isFinite(new float[] {1, Float.NaN, 0, 2}, 0, 2)).isFalse();
        assertThat(Vectors.isFinite(new float[] {Float.NEGATIVE_INFINITY}, 0, 1))
                .isFalse();
    }
}
