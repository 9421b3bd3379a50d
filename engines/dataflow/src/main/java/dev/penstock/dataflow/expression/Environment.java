package dev.penstock.dataflow.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The CEL library, set up for the columns of a schema: a variable a column, and one a field of a struct column. */
final class Environment {
    /** Numbers compare across types, so that {@code price > 10} works where price is a double. */
    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final CelCompiler compiler;
    private final Map<String, int[]> paths = new LinkedHashMap<>();

    Environment(Schema schema) {
        Map<String, Field> variables = new LinkedHashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            find(schema.field(i), schema.field(i).name(), new int[] {i}, variables);
        }
        CelCompilerBuilder builder = builder(paths::containsKey);
        variables.forEach((name, field) -> builder.addVar(name, CelTypes.ofVariable(field)));
        this.compiler = builder.build();
    }

    private Environment(Set<String> variables) {
        CelCompilerBuilder builder = builder(name -> true);
        variables.forEach(name -> builder.addVar(name, SimpleType.DYN));
        this.compiler = builder.build();
    }

    /**
     * For columns that nobody knows yet: every name in {@code text} may be one, of any type.
     *
     * @throws ExpressionException if {@code text} is no expression
     */
    static Environment unknown(String text) {
        CelValidationResult parsed = Syntax.COMPILER.compiler.parse(text);
        VariableNames names = new VariableNames();
        names.visit(Syntax.COMPILER.tree(text, parsed));
        return new Environment(names.found());
    }

    @SuppressWarnings("Immutable") // the predicates know names that do not change
    private static CelCompilerBuilder builder(Predicate<String> isColumn) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS.stream()
                        .filter(macro -> macro != CelStandardMacro.HAS)
                        .toList())
                .addMacros(CelMacro.newGlobalMacro(
                        "has", 1, (factory, target, arguments) -> expandHas(isColumn, factory, target, arguments)))
                .addLibraries(CelExtensions.strings());
    }

    private void find(Field field, String name, int[] path, Map<String, Field> variables) {
        if (!IDENTIFIER.matcher(field.name()).matches()) {
            return;
        }
        variables.put(name, field);
        paths.put(name, path);
        if (field.type() instanceof DataType.Struct struct) {
            for (int i = 0; i < struct.fields().size(); i++) {
                Field inner = struct.fields().get(i);
                int[] innerPath = Arrays.copyOf(path, path.length + 1);
                innerPath[path.length] = i;
                find(inner, name + "." + inner.name(), innerPath, variables);
            }
        }
    }

    /** {@code has(column)} and {@code has(struct.field)} ask for null; all else is the macro of the language. */
    private static Optional<CelExpr> expandHas(
            Predicate<String> isColumn, CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr argument = arguments.get(0);
        if (qualifiedName(argument).filter(isColumn).isPresent()) {
            CelExpr untyped = factory.newGlobalCall("dyn", argument);
            CelExpr nothing = factory.newConstant(CelConstant.ofValue(NullValue.NULL_VALUE));
            return Optional.of(factory.newGlobalCall("_!=_", untyped, nothing));
        }
        return CelStandardMacro.HAS.getDefinition().getExpander().expandMacro(factory, target, arguments);
    }

    private static Optional<String> qualifiedName(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT -> Optional.of(expression.ident().name());
            case SELECT ->
                qualifiedName(expression.select().operand())
                        .map(operand -> operand + "." + expression.select().field());
            default -> Optional.empty();
        };
    }

    /** Where the variables are: for each the column, then the fields of structs below it. */
    Map<String, int[]> paths() {
        return paths;
    }

    /**
     * Parses and checks {@code text}.
     *
     * @throws ExpressionException with all that the library finds wrong
     */
    CelAbstractSyntaxTree check(String text) {
        return tree(text, compiler.compile(text));
    }

    private CelAbstractSyntaxTree tree(String text, CelValidationResult result) {
        if (result.hasError()) {
            throw new ExpressionException(
                    result.getErrors().stream().map(issue -> issue(text, issue)).toList());
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private ExpressionException.Issue issue(String text, CelIssue issue) {
        int line = issue.getSourceLocation().getLine();
        int before = text.lines()
                .limit(Math.max(0, line - 1L))
                .mapToInt(each -> each.length() + 1)
                .sum();
        int character = before + issue.getSourceLocation().getColumn() + 1;
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            return new ExpressionException.Issue(character, "'" + name + "' is not a column or function", hint(name));
        }
        return new ExpressionException.Issue(character, reason(issue.getMessage()), remedy(issue.getMessage()));
    }

    private String hint(String name) {
        List<String> names = new ArrayList<>(paths.keySet());
        if (NearestName.of(name, names).isPresent()) {
            return NearestName.hint(name, names);
        }
        if (names.isEmpty()) {
            return NearestName.of(name, Functions.NAMES).isPresent() ? NearestName.hint(name, Functions.NAMES) : "";
        }
        return Functions.NAMES.contains(name)
                        || NearestName.of(name, Functions.NAMES).isEmpty()
                ? "the columns are: " + String.join(", ", names)
                : NearestName.hint(name, Functions.NAMES);
    }

    /** What the library says, without its lists of overloads and tokens and its word for a column that may be null. */
    private static String reason(String message) {
        String shortened = message.replaceAll(" \\(candidates: .*", "")
                .replaceAll("wrapper\\((\\w+)\\)", "$1")
                .replaceAll("mismatched input '<EOF>' expecting .*", "something is missing at the end")
                .replaceAll(" expecting \\{.*}", "");
        return shortened.replaceAll("found no matching overload for '_?(.*?)_?' applied to", "cannot apply '$1' to");
    }

    private static String remedy(String message) {
        boolean numbers = message.contains("int") && message.contains("double");
        return numbers
                ? "write whole numbers as 2.0, or convert with double(x) or int(x)"
                : message.contains("token recognition error at: '= '") ? "compare with ==" : "";
    }

    /** A program that evaluates {@code tree} row by row. */
    static CelRuntime.Program program(CelAbstractSyntaxTree tree) {
        try {
            return Library.RUNTIME.createProgram(tree);
        } catch (dev.cel.runtime.CelEvaluationException e) {
            throw new ExpressionException(
                    List.of(new ExpressionException.Issue(0, "cannot be made ready: " + e.getMessage(), "")));
        }
    }

    /** Made when the first expression is looked at before its columns are known. */
    private static final class Syntax {
        static final Environment COMPILER = new Environment(Set.of());
    }

    /** Made when the first program is. */
    private static final class Library {
        static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(CelExtensions.strings())
                .build();
    }

    /** The names that a mistyped one may have meant. */
    private static final class Functions {
        static final List<String> NAMES = Stream.of(
                        "size contains startsWith endsWith matches lowerAscii upperAscii trim replace split join"
                                + " substring indexOf charAt int double string bool uint bytes timestamp duration has"
                                + " getFullYear getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours"
                                + " getMinutes getSeconds getMilliseconds")
                .flatMap(names -> Stream.of(names.split(" ")))
                .toList();
    }
}
