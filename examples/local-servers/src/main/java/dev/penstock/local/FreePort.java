package dev.penstock.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports that nobody listens on. */
final class FreePort {
    private FreePort() {}

    /** A port that was free a moment ago: whoever uses it must be ready to lose it to somebody else. */
    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
