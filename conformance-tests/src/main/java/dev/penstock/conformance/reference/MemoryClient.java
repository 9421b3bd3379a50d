package dev.penstock.conformance.reference;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * One connection to a {@link MemoryServer}.
 *
 * <p><b>Order of calls:</b> {@code connect call* close}. <b>Threads:</b> one at a time; {@link #close} from any, which
 * ends a call that waits.
 */
public final class MemoryClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private MemoryClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /**
     * A connection of {@code user}.
     *
     * @param timeout the longest that connecting or a reply may take
     * @throws Refusal if the user is not let in
     */
    public static MemoryClient connect(InetSocketAddress address, User user, Duration timeout) throws IOException {
        return connect(SocketChannel.open(), address, user, timeout);
    }

    /** As the other, through {@code channel}, which ends a call that waits when it is closed; closed on failure. */
    static MemoryClient connect(SocketChannel channel, InetSocketAddress address, User user, Duration timeout)
            throws IOException {
        Socket socket = channel.socket(); // unlike a plain one, it lets go of a thread that is interrupted
        try {
            socket.connect(address, Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            socket.setTcpNoDelay(true);
            MemoryClient client = new MemoryClient(socket);
            client.call("login", Frames.text(user.name), Frames.text(user.password));
            return client;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Asks and waits for the reply.
     *
     * @throws Refusal if the server will not
     */
    public List<byte[]> call(String verb, byte[]... arguments) throws IOException {
        Frames.writeRequest(out, new Frames.Request(verb, List.of(arguments)));
        return Frames.readReply(in);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is lost with it.
        }
    }

    /**
     * Who connects.
     *
     * @param name of the user
     * @param password secret
     */
    public record User(String name, String password) {}
}
