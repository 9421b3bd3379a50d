package dev.penstock.format.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Payload.Framing;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What parts are called. */
class PartNamingTest {
    private static final EpochId EPOCH = new EpochId("run-1", 7);

    private static PartNaming naming(String extension, Compression wanted) {
        return new PartNaming("part", Optional.of(extension), Framing.LINES, wanted);
    }

    @Test
    void namesSortAsTheyWereWritten() {
        PartNaming naming = naming("txt", Compression.AUTO);
        assertThat(naming.name("sink", EPOCH, 0, 9))
                .startsWith("part-0000000007-0-000009-")
                .endsWith(".txt")
                .isLessThan(naming.name("sink", EPOCH, 0, 10))
                .isLessThan(naming.name("sink", new EpochId("run-1", 10), 0, 0));
    }

    @Test
    void anotherRunOrSinkNeverHasTheSameName() {
        PartNaming naming = naming("txt", Compression.AUTO);
        assertThat(naming.name("sink", EPOCH, 0, 0))
                .isNotEqualTo(naming.name("other", EPOCH, 0, 0))
                .isNotEqualTo(naming.name("sink", new EpochId("run-2", 7), 0, 0));
    }

    @Test
    void theEndOfANameTellsHowItIsPacked() {
        assertThat(naming("txt.gz", Compression.AUTO).compression()).isEqualTo(Compression.GZIP);
        assertThat(naming("txt.gz", Compression.AUTO).suffix()).isEqualTo(".txt.gz");
        assertThat(naming("txt", Compression.ZSTD).suffix()).isEqualTo(".txt.zst");
        assertThat(naming("txt", Compression.AUTO).compression()).isEqualTo(Compression.NONE);
    }
}
