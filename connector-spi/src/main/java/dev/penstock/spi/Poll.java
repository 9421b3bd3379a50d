package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.List;

/** What a poll found. */
public sealed interface Poll {
    /**
     * Some rows.
     *
     * @param rows may be empty if all were bad
     * @param after resumes after the last of them, good or bad
     * @param bad what could not be made into rows; the engine reports them before {@code after} becomes durable (ER-01)
     */
    record Rows(RecordBatch rows, ResumeState after, List<BadRow> bad) implements Poll {
        public Rows {
            requireNonNull(rows, "rows");
            requireNonNull(after, "after");
            bad = List.copyOf(bad);
        }

        /** Rows, all of them good. */
        public Rows(RecordBatch rows, ResumeState after) {
            this(rows, after, List.of());
        }
    }

    /**
     * Nothing now, more later.
     *
     * @param position where reading stands; exists before the first row, so that a start at "latest" is resolved once
     *     and for all (SP-05)
     * @param retryAfter when to ask again at the latest
     */
    record Idle(ResumeState position, Duration retryAfter) implements Poll {
        public Idle {
            requireNonNull(position, "position");
            requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * Nothing ever more, until a later run asks again.
     *
     * @param last resumes at the end; a later run is given it and says what has changed since
     */
    record End(ResumeState last) implements Poll {
        public End {
            requireNonNull(last, "last");
        }
    }
}
