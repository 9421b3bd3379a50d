package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** SP-06: what the outside system is told to forget. */
final class SourceReleaseRules {
    private static final int ROWS = 100;
    private static final int BATCH = 5;

    private SourceReleaseRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "SP-06",
                        Tier.T1,
                        "Nothing is released upstream before stateDurable says so, however late, twice or seldom",
                        SourceReleaseRules::released)
                .of(Role.SOURCE));
    }

    /**
     * Makes some of the states durable, calls back for some of those, now and then twice or late, and resumes.
     *
     * <p>If this fails, check: poll acknowledges nothing; only stateDurable does.
     */
    private static void released(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, ROWS);
        side.append(0, rows);
        Map<String, Object> settings = OpenSource.settings(trial, Reading.PRUNING)
                .or(() -> OpenSource.settings(trial, Reading.UNBOUNDED))
                .orElseGet(trial::settings);
        Callbacks callbacks = new Callbacks(trial.random());
        while (callbacks.durableRows < ROWS) {
            oneLife(trial, settings, callbacks, rows);
        }
    }

    /** From the last durable state on, until chance ends it. */
    private static void oneLife(
            Trial trial, Map<String, Object> settings, Callbacks callbacks, List<NumberedRow> rows) {
        try (OpenSource source = OpenSource.open(trial, settings)) {
            Partition partition = source.onlyPartition();
            OpenReader reader = callbacks
                    .durable
                    .map(state -> source.resume(partition, state))
                    .orElseGet(() -> source.read(partition));
            int start = callbacks.durableRows;
            do {
                reader.readRows(reader.total() + 1, BATCH);
                int read = start + reader.total();
                RowComparison.require(
                        rows.subList(start, read),
                        reader.rows(),
                        "resumed after " + start + " rows that were durable",
                        "what is released: never more than the last state that stateDurable was given");
                requireNoMore(trial, callbacks.durableRows, read);
                callbacks.after(reader, read);
                requireNoMore(trial, callbacks.durableRows, read);
            } while (start + reader.total() < ROWS && trial.random().nextInt(8) > 0);
        }
    }

    private static void requireNoMore(Trial trial, int durable, int read) {
        OptionalLong released = trial.fixture().source().released(0);
        if (released.isPresent() && released.getAsLong() > durable) {
            throw new RuleViolation(
                    "row " + durable + " is not durable and was released: the outside system is told of "
                            + released.getAsLong() + " rows, when " + read + " were read and " + durable
                            + " are durable",
                    "acknowledgements, commits of offsets and confirmed positions are sent in stateDurable alone");
        }
    }

    /** What an engine does about states: makes some durable, and says so, not always and not always once. */
    private static final class Callbacks {
        private final Random random;
        private Optional<ResumeState> durable = Optional.empty();
        private Optional<ResumeState> late = Optional.empty();
        private int durableRows;

        Callbacks(Random random) {
            this.random = random;
        }

        void after(OpenReader reader, int read) {
            if (read < ROWS && random.nextInt(10) < 3) {
                return; // this batch is in no epoch yet
            }
            late = durable;
            durable = Optional.of(reader.position());
            durableRows = read;
            int fate = random.nextInt(10);
            if (fate >= 3) {
                reader.reader().stateDurable(durable.get());
            }
            if (fate >= 7) {
                reader.reader().stateDurable(durable.get());
            } else if (fate >= 5) {
                late.ifPresent(reader.reader()::stateDurable);
            }
        }
    }
}
