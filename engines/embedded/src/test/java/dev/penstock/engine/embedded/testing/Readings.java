package dev.penstock.engine.embedded.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;

/**
 * Makes readings of {@link WindowSums#SCHEMA} of the numbers of {@link NumbersSource}: number {@code n} is the value
 * {@code n} of one of {@code sensors} sensors at about {@code n}.
 *
 * @param jitter by how much times go back and forth
 */
public record Readings(int sensors, int jitter) implements BatchFunction {
    @Override
    public List<Schema> outputs(Schema input) {
        return List.of(WindowSums.SCHEMA);
    }

    @Override
    public BatchOperator create(FunctionContext context) {
        return (batch, out) -> out.emit(0, readings(batch));
    }

    private RecordBatch readings(RecordBatch batch) {
        LongColumn numbers = (LongColumn) batch.column("number");
        BytesColumn partitions = (BytesColumn) batch.column("partition");
        BatchBuilder builder = new BatchBuilder(WindowSums.SCHEMA);
        for (int row = 0; row < batch.rowCount(); row++) {
            long number = numbers.get(row);
            builder.append("sensor-" + number % sensors, time(number, requireNonNull(partitions.value(row))), number);
        }
        return builder.build();
    }

    /** When number {@code number} of {@code partition} happened. */
    public long time(long number, Object partition) {
        return jitter == 0 ? number : number - Math.floorMod(number * 31 + partition.hashCode(), jitter);
    }
}
