package dev.penstock.conformance;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands at the other end of a source: puts rows there and takes them away, without the connector.
 *
 * <p>The kit numbers partitions from 0 and puts that number into each row; which partition of the connector it becomes
 * is found out by reading.
 */
public interface SourceSide {
    /** Makes the object that the settings name, with so many empty partitions. Called once, before anything else. */
    void create(int partitions);

    /** Puts rows at the end of a partition; they can be read when this returns. */
    void append(int partition, List<NumberedRow> rows);

    /**
     * The settings, to be put over the valid ones, that make the source read like this; empty if it cannot. The valid
     * settings alone read {@link Reading#BOUNDED} if the source can stop, else {@link Reading#UNBOUNDED}.
     */
    default Optional<Map<String, Object>> reading(Reading reading) {
        throw new MissingHook("SourceSide.reading");
    }

    /**
     * Whether what is read is a version of the outside, made of parts that are never changed, such as the files of a
     * table of Lance or Iceberg. Then each {@link #append} makes a partition of its own, no partition is without rows,
     * {@link #create} makes none, and a run that goes on where one was interrupted ends with what there was when that
     * one began: the next run reads what came since.
     *
     * <p>SD-01 tries whether that is so: partitions of such a source must not have grown.
     */
    default boolean versioned() {
        return false;
    }

    /** How rows are read: in the columns of {@link NumberedRow#SCHEMA} unless the source gives others. */
    default RowLayout layout() {
        return RowLayout.COLUMNS;
    }

    /** The rows of {@code batch} as the kit knows them. */
    default List<NumberedRow> rows(RecordBatch batch) {
        return layout().rows(batch);
    }

    /** Puts rows that share one position of the outside system at the end of a partition: one transaction, one file. */
    default void appendTogether(int partition, List<NumberedRow> rows) {
        throw new MissingHook("SourceSide.appendTogether");
    }

    /** Adds a partition; its number is the next. */
    default void addPartition() {
        throw new MissingHook("SourceSide.addPartition");
    }

    /** Takes a partition away, with what is in it. */
    default void removePartition(int partition) {
        throw new MissingHook("SourceSide.removePartition");
    }

    /** Takes the rows before {@code sequence} away, so that they cannot be read any more. */
    default void expire(int partition, long sequence) {
        throw new MissingHook("SourceSide.expire");
    }

    /** Puts something at the end of a partition that no row can be made of; it counts as one row of the partition. */
    default void appendPoison(int partition) {
        throw new MissingHook("SourceSide.appendPoison");
    }

    /**
     * Why the system itself refuses whatever no row can be made of: its values have the types of its columns, say. Then
     * there is nothing to put there with {@link #appendPoison}, which is not to be overridden, and ER-01 is skipped for
     * this reason. Empty if there can be such a thing.
     */
    default Optional<String> refusesPoison() {
        return Optional.empty();
    }

    /**
     * The number of rows of a partition that the outside system thinks are done with: offsets committed, log released.
     * Empty if the system keeps no such thing.
     */
    default OptionalLong released(int partition) {
        throw new MissingHook("SourceSide.released");
    }

    /** Changes a row that was put there: for sources with {@code SNAPSHOT_AND_STREAM} or {@code CHANGELOG}. */
    default void update(NumberedRow row) {
        throw new MissingHook("SourceSide.update");
    }

    /** Removes a row that was put there: for sources with {@code SNAPSHOT_AND_STREAM} or {@code CHANGELOG}. */
    default void delete(NumberedRow row) {
        throw new MissingHook("SourceSide.delete");
    }

    /**
     * Makes the object, in place of {@link #create}, with the columns of a {@link TypeMatrix} and its rows in one
     * partition; gives what must be read, at least in the columns that it names.
     */
    default List<Row> appendTypes() {
        throw new MissingHook("SourceSide.appendTypes");
    }
}
