package dev.penstock.connector.kafka.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes connections on to a broker and makes it advertise another port: clients ask a broker where it is and connect
 * to what it says, so that without this they would go around any proxy.
 */
public final class AdvertisingRelay implements AutoCloseable {
    private static final byte[] HOST = "127.0.0.1".getBytes(US_ASCII);

    private final ServerSocket server;
    private final int broker;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int advertised;

    /** Passes on to port {@code broker}, and advertises itself until told otherwise. */
    public AdvertisingRelay(int broker) {
        try {
            this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.broker = broker;
        this.advertised = server.getLocalPort();
        start(this::accept);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** From now on clients are told to connect to {@code port}. */
    public void advertise(int port) {
        advertised = port;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "advertising-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), broker);
                client.setTcpNoDelay(true);
                target.setTcpNoDelay(true);
                open.add(client);
                open.add(target);
                start(() -> pump(client, target, false));
                start(() -> pump(target, client, true));
            } catch (IOException e) {
                // The relay is closed, or the broker is down and the client sees it.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean rewrite) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            int held = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer, held, buffer.length - held)) {
                int length = held + read;
                held = rewrite ? rewrite(buffer, length) : 0;
                out.write(buffer, 0, length - held);
                System.arraycopy(buffer, length - held, buffer, 0, held);
            }
        } catch (IOException e) {
            // One side is gone, and the other one sees it.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Puts the port in the place of that of the broker; gives the number of bytes at the end that may begin one. */
    private int rewrite(byte[] buffer, int length) {
        byte[] pattern = pattern(broker);
        byte[] other = pattern(advertised);
        for (int at = 0; at < length; at++) {
            int same = 0;
            while (same < pattern.length && at + same < length && buffer[at + same] == pattern[same]) {
                same++;
            }
            if (same == pattern.length) {
                System.arraycopy(other, 0, buffer, at, other.length);
            } else if (at + same == length && same > 0) {
                return same;
            }
        }
        return 0;
    }

    private static byte[] pattern(int port) {
        return ByteBuffer.allocate(HOST.length + Integer.BYTES)
                .put(HOST)
                .putInt(port)
                .array();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
