package dev.penstock.local;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Formats the directory of a broker if it is new, and runs the broker: one process for both, as most of the time goes
 * into starting one.
 *
 * <p>It stands on the class path of the broker, and finds its classes by name.
 */
public final class KafkaMain {
    private static final String CLUSTER_ID = "cGVuc3RvY2stbG9jYWwtMQ";

    private KafkaMain() {}

    /** Runs a broker with the properties file and the data directory given; further arguments go to the formatting. */
    public static void main(String[] args) throws ReflectiveOperationException {
        if (!Files.exists(Path.of(args[1]).resolve("meta.properties"))) {
            format(args);
        }
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) new String[] {args[0]});
    }

    private static void format(String[] args) throws ReflectiveOperationException {
        String[] format = new String[args.length + 3];
        format[0] = "format";
        format[1] = "--cluster-id";
        format[2] = CLUSTER_ID;
        format[3] = "--config";
        format[4] = args[0];
        System.arraycopy(args, 2, format, 5, args.length - 2);
        int status = (int) Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, format, System.err);
        if (status != 0) {
            throw new IllegalStateException("Cannot format the directory of the broker: status " + status);
        }
    }
}
