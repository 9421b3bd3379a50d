package dev.penstock.dataflow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.types.CelType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of an expression that no kernel knows: the CEL library evaluates it row by row. */
final class RowKernel implements Kernel {
    private final Vector.Kind kind;
    private final CelAbstractSyntaxTree tree;
    private final Map<String, int[]> paths;
    private final CelValues values = new CelValues();
    private CelRuntime.@Nullable Program program;

    RowKernel(CelAbstractSyntaxTree tree, CelType type, Map<String, int[]> paths) {
        this.kind = CelTypes.kind(type);
        this.tree = tree;
        this.paths = paths;
    }

    @Override
    public Vector.Kind kind() {
        return kind;
    }

    @Override
    public Vector evaluate(RecordBatch batch) {
        CelRuntime.Program ready = program;
        if (ready == null) {
            ready = Environment.program(tree);
            program = ready;
        }
        int size = batch.rowCount();
        @Nullable Object[] results = new Object[size];
        byte[] status = new byte[size];
        boolean all = true;
        Cursor cursor = new Cursor(batch);
        for (int row = 0; row < size; row++) {
            cursor.row = row;
            Object result = evaluate(ready, cursor);
            if (result instanceof Byte error) {
                status[row] = error;
            } else if (result instanceof NullValue) {
                status[row] = Status.NULL;
            } else {
                results[row] = result;
            }
            all &= status[row] == Status.OK;
        }
        return vector(results, all && kind != Vector.Kind.OTHER ? null : status);
    }

    /** The value of the row, or the status of its error. */
    private Object evaluate(CelRuntime.Program ready, Cursor cursor) {
        values.takeSawNull();
        try {
            return ready.eval(cursor);
        } catch (CelEvaluationException e) {
            return status(e.getErrorCode(), values.takeSawNull());
        }
    }

    /** Errors that a null can have caused count as null if there was one. */
    private static byte status(CelErrorCode code, boolean sawNull) {
        byte status = switch (code) {
            case NUMERIC_OVERFLOW -> Status.OVERFLOW;
            case DIVIDE_BY_ZERO -> Status.DIVISION_BY_ZERO;
            case BAD_FORMAT -> Status.BAD_TEXT;
            case ATTRIBUTE_NOT_FOUND -> Status.NO_SUCH_KEY;
            case INDEX_OUT_OF_BOUNDS -> Status.NO_SUCH_INDEX;
            case INVALID_ARGUMENT -> Status.BAD_ARGUMENT;
            case OVERLOAD_NOT_FOUND -> Status.WRONG_TYPE;
            default -> Status.FAILED;
        };
        boolean ofNull = status == Status.WRONG_TYPE || status == Status.NO_SUCH_KEY || status == Status.BAD_ARGUMENT;
        return sawNull && ofNull ? Status.NULL_ERROR : status;
    }

    private Vector vector(@Nullable Object[] results, byte @Nullable [] status) {
        return switch (kind) {
            case INT, TIMESTAMP, DURATION -> longs(results, status);
            case DOUBLE -> doubles(results, status);
            case BOOL -> booleans(results, status);
            case STRING -> strings(results, status);
            case NULL, OTHER -> new Vector.Objects(results, status);
        };
    }

    private static Vector longs(@Nullable Object[] results, byte @Nullable [] status) {
        long[] longs = new long[results.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = results[i] instanceof Long value ? value : 0;
        }
        return new Vector.Longs(longs, status);
    }

    private static Vector doubles(@Nullable Object[] results, byte @Nullable [] status) {
        double[] doubles = new double[results.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = results[i] instanceof Double value ? value : 0;
        }
        return new Vector.Doubles(doubles, status);
    }

    private static Vector booleans(@Nullable Object[] results, byte @Nullable [] status) {
        boolean[] booleans = new boolean[results.length];
        for (int i = 0; i < booleans.length; i++) {
            booleans[i] = results[i] instanceof Boolean value && value;
        }
        return new Vector.Booleans(booleans, status);
    }

    private static Vector strings(@Nullable Object[] results, byte @Nullable [] status) {
        byte[][] encoded = new byte[results.length][];
        int[] offsets = new int[results.length + 1];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = (results[i] instanceof String text ? text : "").getBytes(StandardCharsets.UTF_8);
            offsets[i + 1] = Math.addExact(offsets[i], encoded[i].length);
        }
        byte[] data = new byte[offsets[encoded.length]];
        for (int i = 0; i < encoded.length; i++) {
            System.arraycopy(encoded[i], 0, data, offsets[i], encoded[i].length);
        }
        return new Vector.Strings(data, offsets, status);
    }

    /** The variables of one row. */
    private final class Cursor implements CelVariableResolver {
        private final RecordBatch batch;
        private int row;

        Cursor(RecordBatch batch) {
            this.batch = batch;
        }

        @Override
        public Optional<Object> find(String name) {
            int[] path = paths.get(name);
            if (path == null) {
                return Optional.empty();
            }
            Column column = Columns.at(batch, path);
            return Optional.of(Columns.isNull(batch, path, row) ? values.nullValue() : values.toCel(column, row));
        }
    }
}
