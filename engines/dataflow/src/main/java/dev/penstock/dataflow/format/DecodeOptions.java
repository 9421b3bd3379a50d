package dev.penstock.dataflow.format;

/**
 * How records are read.
 *
 * @param format what they are
 * @param csv what holds if they are csv
 * @param rejectUnknown whether a JSON field that is not a column makes its row bad, rather than being left out
 */
public record DecodeOptions(Format format, CsvOptions csv, boolean rejectUnknown) {}
