package org.apache.hadoop.mapreduce;

/** Reads records for a job; there are no jobs. */
public abstract class RecordReader<K, V> {}
