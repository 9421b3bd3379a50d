package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step of one input whose rows have a key, and perhaps a time. */
interface RowStep<S> extends KeyedStep<S> {
    /** The key columns. */
    List<String> key();

    /** The time of rows; the wall clock if empty. */
    Optional<TimeColumn> time();

    @Override
    default List<List<String>> keyColumns() {
        return List.of(key());
    }

    @Override
    default Optional<EventTime> eventTime(int input) {
        return time().map(TimeColumn::eventTime);
    }

    /**
     * Refuses columns that the settings do not fit.
     *
     * @throws ConfigException with all problems
     */
    default void check(Schema input) {
        List<Problem> problems = new ArrayList<>(KeyColumns.problems(key(), input));
        time().flatMap(column -> column.problem(input)).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** A timer of the clock that rows follow. */
    default Timer timer(long micros, long tag) {
        return new Timer(time().isPresent() ? TimeDomain.EVENT : TimeDomain.PROCESSING, micros, tag);
    }
}
