package org.apache.hadoop.mapreduce;

/** A part of the input of a job; there are no jobs. */
public abstract class InputSplit {}
