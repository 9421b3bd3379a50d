package dev.penstock.conformance.fault;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network that fails on demand: relays connections to a system, in this process and without privileges.
 *
 * <p>A fault either {@linkplain #strike strikes} at once, or is {@linkplain #arm armed} for a moment that is counted in
 * bytes. {@link #log} tells whether it hit anything: without that a test that passes shows nothing.
 *
 * <p><b>Order of calls:</b> {@link #before}, anything, {@link #close}. <b>Threads:</b> any; those of the proxy are
 * daemons.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final InetSocketAddress target;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final List<Armed> armed = new CopyOnWriteArrayList<>();
    private final FaultLog log = new FaultLog();
    private final Object healing = new Object();
    private volatile Shape shape = Shape.NONE;
    private volatile boolean stalled;
    private ServerSocket listener;
    private Thread acceptor;

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.acceptor = accepting(listener);
    }

    /** A proxy on a free port of this host that relays to {@code target}. */
    public static FaultProxy before(InetSocketAddress target) {
        try {
            return new FaultProxy(requireNonNull(target, "target"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** What happened so far. */
    public FaultLog log() {
        return log;
    }

    /** How slow the network is from now on. */
    public void shape(Shape newShape) {
        shape = requireNonNull(newShape, "newShape");
    }

    /** Has a fault happen once, on the connection where {@code trigger} comes true first. */
    public void arm(Trigger trigger, Fault fault) {
        armed.add(new Armed(requireNonNull(trigger, "trigger"), requireNonNull(fault, "fault")));
    }

    /** Has a fault happen now, on every connection; a stall also holds for those that are made later. */
    public void strike(Fault fault) {
        stalled |= requireNonNull(fault, "fault") == Fault.STALL;
        for (Link link : links) {
            if (fault != Fault.STALL && fault != Fault.LOSE_REPLY) {
                link.hit(fault, Direction.RESPONSE, log.bytes(Direction.RESPONSE));
            }
            link.suffer(fault, Direction.RESPONSE);
        }
    }

    /** Refuses connections from now on, as if nobody listened; those that exist live on. */
    public synchronized void refuse() {
        try {
            listener.close();
            acceptor.join(); // only when it has left its accept does the system stop listening
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all faults, also those that have not happened yet; what a stall kept back is delivered. */
    public synchronized void heal() {
        armed.clear();
        shape = Shape.NONE;
        synchronized (healing) {
            stalled = false;
            links.forEach(Link::heal);
            healing.notifyAll();
        }
        if (listener.isClosed()) {
            try {
                listener = listen(port);
                acceptor = accepting(listener);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        return socket;
    }

    private Thread accepting(ServerSocket from) {
        Thread thread = new Thread(() -> accept(from), "fault-proxy-" + from.getLocalPort());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                link(from.accept());
            } catch (IOException e) {
                // Closed; the condition of the loop tells.
            }
        }
    }

    private void link(Socket client) {
        Socket server = new Socket();
        try {
            server.connect(target, Math.toIntExact(CONNECT.toMillis()));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Link link = new Link(this, log.connected(), client, server);
            links.add(link);
            link.start();
        } catch (IOException e) {
            new Link(this, 0, client, server).reset();
        }
    }

    void closed(Link link) {
        links.remove(link);
        synchronized (healing) {
            healing.notifyAll();
        }
    }

    /** The first fault that happens within a piece. */
    Optional<Struck> strikes(Pump pump, Armed.Piece piece) {
        for (Armed one : armed) {
            int at = one.firesAt(pump, piece);
            if (at >= 0) {
                armed.remove(one);
                return Optional.of(new Struck(one.fault(), at));
            }
        }
        return Optional.empty();
    }

    /** Waits as long as nothing is to be delivered on a connection; calls {@code onStall} if it has to. */
    void awaitUnstalled(Link link, Runnable onStall) throws InterruptedException {
        synchronized (healing) {
            if (link.isOpen() && (stalled || link.isStalled())) {
                onStall.run();
            }
            while (link.isOpen() && (stalled || link.isStalled())) {
                healing.wait();
            }
        }
    }

    void holdUp(long piece, int bytes) throws InterruptedException {
        Duration wait = shape.holdUp(piece, bytes);
        if (!wait.isZero()) {
            Thread.sleep(wait.toMillis(), wait.toNanosPart() % 1_000_000);
        }
    }

    @Override
    public void close() {
        refuse();
        links.forEach(Link::close);
    }

    /**
     * A fault that happens.
     *
     * @param fault which
     * @param at how many bytes of the piece are delivered before it
     */
    record Struck(Fault fault, int at) {}
}
