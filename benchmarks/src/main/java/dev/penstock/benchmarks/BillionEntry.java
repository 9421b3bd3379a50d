package dev.penstock.benchmarks;

import dev.penstock.examples.billion.Summary;

/** A {@link Summary}, with the public fields and the empty constructor that Flink's serializer wants. */
public final class BillionEntry {
    public String station = "";
    public int min;
    public int max;
    public long sum;
    public long count;

    /** For Flink. */
    public BillionEntry() {}

    static BillionEntry of(Summary summary) {
        BillionEntry entry = new BillionEntry();
        entry.station = summary.station();
        entry.min = summary.min();
        entry.max = summary.max();
        entry.sum = summary.sum();
        entry.count = summary.count();
        return entry;
    }

    BillionEntry and(BillionEntry other) {
        BillionEntry both = new BillionEntry();
        both.station = station;
        both.min = Math.min(min, other.min);
        both.max = Math.max(max, other.max);
        both.sum = sum + other.sum;
        both.count = count + other.count;
        return both;
    }
}
