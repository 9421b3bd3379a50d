package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.connector.postgres.ReplicationBuffer.Chunk;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReplicationBufferTest {
    private final ReplicationBuffer buffer = new ReplicationBuffer(1024);

    @Test
    void tellsWhoTakesNothingOfAFailureAtOnce() throws InterruptedException {
        Chunk chunk = new Chunk();
        chunk.add(ByteBuffer.allocate(1));
        buffer.put(chunk, Duration.ZERO);
        IllegalStateException gone = new IllegalStateException("the server is gone");
        buffer.fail(gone);
        assertThat(catchThrowable(() -> buffer.awaitPoke(Duration.ZERO))).isSameAs(gone);
        assertThat(buffer.take(Duration.ZERO)).isSameAs(chunk);
        assertThat(catchThrowable(() -> buffer.take(Duration.ZERO))).isSameAs(gone);
    }

    @Test
    void saysWhetherSomebodyPoked() throws InterruptedException {
        assertThat(buffer.awaitPoke(Duration.ZERO)).isFalse();
        buffer.poke();
        assertThat(buffer.awaitPoke(Duration.ofSeconds(30))).isTrue();
        assertThat(buffer.awaitPoke(Duration.ZERO)).isFalse();
    }
}
