package dev.penstock.cli.plugin;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.LocatedProblem;
import dev.penstock.dataflow.PipelineException;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.spi.config.Problem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * A Java program that has a flow: a class with {@code public static Flow flow()}.
 *
 * @param className the class, with its package
 * @param classPath where it and what it needs are found; connectors and Penstock itself need not be there
 */
public record FlowProgram(String className, FlowClassPath classPath) {
    private static final String OPTION = "--flow";
    private static final String METHOD = "flow";
    /** What programs share with this process; all else of it is hidden, so that they may bring their own libraries. */
    private static final List<String> SHARED = List.of("dev.penstock.spi.", "dev.penstock.dataflow.", "org.slf4j.");

    public FlowProgram {
        requireNonNull(className, "className");
        requireNonNull(classPath, "classPath");
    }

    /**
     * The flow. Its classes are found by the threads of this process from here on, also when state is read that holds
     * objects of them.
     *
     * @throws PipelineException if there is none, saying why
     */
    public Flow flow() {
        ClassLoader loader = new URLClassLoader(
                "flow",
                classPath.urls().toArray(URL[]::new),
                new FilteredParent(FlowProgram.class.getClassLoader(), SHARED));
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return built(method(Class.forName(className, true, loader)));
        } catch (ClassNotFoundException e) {
            throw refusal(
                    Problem.Code.NOT_FOUND,
                    "there is no class '" + className + "' in " + classPath,
                    "check its name, package and all, and --class-path");
        } catch (UnsupportedClassVersionError e) {
            throw refusal(
                    Problem.Code.UNSUPPORTED,
                    "class '" + className + "' needs a later Java than "
                            + Runtime.version().feature() + ": " + e.getMessage(),
                    "run Penstock with it, or compile for this one");
        } catch (LinkageError e) {
            throw refusal(
                    Problem.Code.NOT_FOUND,
                    "class '" + className + "' cannot be loaded: " + cause(e),
                    "add what it needs to --class-path");
        }
    }

    private Method method(Class<?> type) {
        try {
            Method method = type.getMethod(METHOD);
            if (Modifier.isPublic(type.getModifiers())
                    && Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() == Flow.class) {
                return method;
            }
        } catch (NoSuchMethodException e) {
            // Said below.
        }
        throw refusal(
                Problem.Code.INVALID,
                "class '" + className + "' is not public or has no method 'public static Flow flow()'",
                "give it one that builds the flow");
    }

    private Flow built(Method method) {
        try {
            Flow flow = (Flow) method.invoke(null);
            if (flow == null) {
                throw refusal(Problem.Code.INVALID, "flow() of '" + className + "' gives null", "let it give a flow");
            }
            return flow;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError missing) {
                throw missing;
            }
            PipelineException failure =
                    refusal(Problem.Code.INVALID, "flow() of '" + className + "' failed: " + cause(e), "mend it");
            failure.initCause(e.getCause());
            throw failure;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot call a public method: " + e.getMessage(), e);
        }
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = String.valueOf(cause.getMessage());
        return message.startsWith("Cannot ") ? message : cause.toString();
    }

    private static PipelineException refusal(Problem.Code code, String reason, String remedy) {
        return new PipelineException(List.of(new LocatedProblem(OPTION, 0, Problem.error("", code, reason, remedy))));
    }
}
