package dev.penstock.dataflow.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelIdent;
import dev.cel.common.ast.CelExprVisitor;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects the names in an expression that are not functions or fields. */
final class VariableNames extends CelExprVisitor {
    private final Set<String> found = new LinkedHashSet<>();

    Set<String> found() {
        return found;
    }

    @Override
    protected void visit(CelExpr expression, CelIdent identifier) {
        found.add(identifier.name());
    }
}
