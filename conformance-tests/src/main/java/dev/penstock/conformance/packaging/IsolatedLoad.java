package dev.penstock.conformance.packaging;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process that loads a connector where neither the network nor files can be used, and writes down what it says of
 * itself. The first argument is the connector's own jar, the others those that it brings.
 */
public final class IsolatedLoad {
    /** Begins each line that the process writes. */
    static final String DENIED = "denied ";

    static final String CPU_MILLIS = "cpu-millis ";
    static final String CONNECTOR = "connector ";
    private static final int LOADS = 3;
    private static final List<String> ATTEMPTS = new ArrayList<>();

    private IsolatedLoad() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        List<Path> jars = Arrays.stream(arguments).map(Path::of).toList();
        Packaging packaging = new Packaging(jars.get(0), jars.subList(1, jars.size()));
        deny();
        long best = Long.MAX_VALUE;
        List<String> connectors = List.of();
        for (int load = 0; load < LOADS; load++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            connectors = descriptors(packaging);
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        print(CPU_MILLIS, List.of(String.valueOf(best / 1_000_000)));
        print(CONNECTOR, connectors);
        print(DENIED, ATTEMPTS);
    }

    private static void print(String kind, List<String> lines) {
        lines.forEach(line -> System.out.println(kind + line.replace('\n', ' ')));
    }

    private static List<String> descriptors(Packaging packaging) {
        List<String> lines = new ArrayList<>();
        for (Connector connector : ConnectorLoader.of(packaging).connectors()) {
            ConnectorDescriptor descriptor = connector.descriptor();
            lines.add(descriptor.name() + " " + descriptor.version() + " "
                    + descriptor.specs().keySet().stream().sorted().toList() + " " + descriptor.summary());
        }
        return lines;
    }

    /** Later Javas have no such thing; the rule then says that it looked at the rest alone. */
    @SuppressWarnings("removal") // nothing else denies both files and sockets within a process
    private static void deny() {
        if (canDeny()) {
            System.setSecurityManager(new Denying());
        }
    }

    static boolean canDeny() {
        return Runtime.version().feature() < 24;
    }

    /** Lets nothing out. */
    @SuppressWarnings("removal") // see deny
    private static final class Denying extends SecurityManager {
        @Override
        public void checkPermission(Permission permission) {
            // All else is allowed.
        }

        @Override
        public void checkConnect(String host, int port) {
            refuse("a connection to " + host + (port < 0 ? "" : ":" + port));
        }

        @Override
        public void checkListen(int port) {
            refuse("listening at port " + port);
        }

        @Override
        public void checkWrite(String file) {
            refuse("writing file " + file);
        }

        @Override
        public void checkDelete(String file) {
            refuse("deleting file " + file);
        }

        @Override
        public void checkExec(String command) {
            refuse("running " + command);
        }

        private static void refuse(String what) {
            ATTEMPTS.add(what);
            throw new SecurityException("Cannot do this while a connector is loaded: " + what);
        }
    }
}
