package dev.penstock.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into a request to drain, and the second into an immediate end.
 *
 * <p>The JDK's own class for this is not part of its API, which the compiler would complain of, so it is called through
 * reflection; a shutdown hook would not do, since it can neither choose the exit code nor see the second signal.
 */
final class StopSignals {
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final Runnable drain;
    private boolean received;

    private StopSignals(Runnable drain) {
        this.drain = drain;
    }

    /** Calls {@code drain} in a thread of its own on the first signal; call once in a process. */
    static StopSignals install(Runnable drain) {
        StopSignals signals = new StopSignals(drain);
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        signals.receive();
                        return null;
                    });
            for (String name : NAMES) {
                signals.handle(handle, signal, name, proxy);
            }
        } catch (ReflectiveOperationException e) {
            // A JVM without it stops at once on a signal; the next run goes on from the last epoch all the same.
            return signals;
        }
        return signals;
    }

    private void handle(Method handle, Class<?> signal, String name, Object handler)
            throws ReflectiveOperationException {
        try {
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (InvocationTargetException e) {
            // This operating system does not know the signal, or the JVM was told to leave it alone (-Xrs).
            return;
        }
    }

    private void receive() {
        synchronized (this) {
            if (received) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
            received = true;
        }
        drain.run();
    }

    /** Whether a signal has come. */
    synchronized boolean received() {
        return received;
    }
}
