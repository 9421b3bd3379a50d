package dev.penstock.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;

/** Finds ports that nobody listens on. */
final class FreePort {
    private static final int ATTEMPTS = 3;

    private FreePort() {}

    /** Starts a server on a port. */
    @FunctionalInterface
    interface Launch {
        void on(int port) throws IOException;
    }

    /**
     * Launches a server on free ports until one was not taken meanwhile.
     *
     * @param log what the server has written
     * @param taken what it writes if somebody else has its port
     */
    static void launch(Launch launch, Supplier<String> log, String taken) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                launch.on(find());
                return;
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS || !log.get().contains(taken)) {
                    throw e;
                }
            }
        }
    }

    /** A port that was free a moment ago: whoever uses it must be ready to lose it to somebody else. */
    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
