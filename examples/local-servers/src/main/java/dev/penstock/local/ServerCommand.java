package dev.penstock.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Runs a server for people: for as long as a command takes, or until Ctrl-C. The command finds the server's address in
 * an environment variable, and its exit code is that of this.
 *
 * @param script what people call to run it
 * @param server what it is, for example {@code Kafka broker}
 * @param variable the environment variable for the address
 * @param usualPort where it listens if there is no command
 * @param start starts it
 */
record ServerCommand(String script, String server, String variable, int usualPort, Start start) {
    private static final int USAGE = 2;

    /** Starts a server on a port, or on any that is free. */
    @FunctionalInterface
    interface Start {
        Running on(OptionalInt port);
    }

    /**
     * A server that runs.
     *
     * @param port where it listens
     * @param close ends it
     */
    record Running(int port, Runnable close) {}

    /** Does what {@code args} say; never returns. */
    void run(String[] args) throws IOException, InterruptedException {
        boolean choosesPort = args.length > 0 && args[0].equals("--port");
        List<String> command = Arrays.asList(args).subList(choosesPort ? Math.min(2, args.length) : 0, args.length);
        OptionalInt port = choosesPort ? port(args) : OptionalInt.empty();
        if ((choosesPort && port.isEmpty())
                || (!command.isEmpty() && command.get(0).startsWith("-"))) {
            System.err.printf("""
                    Usage: %s [--port N] [COMMAND [ARGUMENT ...]]
                    Runs a %s while COMMAND runs, which finds its address in $%s; without COMMAND, until Ctrl-C.
                    Listens on port %d, or on any that is free if there is a COMMAND. Forgets everything when it ends.
                    """, script, server, variable, usualPort);
            System.exit(command.contains("--help") ? 0 : USAGE);
        }
        run(port.isEmpty() && command.isEmpty() ? OptionalInt.of(usualPort) : port, command);
    }

    private static OptionalInt port(String[] args) {
        return args.length > 1 && args[1].matches("[1-9][0-9]{0,4}") && Integer.parseInt(args[1]) <= 65_535
                ? OptionalInt.of(Integer.parseInt(args[1]))
                : OptionalInt.empty();
    }

    private void run(OptionalInt port, List<String> command) throws IOException, InterruptedException {
        port.ifPresent(this::requireFree);
        Running running = start.on(port);
        Runtime.getRuntime().addShutdownHook(new Thread(running.close(), "server-close"));
        String address = "127.0.0.1:" + running.port();
        System.err.println("A " + server + " runs at " + address);
        if (command.isEmpty()) {
            System.err.println("Ctrl-C ends it, and then everything that was written to it is gone");
            Thread.currentThread().join();
        }
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(variable, address);
        System.exit(builder.start().waitFor());
    }

    /** Somebody who has such a server already is told so, rather than what a second one says to it. */
    private void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            System.err.println("Cannot start a " + server + " on port " + port + ": " + e.getMessage()
                    + "; if it is one that listens there, use it, or choose another port with --port");
            System.exit(1);
        }
    }
}
