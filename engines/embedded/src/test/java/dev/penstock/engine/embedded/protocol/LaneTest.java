package dev.penstock.engine.embedded.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.store.SealedEpoch.PartitionKey;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a lane says of partitions at a barrier. */
class LaneTest {
    private static final Partition PARTITION = Partition.of("a.txt", true);
    private static final ResumeState STATE = new ResumeState(1, new byte[] {7});

    private final Lane lane = new Lane(0, "run", 1, List.of());

    @Test
    void keepsThePositionOfAPartitionThatCameBack() {
        lane.removed("files", PARTITION);
        lane.ended("files", PARTITION, STATE);
        Contribution contribution = lane.barrier(true);
        assertThat(contribution.positions()).containsExactly(new Position("files", PARTITION, STATE, true));
        assertThat(contribution.removed()).isEmpty();
    }

    @Test
    void forgetsThePositionOfAPartitionThatIsGone() {
        lane.emitted("files", PARTITION, STATE);
        lane.removed("files", PARTITION);
        Contribution contribution = lane.barrier(true);
        assertThat(contribution.positions()).isEmpty();
        assertThat(contribution.removed()).containsExactly(new PartitionKey("files", "a.txt"));
    }
}
