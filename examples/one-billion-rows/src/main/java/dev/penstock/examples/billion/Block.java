package dev.penstock.examples.billion;

/**
 * Whole lines of a file.
 *
 * @param bytes of which the first {@code length} count; ends with a line end
 */
record Block(byte[] bytes, int length) {}
