package org.apache.hadoop.mapreduce;

/** How a job reads; there are no jobs. */
public abstract class InputFormat<K, V> {}
