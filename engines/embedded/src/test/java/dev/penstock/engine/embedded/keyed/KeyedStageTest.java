package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.FatalException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator can rely on; its orders come as text in the rows. */
final class KeyedStageTest {
    private final ObedientStage obedient = new ObedientStage();
    private final KeyedStage<String> stage = obedient.stage;
    private final List<String> said = obedient.said;

    @Test
    void handsABatchOverKeyByKeyInTheOrderOfTheirFirstRows() {
        obedient.tell("b", "put 1", "a", "say", "b", "say", "a", "put 2", "a", "say");
        assertThat(said).containsExactly("[b]=1", "[a]=none", "[a]=2");
    }

    @Test
    void firesTimersByTimeThenByKeyAndOnce() {
        obedient.tell("b", "event 20", "a", "event 20", "c", "event 10", "c", "event 10", "d", "event 30");
        stage.watermark(20);
        assertThat(said)
                .containsExactly(
                        "[c]@10 state none watermark 20",
                        "[a]@20 state none watermark 20",
                        "[b]@20 state none watermark 20");
        stage.watermark(15);
        stage.watermark(20);
        assertThat(said).hasSize(3);
        assertThat(stage.meters().keys()).isEqualTo(1);
    }

    @Test
    void doesNotFireTimersThatWereTakenBack() {
        obedient.tell("a", "event 10", "a", "cancel 10", "b", "event 10", "b", "cancel 10", "b", "event 10");
        stage.watermark(10);
        assertThat(said).containsExactly("[b]@10 state none watermark 10");
    }

    @Test
    void firesATimerThatIsSetWhenItIsDueAlready() {
        stage.watermark(100);
        obedient.tell("a", "event 10");
        stage.watermark(101);
        assertThat(said).containsExactly("[a]@10 state none watermark 101");
    }

    @Test
    void firesProcessingTimersByTheClock() {
        obedient.tell("a", "clock 2000500", "a", "put x");
        assertThat(stage.nextClockMillis()).isEqualTo(2_001);
        obedient.millis.set(2_000);
        stage.advanceClock();
        assertThat(said).isEmpty();
        obedient.millis.set(2_001);
        stage.advanceClock();
        assertThat(said).containsExactly("[a]@2000500 state x watermark " + Long.MIN_VALUE);
        assertThat(stage.nextClockMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tellsEachLiveKeyOfTheEndAfterItsTimers() {
        obedient.tell("b", "put 1", "a", "put again", "a", "event 5", "c", "say");
        stage.end();
        assertThat(said)
                .containsExactly(
                        "[c]=none", "[a]@5 state again watermark " + Long.MAX_VALUE, "[a] end again", "[b] end 1");
        assertThat(stage.snapshot().changes()).hasSize(2);
    }

    @Test
    void costsNothingForKeysWithoutStateAndTimers() {
        for (int i = 0; i < 10_000; i++) {
            obedient.tell("key-" + i, "put x", "key-" + i, "event 5", "key-" + i, "cancel 5", "key-" + i, "drop");
        }
        assertThat(stage.meters().keys()).isZero();
        assertThat(stage.snapshot().changes()).isEmpty();
    }

    @Test
    void namesStepAndKeyWhenTheOperatorFails() {
        assertThatThrownBy(() -> obedient.tell("the key", "fail"))
                .isInstanceOf(FatalException.class)
                .hasMessage("Cannot process key [the key] in step 'obedient': java.lang.IllegalArgumentException: told"
                        + " to; mend the step, then run again")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotKeepTimersThatWereTakenBackInMemory() {
        TimerQueue<String> queue = new TimerQueue<>((entries, count) -> {});
        KeyEntry<String> entry = new KeyEntry<>("key", 0);
        for (int i = 0; i < 100_000; i++) {
            Timer timer = Timer.eventTime(i, 0);
            entry.add(timer);
            queue.add(timer, entry);
            entry.remove(timer);
            queue.forget(1);
        }
        assertThat(queue.queued()).isLessThan(2_000);
    }
}
