package org.apache.hadoop.mapreduce;

/** A task of a job; there are none. */
public interface TaskAttemptContext extends JobContext {}
