package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.testing.Ledger.Transaction;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.WriterSlot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes the transactional sink exactly-once. */
final class TestSinkTest {
    private final Ledger<String> ledger = new Ledger<>();
    private final Transaction first = new Transaction("flow/out", new EpochId("one", 1), 0);

    @Test
    void showsWhatWasPreparedWhenItIsCommittedAndOnlyOnce() {
        ledger.prepare(first, List.of("a", "b"));
        assertThat(ledger.items()).isEmpty();

        assertThat(ledger.commit(first, 1)).isEqualTo(Outcome.COMMITTED);
        assertThat(ledger.commit(first, 1)).isEqualTo(Outcome.ALREADY_COMMITTED);
        assertThat(ledger.items()).containsExactly("a", "b");
    }

    @Test
    void saysThatATransactionIsLostIfItNeverSawIt() {
        assertThat(ledger.commit(first, 1)).isEqualTo(Outcome.LOST);
    }

    @Test
    void dropsTheStraysOfAWriterAndKeepsWhatIsDurable() {
        Transaction second = new Transaction("flow/out", new EpochId("one", 2), 0);
        Transaction other = new Transaction("flow/other", new EpochId("one", 2), 0);
        List.of(first, second, other).forEach(transaction -> ledger.prepare(transaction, List.of("x")));

        ledger.abortStrays(new WriterSlot("flow/out", "two", 0, 1, 1));

        assertThat(ledger.commit(first, 2)).isEqualTo(Outcome.COMMITTED);
        assertThat(ledger.commit(second, 2)).isEqualTo(Outcome.LOST);
        assertThat(ledger.commit(other, 2)).isEqualTo(Outcome.COMMITTED);
    }

    @Test
    void refusesACommitOfALifeThatWasReplaced() {
        ledger.prepare(first, List.of("a"));
        ledger.claim("flow/out", 2);

        assertThatThrownBy(() -> ledger.commit(first, 1)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> ledger.claim("flow/out", 1)).isInstanceOf(FencedException.class);
    }
}
