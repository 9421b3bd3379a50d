package dev.penstock.engine.embedded.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SinkCommitsTest {
    private static final Prepared FIRST = handle(1, 0);
    private static final Prepared SECOND = handle(2, 0);
    private static final Prepared SECOND_OTHER = handle(2, 1);

    private final SinkCommits commits = new SinkCommits("out", Duration.ofNanos(100), 3, new SplittableRandom(1));

    private static Prepared handle(long epoch, int writer) {
        return new Prepared(new EpochId("run", epoch), writer, new ResumeState(1, new byte[0]), 7, 70);
    }

    private static CommitResult answer(Map<Prepared, Outcome> outcomes) {
        return new CommitResult.Answered(outcomes);
    }

    @Test
    void groupsTheEpochsOfAnInterval() {
        commits.add(FIRST);
        assertThat(commits.due(0, false)).hasValue(new CommitRequest("out", List.of(FIRST)));
        commits.completed(answer(Map.of(FIRST, Outcome.COMMITTED)), 0);
        commits.add(SECOND);

        assertThat(commits.due(99, false)).isEmpty();
        assertThat(commits.due(100, false)).isPresent();
    }

    @Test
    void commitsBeforeTheIntervalIsOverInAHurry() {
        commits.add(FIRST);
        commits.due(0, false);
        commits.completed(answer(Map.of(FIRST, Outcome.COMMITTED)), 0);
        commits.add(SECOND);

        assertThat(commits.due(1, true)).isPresent();
    }

    @Test
    void hasOneCommitUnderWayAtATime() {
        commits.add(FIRST);
        commits.due(0, false);
        commits.add(SECOND);

        assertThat(commits.due(1_000, true)).isEmpty();
    }

    @Test
    void forgetsAnEpochWhenAllItsHandlesAreSettled() {
        commits.add(FIRST);
        commits.add(SECOND);
        commits.add(SECOND_OTHER);
        commits.due(0, false);

        assertThat(commits.completed(
                        answer(Map.of(
                                FIRST, Outcome.ALREADY_COMMITTED,
                                SECOND, Outcome.COMMITTED,
                                SECOND_OTHER, Outcome.RETRY)),
                        0))
                .containsExactly(FIRST.epoch());
        assertThat(commits.size()).isEqualTo(2);
    }

    @Test
    void takesAHandleWithoutAnOutcomeForNotCommitted() {
        commits.add(FIRST);
        commits.add(SECOND);
        commits.due(0, false);

        assertThat(commits.completed(answer(Map.of(FIRST, Outcome.COMMITTED)), 0))
                .containsExactly(FIRST.epoch());
        assertThat(commits.size()).isEqualTo(1);
        assertThat(commits.due(1, true)).isEmpty();
    }

    @Test
    void waitsAsLongAsTheTargetAsksFor() {
        commits.add(FIRST);
        commits.due(0, false);
        commits.completed(new CommitResult.Failed(new RetryableException("busy", Duration.ofMinutes(2))), 0);

        assertThat(commits.due(Duration.ofMinutes(2).toNanos() - 1, true)).isEmpty();
        assertThat(commits.due(Duration.ofMinutes(2).toNanos(), false)).isPresent();
    }

    @Test
    void givesUpAfterTooManyFailuresInARow() {
        commits.add(FIRST);
        for (int attempt = 1; attempt < 3; attempt++) {
            commits.due(Long.MAX_VALUE, false);
            commits.completed(answer(Map.of(FIRST, Outcome.RETRY)), 0);
        }
        commits.due(Long.MAX_VALUE, false);

        assertThatThrownBy(() -> commits.completed(answer(Map.of(FIRST, Outcome.RETRY)), 0))
                .isInstanceOf(RetryableException.class)
                .hasMessageStartingWith("Cannot commit to sink 'out': it was not possible 3 times in a row");
    }

    @Test
    void stopsThePipelineWhenAHandleIsLost() {
        commits.add(FIRST);
        commits.due(0, false);

        assertThatThrownBy(() -> commits.completed(answer(Map.of(FIRST, Outcome.LOST)), 0))
                .isInstanceOf(FatalException.class)
                .hasMessageStartingWith(
                        "Cannot commit epoch run/1 of writer 0 to sink 'out': its transaction of 7 rows is gone");
    }
}
