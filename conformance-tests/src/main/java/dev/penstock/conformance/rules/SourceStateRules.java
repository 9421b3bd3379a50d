package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.StateVersionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SP-04 and SP-08: what states are made of. */
final class SourceStateRules {
    private static final int MAX_BYTES = 64 << 10;
    private static final int ROWS = 20;

    private SourceStateRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                                "SP-04",
                                Tier.T1,
                                "A state is small, does not grow while nothing comes, and "
                                        + "is all that another one needs",
                                SourceStateRules::small)
                        .of(Role.SOURCE),
                Rule.of(
                                "SP-08",
                                Tier.T1,
                                "States of all earlier releases are read, and those of later ones refused by type",
                                SourceStateRules::versions)
                        .of(Role.SOURCE));
    }

    /**
     * Reads a row at a time, then nothing many times, each reader from the state of the one before.
     *
     * <p>If this fails, check: what a state is made of; that nothing in it is remembered elsewhere.
     */
    private static void small(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        List<NumberedRow> rows = NumberedRow.inserts(trial.seed(), 0, 0, ROWS);
        side.append(0, rows);
        Reading reading =
                OpenSource.settings(trial, Reading.UNBOUNDED).isPresent() ? Reading.UNBOUNDED : Reading.BOUNDED;
        try (OpenSource source = OpenSource.open(trial, reading)) {
            OpenReader reader = source.read(source.onlyPartition()).readRows(ROWS, 1);
            reader.batches().forEach(batch -> requireSmall(batch.after(), "after " + batch.total() + " rows"));
            ResumeState first = idle(reader);
            for (int poll = 0; poll < trial.effort().cycles(); poll++) {
                requireNotLarger(first, idle(reader), poll + 2 + " polls without rows");
            }
            ResumeState last = reader.position();
            for (int life = 0; life < trial.effort().cycles(); life++) {
                try (OpenReader next = source.resume(reader.partition(), last)) {
                    last = idle(next);
                    requireNotLarger(first, last, life + 1 + " readers without rows");
                }
            }
        }
    }

    private static ResumeState idle(OpenReader reader) {
        reader.poll(1, OpenReader.MANY_BYTES, Duration.ZERO);
        requireSmall(reader.position(), "while nothing came");
        return reader.position();
    }

    private static void requireSmall(ResumeState state, String when) {
        if (state.size() > MAX_BYTES) {
            throw new RuleViolation(
                    "a state has " + state.size() + " bytes " + when + ", the most is " + MAX_BYTES,
                    "what the state lists: a position is a few numbers");
        }
    }

    private static void requireNotLarger(ResumeState first, ResumeState later, String when) {
        if (later.size() > first.size()) {
            throw new RuleViolation(
                    "a state grew from " + first.size() + " to " + later.size() + " bytes over " + when,
                    "what is added to the state on each poll");
        }
    }

    /**
     * Reads the states that are shipped in the jar, and refuses one of tomorrow.
     *
     * <p>If this fails, check: the version of a state is looked at before its bytes are.
     */
    private static void versions(Trial trial) {
        SourceSide side = trial.fixture().source();
        side.create(1);
        side.append(0, NumberedRow.inserts(trial.seed(), 0, 0, ROWS));
        try (OpenSource source = OpenSource.open(trial)) {
            Partition partition = source.onlyPartition();
            OpenReader reader = source.read(partition).readAll(ROWS, 7);
            List<ResumeState> states = new ArrayList<>();
            reader.batches().forEach(batch -> states.add(batch.after()));
            states.add(reader.position());
            requireRefused(source.source(), partition, states.get(0));
            GoldenStates golden = GoldenStates.of(trial.connector());
            golden.requireRelease(source.source(), partition, states);
            for (GoldenStates.Entry entry : golden.entries()) {
                requireRead(source.source(), entry);
            }
        }
    }

    private static void requireRefused(Source source, Partition partition, ResumeState state) {
        ResumeState tomorrow = new ResumeState(state.version() + 1, state.bytes());
        try {
            source.partition(partition, Optional.of(tomorrow)).close();
        } catch (StateVersionException e) {
            return;
        } catch (RuntimeException e) {
            throw new RuleViolation(
                    "a state of version " + tomorrow.version() + ", which no release wrote yet, was refused by " + e,
                    "throw StateVersionException",
                    e);
        }
        throw new RuleViolation(
                "a state of version " + tomorrow.version()
                        + ", which no release wrote yet, was taken as one of version " + state.version(),
                "the version of a state is looked at before its bytes are");
    }

    private static void requireRead(Source source, GoldenStates.Entry entry) {
        try {
            if (!source.describe(entry.state()).equals(entry.description())) {
                throw new RuleViolation(
                        "a state of release " + entry.release() + " is read as " + source.describe(entry.state())
                                + " and says " + entry.description(),
                        "how the bytes of that version are read; see " + entry.line());
            }
            source.partition(entry.partition(), Optional.of(entry.state())).close();
        } catch (ResumeLostException e) {
            // It was understood; what it speaks of is not in this place.
        } catch (StateVersionException e) {
            throw new RuleViolation(
                    "a state of release " + entry.release() + " is not read any more: " + e.getMessage(),
                    "keep the code that reads that version; see " + entry.line(),
                    e);
        } catch (ConnectorException e) {
            // It was understood too: whatever is missing is missing outside.
        }
    }
}
