package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The outside system of the reference connector: logs and tables in memory, behind a port, so that a relay can be put
 * before it and clients can be killed.
 *
 * <p>A connection begins with a {@code login}; every request is a verb and some byte strings, every reply is byte
 * strings or a refusal. One request of a place is handled at a time.
 *
 * <p><b>Order of calls:</b> {@link #start}, {@link #close}. <b>Threads:</b> any.
 */
public final class MemoryServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Map<String, Verb> verbs = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private MemoryServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** A server on a free port of this host, whose verbs are {@code verbs}. */
    public static MemoryServer start(Map<String, Verb> verbs) {
        try {
            MemoryServer server = new MemoryServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            server.verbs.putAll(verbs);
            Thread thread = new Thread(server::accept, "memory-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Lets a user in from now on. */
    public void allow(String user, String password) {
        passwords.put(requireNonNull(user, "user"), requireNonNull(password, "password"));
    }

    /** How many connections are open. */
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.add(socket);
                Thread thread = new Thread(() -> serve(socket), "memory-connection-" + socket.getPort());
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed; the condition of the loop tells.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
            socket.setTcpNoDelay(true);
            String user = login(in, out);
            while (!user.isEmpty()) {
                Frames.Request request = Frames.readRequest(in);
                answer(user, request, out);
            }
        } catch (EOFException e) {
            // The client went away, which is how every connection ends.
        } catch (IOException e) {
            // So did this one, less politely.
        } finally {
            connections.remove(socket);
        }
    }

    private String login(DataInputStream in, DataOutputStream out) throws IOException {
        Frames.Request request = Frames.readRequest(in);
        String user = request.text(0);
        if (request.verb().equals("login") && request.text(1).equals(passwords.get(user))) {
            Frames.writeReply(out, List.of());
            return user;
        }
        Frames.writeRefusal(out, new Refusal(Refusal.Kind.CREDENTIALS, "user '" + user + "' is not let in"));
        return "";
    }

    private void answer(String user, Frames.Request request, DataOutputStream out) throws IOException {
        try {
            Verb verb = verbs.get(request.verb());
            if (verb == null) {
                throw new Refusal(Refusal.Kind.UNKNOWN, "there is no verb '" + request.verb() + "'");
            }
            Frames.writeReply(out, verb.answer(user, request));
        } catch (Refusal refusal) {
            Frames.writeRefusal(out, refusal);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the server does on a request. */
    @FunctionalInterface
    public interface Verb {
        /** The reply; called by many threads at once. */
        List<byte[]> answer(String user, Frames.Request request);
    }
}
