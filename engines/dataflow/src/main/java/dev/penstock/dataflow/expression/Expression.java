package dev.penstock.dataflow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelKind;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression over the columns of a schema, evaluated a column at a time.
 *
 * <p>Values mean what the CEL library makes of them; where it refuses null, the result is null. Loading the library
 * takes a while, so nothing of it is loaded before the first expression is compiled. Not thread safe.
 */
public final class Expression {
    private final String text;
    private final DataType type;
    private final Kernel root;

    private Expression(String text, DataType type, Kernel root) {
        this.text = text;
        this.type = type;
        this.root = root;
    }

    /**
     * The expression {@code text}, whose value becomes a column.
     *
     * @throws ExpressionException with all that is wrong with it
     */
    public static Expression compile(Schema schema, String text) {
        Environment environment = new Environment(schema);
        CelAbstractSyntaxTree tree = environment.check(text);
        DataType type = CelTypes.column(tree.getResultType())
                .orElseThrow(() -> unfit("gives " + name(tree) + ", which no column can hold", remedy(tree)));
        return new Expression(text, type, new KernelCompiler(tree, schema, environment.paths()).compile());
    }

    /**
     * The expression {@code text}, which says yes or no of each row.
     *
     * @throws ExpressionException with all that is wrong with it
     */
    public static Expression compileCondition(Schema schema, String text) {
        Environment environment = new Environment(schema);
        CelAbstractSyntaxTree tree = environment.check(text);
        if (CelTypes.kind(tree.getResultType()) != Vector.Kind.BOOL) {
            throw noCondition(tree);
        }
        return new Expression(
                text, DataType.BOOLEAN, new KernelCompiler(tree, schema, environment.paths()).compileReused());
    }

    /**
     * Finds what is wrong with {@code text} whatever the columns are: its syntax, functions that do not exist, values
     * written in it that do not fit each other.
     *
     * @throws ExpressionException with all that is wrong with it
     */
    public static void check(String text) {
        Environment.unknown(text).check(text);
    }

    /** As {@link #check}, for an expression that is to say yes or no of each row. */
    public static void checkCondition(String text) {
        CelAbstractSyntaxTree tree = Environment.unknown(text).check(text);
        Vector.Kind kind = CelTypes.kind(tree.getResultType());
        if (kind != Vector.Kind.BOOL && kind != Vector.Kind.OTHER) {
            throw noCondition(tree);
        }
    }

    private static ExpressionException noCondition(CelAbstractSyntaxTree tree) {
        return unfit("gives " + name(tree) + ", not true or false", "compare it with something");
    }

    private static ExpressionException unfit(String reason, String remedy) {
        return new ExpressionException(List.of(new ExpressionException.Issue(0, reason, remedy)));
    }

    private static String name(CelAbstractSyntaxTree tree) {
        return tree.getResultType().name();
    }

    private static String remedy(CelAbstractSyntaxTree tree) {
        return tree.getResultType().kind() == CelKind.DURATION
                ? "take its getSeconds() or getMilliseconds()"
                : "convert it with int(x), double(x), string(x) or bool(x)";
    }

    /** Whether {@code text} may read {@code column}: certain if not, careful if so. */
    public static boolean mayRead(String text, String column) {
        int at = text.indexOf(column);
        while (at >= 0) {
            int end = at + column.length();
            boolean begins = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            if (begins && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) {
                return true;
            }
            at = text.indexOf(column, at + 1);
        }
        // Other names stand in expressions in another form.
        return column.isEmpty() || !column.chars().allMatch(Character::isJavaIdentifierPart);
    }

    /** The type of the column of values. */
    public DataType type() {
        return type;
    }

    /** The expression as it was written. */
    public String text() {
        return text;
    }

    /**
     * The values for the rows of a batch.
     *
     * @param column as many rows as the batch; null in the rows that are rejected
     * @param rejected the rows in which it cannot be evaluated
     */
    public record Values(Column column, List<RejectedRow> rejected) {
        public Values {
            rejected = List.copyOf(rejected);
        }
    }

    /** Evaluates this for the rows of {@code batch}; what fails in a DELETE row is null. */
    public Values evaluate(RecordBatch batch) {
        Vector vector = root.evaluate(batch);
        return new Values(Results.column(type, vector, batch.rowCount()), rejected(batch, vector.status()));
    }

    /**
     * Which rows of a batch a condition holds for.
     *
     * @param rows true where it is true, false where it is false or null; good until the next batch, and perhaps longer
     *     than it
     * @param rejected the rows in which it cannot be evaluated
     */
    public record Choice(boolean[] rows, List<RejectedRow> rejected) {
        public Choice {
            rejected = List.copyOf(rejected);
        }
    }

    /** Evaluates this, a condition, for the rows of {@code batch}; DELETE rows are always chosen. */
    public Choice choose(RecordBatch batch) {
        Vector.Booleans vector = (Vector.Booleans) root.evaluate(batch);
        byte @Nullable [] status = vector.status();
        int size = batch.rowCount();
        if (status == null && batch.allInserts()) {
            return new Choice(vector.values(), List.of());
        }
        boolean[] rows = new boolean[size];
        for (int row = 0; row < size; row++) {
            boolean holds = vector.values()[row] && Status.at(status, row) == Status.OK;
            rows[row] = holds || batch.operation(row) == Operation.DELETE;
        }
        return new Choice(rows, rejected(batch, status));
    }

    private List<RejectedRow> rejected(RecordBatch batch, byte @Nullable [] status) {
        if (status == null) {
            return List.of();
        }
        List<RejectedRow> rejected = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            if (Status.isFailure(status[row]) && batch.operation(row) != Operation.DELETE) {
                rejected.add(new RejectedRow(row, "expression '" + text + "': " + Status.reason(status[row])));
            }
        }
        return rejected;
    }
}
