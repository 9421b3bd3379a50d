package dev.penstock.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of a server that must not outlive who started it: it runs the server's own main class, and halts once
 * its input ends, which it does when the parent ends, however that happens.
 *
 * <p>It stands on the class path of the server and uses nothing but the JDK.
 */
public final class Guard {
    private static final int ORPHANED = 99;

    private Guard() {}

    /** Runs the class named by the first argument with the other ones. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(Guard::watch, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.getTargetException().printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent: only the end of the input counts.
            }
        } catch (IOException e) {
            // The parent is gone.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
