package dev.penstock.dataflow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes kernels of a checked expression: one for each node that they know, and one that evaluates row by row for each
 * that they do not, with all that is below it.
 */
final class KernelCompiler {
    private final CelAbstractSyntaxTree tree;
    private final Schema schema;
    private final Map<String, int[]> paths;

    KernelCompiler(CelAbstractSyntaxTree tree, Schema schema, Map<String, int[]> paths) {
        this.tree = tree;
        this.schema = schema;
        this.paths = paths;
    }

    /** A kernel whose values are given away. */
    Kernel compile() {
        return compile(tree.getExpr(), Buffers.fresh());
    }

    /** A kernel whose values are good until the next batch. */
    Kernel compileReused() {
        return compile(tree.getExpr(), Buffers.reused());
    }

    private Kernel compile(CelExpr expression, Buffers out) {
        Optional<Kernel> folded = fold(expression);
        if (folded.isPresent()) {
            return folded.get();
        }
        Optional<Kernel> kernel = switch (expression.getKind()) {
            case IDENT, SELECT -> column(expression);
            case CALL -> call(expression.call(), new Functions(out));
            default -> Optional.empty();
        };
        return kernel.orElseGet(() -> byRow(expression));
    }

    private Kernel part(CelExpr expression) {
        return compile(expression, Buffers.reused());
    }

    private CelType type(CelExpr expression) {
        return tree.getType(expression.id()).orElseThrow();
    }

    /** The same tree, beginning at {@code expression}. */
    private CelAbstractSyntaxTree below(CelExpr expression) {
        return CelAbstractSyntaxTree.newCheckedAst(
                expression, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap());
    }

    private Kernel byRow(CelExpr expression) {
        return new RowKernel(below(expression), type(expression), paths);
    }

    /** Where the column is that {@code expression} names, if it names one. */
    private Optional<int[]> path(CelExpr expression) {
        boolean isDyn = expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals("dyn");
        if (isDyn) {
            return path(expression.call().args().get(0));
        }
        return tree.getReference(expression.id()).map(CelReference::name).map(paths::get);
    }

    private Optional<Kernel> column(CelExpr expression) {
        return path(expression).flatMap(path -> ColumnKernel.of(typeAt(path), path));
    }

    private DataType typeAt(int[] path) {
        DataType type = schema.field(path[0]).type();
        for (int i = 1; i < path.length; i++) {
            type = ((DataType.Struct) type).fields().get(path[i]).type();
        }
        return type;
    }

    /** What has no column in it is evaluated once, here. */
    private Optional<Kernel> fold(CelExpr expression) {
        if (expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
            return constant(expression.constant());
        }
        if (expression.getKind() != CelExpr.ExprKind.Kind.CALL || dependsOnRow(expression)) {
            return Optional.empty();
        }
        try {
            return constant(Environment.program(below(expression)).eval());
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }

    private boolean dependsOnRow(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> false;
            case CALL ->
                expression.call().target().filter(this::dependsOnRow).isPresent()
                        || expression.call().args().stream().anyMatch(this::dependsOnRow);
            default -> true;
        };
    }

    private static Optional<Kernel> constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE -> constant(constant.int64Value());
            case DOUBLE_VALUE -> constant(constant.doubleValue());
            case BOOLEAN_VALUE -> constant(constant.booleanValue());
            case STRING_VALUE -> constant(constant.stringValue());
            case NULL_VALUE -> Optional.of(Constant.ofNull());
            default -> Optional.empty();
        };
    }

    private static Optional<Kernel> constant(Object value) {
        if (value instanceof Long number) {
            return Optional.of(Constant.ofLong(Vector.Kind.INT, number));
        }
        if (value instanceof Double number) {
            return Optional.of(Constant.of(number));
        }
        if (value instanceof Boolean truth) {
            return Optional.of(Constant.of(truth));
        }
        if (value instanceof String text) {
            return Optional.of(Constant.of(text));
        }
        if (value instanceof Instant instant && instant.getNano() % 1_000 == 0) {
            long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
            return Optional.of(Constant.ofLong(Vector.Kind.TIMESTAMP, micros));
        }
        if (value instanceof Duration duration && duration.getNano() % 1_000 == 0) {
            long micros = duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
            return Optional.of(Constant.ofLong(Vector.Kind.DURATION, micros));
        }
        return value instanceof NullValue ? Optional.of(Constant.ofNull()) : Optional.empty();
    }

    private Optional<Kernel> call(CelExpr.CelCall call, Functions functions) {
        List<CelExpr> arguments = new ArrayList<>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.args());
        Optional<Kernel> ofNull = nullTest(call.function(), arguments, functions);
        if (ofNull.isPresent()) {
            return ofNull;
        }
        if (call.function().equals("@in")) {
            return membership(arguments.get(0), arguments.get(1), functions);
        }
        return functions.find(
                call.function(), arguments.stream().map(this::part).toList());
    }

    /** {@code x == null} and {@code x != null} of a column of any type. */
    private Optional<Kernel> nullTest(String function, List<CelExpr> arguments, Functions functions) {
        boolean isEqual = function.equals("_==_");
        if (!isEqual && !function.equals("_!=_")) {
            return Optional.empty();
        }
        int literal = isNull(arguments.get(0)) ? 0 : 1;
        Optional<int[]> path = path(arguments.get(1 - literal));
        if (path.isEmpty() || !isNull(arguments.get(literal))) {
            return Optional.empty();
        }
        return Optional.of(functions.nullTest(path.get(), isEqual));
    }

    private static boolean isNull(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.NULL_VALUE;
    }

    /** {@code x in [1, 2, 3]}, of constants. */
    private Optional<Kernel> membership(CelExpr value, CelExpr list, Functions functions) {
        if (list.getKind() != CelExpr.ExprKind.Kind.LIST
                || list.list().elements().isEmpty()) {
            return Optional.empty();
        }
        Kernel operand = part(value);
        List<Kernel> elements = list.list().elements().stream().map(this::part).toList();
        boolean known = elements.stream().allMatch(element -> element.isConstant() && element.kind() == operand.kind());
        return known && !operand.isConstant() ? functions.membership(operand, elements) : Optional.empty();
    }
}
