package org.apache.hadoop.mapreduce.lib.input;

import org.apache.hadoop.mapreduce.InputFormat;

/** How a job reads files: what Parquet keeps the names of its settings in a kind of. There are no jobs. */
public abstract class FileInputFormat<K, V> extends InputFormat<K, V> {}
