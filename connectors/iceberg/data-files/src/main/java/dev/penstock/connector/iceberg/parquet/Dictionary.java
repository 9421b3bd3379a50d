package dev.penstock.connector.iceberg.parquet;

/** The distinct values of a column in a row group, numbered as they come. */
interface Dictionary {
    /** How many there are. */
    int size();

    /** The bytes they take in the file. */
    long plainBytes();

    /** The bytes they take in memory. */
    long memory();

    /** Writes the values that {@code ids} stand for, one after the other. */
    void expand(int[] ids, int count, ByteSink target);

    /** Writes all values in the order of their numbers. */
    void writeAll(ByteSink target);

    /** Forgets all values. */
    void clear();
}
