package org.apache.hadoop.mapreduce;

/** A job; there are none. */
public interface JobContext {}
