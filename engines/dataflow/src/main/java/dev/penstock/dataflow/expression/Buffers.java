package dev.penstock.dataflow.expression;

/**
 * Where a kernel puts its values: for a part of an expression the same arrays batch after batch, which stay in the
 * processor's cache; for the whole, whose values leave, new ones each time.
 */
final class Buffers {
    private final boolean reuse;
    private long[] longs = new long[0];
    private double[] doubles = new double[0];
    private boolean[] booleans = new boolean[0];

    private Buffers(boolean reuse) {
        this.reuse = reuse;
    }

    /** Arrays that are overwritten by the next batch. */
    static Buffers reused() {
        return new Buffers(true);
    }

    /** Arrays that are given away. */
    static Buffers fresh() {
        return new Buffers(false);
    }

    long[] longs(int size) {
        if (!reuse || longs.length < size) {
            longs = new long[size];
        }
        return longs;
    }

    double[] doubles(int size) {
        if (!reuse || doubles.length < size) {
            doubles = new double[size];
        }
        return doubles;
    }

    /** What they hold is not defined. */
    boolean[] booleans(int size) {
        if (!reuse || booleans.length < size) {
            booleans = new boolean[size];
        }
        return booleans;
    }
}
