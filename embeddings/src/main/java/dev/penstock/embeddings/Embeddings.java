package dev.penstock.embeddings;

import java.util.BitSet;

/**
 * The vectors of some texts.
 *
 * @param vectors one after the other; zeros where a text has none
 * @param present which texts have one
 * @param truncated which texts were cut off
 */
record Embeddings(float[] vectors, BitSet present, BitSet truncated) {}
