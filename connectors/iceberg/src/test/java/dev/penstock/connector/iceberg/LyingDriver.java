package dev.penstock.connector.iceberg;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A driver before another one, which once says something else than what became of a change of a table in a catalog. */
final class LyingDriver implements Driver {
    private static final String PREFIX = "jdbc:lying:";

    private static final AtomicReference<Optional<Lie>> NEXT = new AtomicReference<>(Optional.empty());

    static {
        try {
            DriverManager.registerDriver(new LyingDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * What is done about the next change.
     *
     * @param before is run before the change
     * @param applied whether the change is made
     * @param after is run after it
     * @param state the SQL state of what is thrown then; empty if nothing is
     */
    record Lie(Runnable before, boolean applied, Runnable after, Optional<String> state) {
        static Lie saying(String state, boolean applied) {
            return new Lie(() -> {}, applied, () -> {}, Optional.of(state));
        }

        static Lie first(Runnable before) {
            return new Lie(before, true, () -> {}, Optional.empty());
        }

        Lie then(Runnable newAfter) {
            return new Lie(before, applied, newAfter, state);
        }
    }

    /** The URL at which this driver stands before the one of {@code url}. */
    static String before(String url) {
        return PREFIX + url;
    }

    static void tell(Lie lie) {
        NEXT.set(Optional.of(lie));
    }

    /** Whether the lie was told. */
    static boolean told() {
        return requireNonNull(NEXT.get(), "next").isEmpty();
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection connection = DriverManager.getConnection(url.substring(PREFIX.length()), properties);
        return wrapped(Connection.class, connection, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement && isChange(arguments)
                    ? wrapped(PreparedStatement.class, statement, (same, inner, values) -> {
                        return inner.getName().equals("executeUpdate")
                                ? update(statement, inner, values)
                                : call(statement, inner, values);
                    })
                    : result;
        });
    }

    private static boolean isChange(Object[] arguments) {
        return arguments[0] instanceof String sql && sql.startsWith("UPDATE iceberg_tables");
    }

    private static Object update(PreparedStatement statement, Method method, Object[] values) throws Throwable {
        Optional<Lie> lie = NEXT.getAndSet(Optional.empty());
        if (lie.isEmpty()) {
            return call(statement, method, values);
        }
        lie.get().before().run();
        Object result = lie.get().applied() ? call(statement, method, values) : 0;
        lie.get().after().run();
        if (lie.get().state().isPresent()) {
            throw new SQLException("the reply was lost", lie.get().state().get());
        }
        return result;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T wrapped(Class<T> type, T target, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(target.getClass().getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
