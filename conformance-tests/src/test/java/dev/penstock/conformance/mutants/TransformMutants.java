package dev.penstock.conformance.mutants;

import dev.penstock.conformance.reference.WordVectorsConnector;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.Validity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What breaks the rules of transforms, one each. */
public final class TransformMutants {
    private TransformMutants() {}

    /** All of them. */
    public static List<Mutant> all() {
        return List.of(
                new Mutant("EM-01", Role.TRANSFORM, OtherColumnsOneRowOn.class),
                new Mutant("EM-02", Role.TRANSFORM, PaddingIsNotMasked.class),
                new Mutant("EM-03", Role.TRANSFORM, NotNormalised.class),
                new Mutant("EM-04", Role.TRANSFORM, EmptyTextsTakeNoPlace.class),
                new Mutant("EM-05", Role.TRANSFORM, BuffersAreNeverFreed.class),
                new Mutant("EM-06", Role.TRANSFORM, FallsBackToAnotherModel.class));
    }

    /** The reference transform, of which a mutant changes what it does wrong. */
    public abstract static class TransformMutant implements Connector {
        private final Connector reference = new WordVectorsConnector();

        @Override
        public ConnectorDescriptor descriptor() {
            return reference.descriptor();
        }

        @Override
        public Transform transform(Config config) {
            return change(reference.transform(config));
        }

        @Override
        public List<Problem> check(Role role, Config config, ConnectorContext context) {
            return reference.check(role, config, context);
        }

        abstract Transform change(Transform transform);
    }

    /** A transform that does as another does, except for what is overridden. */
    private static class ChangedTransform implements Transform {
        private final Transform next;

        ChangedTransform(Transform next) {
            this.next = next;
        }

        @Override
        public Schema output(Schema input) {
            return next.output(input);
        }

        @Override
        public void open(ConnectorContext context) {
            next.open(context);
        }

        @Override
        public boolean takesUnchanged(String column) {
            return next.takesUnchanged(column);
        }

        @Override
        public TransformResult apply(RecordBatch input) {
            return next.apply(input);
        }

        @Override
        public void close() {
            next.close();
        }
    }

    /** The reference transform, of which a mutant changes what comes of a batch. */
    private abstract static class RowsMutant extends TransformMutant {
        @Override
        final Transform change(Transform transform) {
            return new ChangedTransform(transform) {
                @Override
                public TransformResult apply(RecordBatch input) {
                    return TransformResult.of(change(input, super.apply(input).rows()));
                }
            };
        }

        abstract RecordBatch change(RecordBatch input, RecordBatch made);
    }

    /** EM-01: the vector of row i + 1 stands in row i. */
    public static final class OtherColumnsOneRowOn extends RowsMutant {
        @Override
        RecordBatch change(RecordBatch input, RecordBatch made) {
            int count = made.rowCount();
            int[] next = IntStream.range(0, count).map(row -> (row + 1) % count).toArray();
            List<Column> columns = new ArrayList<>(made.columns());
            for (int i = 0; i < input.schema().size(); i++) {
                columns.set(i, columns.get(i).take(next, count));
            }
            return made.withColumns(made.schema(), columns);
        }
    }

    private static RecordBatch withVectors(RecordBatch made, float[] elements) {
        int vectors = made.schema().indexOf("vector");
        List<Column> columns = new ArrayList<>(made.columns());
        columns.set(
                vectors,
                new FixedListColumn(
                        (DataType.FixedList) made.schema().field(vectors).type(),
                        new FloatColumn(DataType.FLOAT32, elements, Validity.ALL),
                        made.column(vectors).validity()));
        return made.withColumns(made.schema(), columns);
    }

    private static float[] elements(RecordBatch made) {
        return ((FloatColumn) ((FixedListColumn) made.column("vector")).elements())
                .values()
                .clone();
    }

    /** EM-02: what pads the texts of a batch to blocks of tokens gets into their vectors. */
    public static final class PaddingIsNotMasked extends RowsMutant {
        private static final int BLOCK = 256;

        @Override
        RecordBatch change(RecordBatch input, RecordBatch made) {
            float[] elements = elements(made);
            int size = elements.length / Math.max(1, made.rowCount());
            int blocks = Math.floorDiv(longest(input), BLOCK);
            for (int row = 0; row < made.rowCount(); row++) {
                elements[row * size] += blocks * 0.001f;
            }
            return withVectors(made, elements);
        }

        /** Characters of the longest text that is not cut off. */
        private static int longest(RecordBatch input) {
            BytesColumn texts = (BytesColumn) input.column("text");
            return IntStream.range(0, input.rowCount())
                    .filter(row -> !texts.isNull(row))
                    .map(row -> texts.string(row).length())
                    .filter(length -> length < 2 * BLOCK)
                    .max()
                    .orElse(0);
        }
    }

    /** EM-03: pooled, and never brought to the length 1. */
    public static final class NotNormalised extends RowsMutant {
        @Override
        RecordBatch change(RecordBatch input, RecordBatch made) {
            float[] elements = elements(made);
            for (int i = 0; i < elements.length; i++) {
                elements[i] /= 2;
            }
            return withVectors(made, elements);
        }
    }

    /** EM-04: texts without words are left out, and the vectors of those behind them move up. */
    public static final class EmptyTextsTakeNoPlace extends RowsMutant {
        @Override
        RecordBatch change(RecordBatch input, RecordBatch made) {
            Column vectors = made.column("vector");
            int count = made.rowCount();
            int[] present = IntStream.range(0, count)
                    .filter(row -> !vectors.isNull(row))
                    .toArray();
            int[] absent = IntStream.range(0, count).filter(vectors::isNull).toArray();
            int[] moved = Arrays.copyOf(present, count);
            System.arraycopy(absent, 0, moved, present.length, absent.length);
            List<Column> columns = new ArrayList<>(made.columns());
            columns.set(made.schema().indexOf("vector"), vectors.take(moved, count));
            return made.withColumns(made.schema(), columns);
        }
    }

    /** EM-05: a tensor for each batch, and none is closed before the transform is. */
    public static final class BuffersAreNeverFreed extends TransformMutant {
        @Override
        Transform change(Transform transform) {
            List<ByteBuffer> tensors = new ArrayList<>();
            return new ChangedTransform(transform) {
                @Override
                public TransformResult apply(RecordBatch input) {
                    ByteBuffer tensor = ByteBuffer.allocateDirect(32 * 1024);
                    while (tensor.hasRemaining()) {
                        tensor.putLong(1);
                    }
                    tensors.add(tensor);
                    return super.apply(input);
                }

                @Override
                public void close() {
                    tensors.forEach(ByteBuffer::clear);
                    tensors.clear();
                    super.close();
                }
            };
        }
    }

    /** EM-06: where the model cannot be loaded, something else embeds as well. */
    public static final class FallsBackToAnotherModel extends TransformMutant {
        @Override
        Transform change(Transform transform) {
            return new ChangedTransform(transform) {
                @Override
                public void open(ConnectorContext context) {
                    try {
                        super.open(context);
                    } catch (ConfigException e) {
                        // "Some vectors are better than none."
                    }
                }
            };
        }
    }
}
