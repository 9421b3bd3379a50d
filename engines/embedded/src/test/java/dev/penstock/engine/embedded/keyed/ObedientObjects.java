package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** As {@link Obedient}, keyed by objects, and with a codec that does not promise that states stay as they are. */
record ObedientObjects(Obedient orders) implements KeyedStep<String>, StateCodec<String> {
    static final Schema INPUT = Schema.of(Field.of("key", DataType.OBJECT), Field.required("order", DataType.STRING));

    @Override
    public String id() {
        return orders.id();
    }

    @Override
    public List<List<String>> keyColumns() {
        return orders.keyColumns();
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        return orders.outputs(inputs);
    }

    @Override
    public Optional<Duration> timeToLive() {
        return orders.timeToLive();
    }

    @Override
    public StateCodec<String> codec() {
        return this;
    }

    @Override
    public KeyedOperator<String> create() {
        return orders;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(String state, DataOutput out) throws IOException {
        out.writeUTF(state);
    }

    @Override
    public String read(DataInput in, int version) throws IOException {
        return in.readUTF();
    }
}
