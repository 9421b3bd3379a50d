package dev.penstock.engine.embedded;

/**
 * What one step has done.
 *
 * @param rowsIn rows it was given; none for a source
 * @param rowsOut rows it gave on; for a sink, rows it accepted
 * @param bytesOut bytes of memory of those rows
 * @param rejected rows it could not take
 */
public record StepProgress(long rowsIn, long rowsOut, long bytesOut, long rejected) {}
