package dev.penstock.cli.plugin;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.BatchBuilder;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** The partition of the guide. */
final class PrimesPartition implements SourcePartition {
    private final long limit;
    private long last;

    PrimesPartition(long last, long limit) {
        this.last = last;
        this.limit = limit;
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        BatchBuilder rows = new BatchBuilder(PrimesSource.SCHEMA);
        while (last < limit && rows.rowCount() < maxRows) {
            last++;
            if (BigInteger.valueOf(last).isProbablePrime(30)) {
                rows.append(last);
            }
        }
        return rows.rowCount() > 0 ? new Poll.Rows(rows.build(), state(), List.of()) : new Poll.End(state());
    }

    private ResumeState state() {
        return new ResumeState(1, ByteBuffer.allocate(Long.BYTES).putLong(last).array());
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
}
