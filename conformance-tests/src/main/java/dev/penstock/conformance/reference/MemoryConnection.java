package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is needed, and made anew after it broke.
 *
 * <p><b>Threads:</b> one at a time calls; {@link #interrupt} and {@link #close} come from any thread and end a call
 * that waits, also one that waits for a peer that is silent.
 */
final class MemoryConnection implements AutoCloseable {
    private final ServerSettings server;
    private @Nullable SocketChannel channel; // guarded by this
    private @Nullable MemoryClient client; // of the thread that calls
    private boolean closed; // guarded by this

    MemoryConnection(ServerSettings server) {
        this.server = requireNonNull(server, "server");
    }

    /**
     * Asks and waits for the reply.
     *
     * @throws IOException if the connection is lost; the next call makes another one
     * @throws Refusal if the server will not
     */
    List<byte[]> call(String verb, byte[]... arguments) throws IOException {
        try {
            return connected().call(verb, arguments);
        } catch (IOException e) {
            client = null;
            interrupt();
            throw e;
        }
    }

    private MemoryClient connected() throws IOException {
        if (client == null || !isOpen()) {
            MemoryClient.User user =
                    new MemoryClient.User(server.user(), server.password().reveal());
            client = MemoryClient.connect(newChannel(), server.address(), user, server.timeout());
        }
        return client;
    }

    /** An interrupt that came when nothing waited any more must not fail the next call. */
    private synchronized boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    private synchronized SocketChannel newChannel() throws IOException {
        if (closed) {
            throw new IOException("the connection is closed");
        }
        SocketChannel fresh = SocketChannel.open();
        channel = fresh;
        return fresh;
    }

    /** Ends a call that waits: it fails as if the connection had been lost. */
    synchronized void interrupt() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing is lost with it.
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        interrupt();
    }
}
