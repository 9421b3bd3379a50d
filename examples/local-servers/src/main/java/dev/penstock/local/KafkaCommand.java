package dev.penstock.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs a broker for people: for as long as a command takes, or until Ctrl-C. The command finds the broker's address in
 * the environment variable {@code KAFKA}, and its exit code is that of this.
 */
public final class KafkaCommand {
    private static final int USUAL_PORT = 9092;
    private static final int USAGE = 2;

    private KafkaCommand() {}

    /** Runs a broker; see the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean choosesPort = args.length > 0 && args[0].equals("--port");
        List<String> command = Arrays.asList(args).subList(choosesPort ? Math.min(2, args.length) : 0, args.length);
        OptionalInt port = choosesPort ? port(args) : OptionalInt.empty();
        if ((choosesPort && port.isEmpty())
                || (!command.isEmpty() && command.get(0).startsWith("-"))) {
            System.err.println("""
                    Usage: kafka [--port N] [COMMAND [ARGUMENT ...]]
                    Runs a Kafka broker while COMMAND runs, which finds its address in $KAFKA; without COMMAND, until Ctrl-C.
                    Listens on port 9092, or on any that is free if there is a COMMAND. Forgets everything when it ends.""");
            System.exit(command.contains("--help") ? 0 : USAGE);
        }
        run(port.isEmpty() && command.isEmpty() ? OptionalInt.of(USUAL_PORT) : port, command);
    }

    private static OptionalInt port(String[] args) {
        return args.length > 1 && args[1].matches("[1-9][0-9]{0,4}") && Integer.parseInt(args[1]) <= 65_535
                ? OptionalInt.of(Integer.parseInt(args[1]))
                : OptionalInt.empty();
    }

    private static void run(OptionalInt port, List<String> command) throws IOException, InterruptedException {
        port.ifPresent(KafkaCommand::requireFree);
        LocalKafka kafka = LocalKafka.start(port.isPresent() ? at(address(port.getAsInt())) : Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-close"));
        String address = port.isPresent() ? address(port.getAsInt()) : kafka.bootstrapServers();
        System.err.println("A Kafka broker runs at " + address);
        if (command.isEmpty()) {
            System.err.println("Ctrl-C ends it, and then everything that was written to it is gone");
            Thread.currentThread().join();
        }
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("KAFKA", address);
        System.exit(builder.start().waitFor());
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    private static Map<String, String> at(String address) {
        String listener = "PLAINTEXT://" + address;
        return Map.of(
                "listeners", listener + ",CONTROLLER://127.0.0.1:{controller-port}", "advertised.listeners", listener);
    }

    /** Somebody who has a broker already is told so, rather than what a second one says to it. */
    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            System.err.println("Cannot start a broker on port " + port + ": " + e.getMessage()
                    + "; if it is a broker that listens there, use it, or choose another port with --port");
            System.exit(1);
        }
    }
}
