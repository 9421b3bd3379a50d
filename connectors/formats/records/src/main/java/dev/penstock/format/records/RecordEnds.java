package dev.penstock.format.records;

import dev.penstock.spi.Payload;

/** Finds where records end. Keeps what it needs to go on in the middle of one; not thread safe. */
public interface RecordEnds {
    /** The ends of records in text of {@code framing}. */
    static RecordEnds of(Payload.Framing framing) {
        return framing == Payload.Framing.CSV ? new CsvEnds() : new LineEnds();
    }

    /**
     * The index of the line feed that ends the record, looking only at {@code from} to {@code to}, or -1 if it does not
     * end there. Called with pieces of a record that follow on each other.
     */
    int find(byte[] data, int from, int to);

    /** Whether the pieces so far leave a quote open. */
    boolean inQuotes();

    /** The next piece begins a record. */
    void restart();

    /** Whether a record of no bytes is none. */
    boolean skipsEmpty();
}
