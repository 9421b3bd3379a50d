package dev.penstock.conformance.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through the proxy. <b>Threads:</b> any. */
final class Link {
    private final FaultProxy proxy;
    private final long number;
    private final Socket client;
    private final Socket server;
    private final Object replies = new Object();
    private final AtomicInteger pumping = new AtomicInteger(2);
    private volatile boolean losingReply;
    private volatile boolean stalled;
    private volatile boolean open = true;
    private volatile Direction last = Direction.RESPONSE;

    Link(FaultProxy proxy, long number, Socket client, Socket server) {
        this.proxy = proxy;
        this.number = number;
        this.client = client;
        this.server = server;
    }

    void start() throws IOException {
        Pump requests = new Pump(this, Direction.REQUEST, client.getInputStream(), server.getOutputStream());
        Pump responses = new Pump(this, Direction.RESPONSE, server.getInputStream(), client.getOutputStream());
        for (Pump pump : new Pump[] {requests, responses}) {
            Thread thread = new Thread(pump, "fault-proxy-" + number + "-" + pump.direction());
            thread.setDaemon(true);
            thread.start();
        }
    }

    FaultProxy proxy() {
        return proxy;
    }

    boolean isOpen() {
        return open;
    }

    boolean isStalled() {
        return stalled;
    }

    /** Whether a piece that goes one way begins a request; remembers which way it went. */
    boolean startsExchange(Direction direction) {
        Direction before = last;
        last = direction;
        return direction == Direction.REQUEST && before == Direction.RESPONSE;
    }

    /** Held while a fault strikes: a reply that overtook it would not be lost. */
    Object replies() {
        return replies;
    }

    /** What was to be lost is here. */
    boolean losesReply(Direction direction) {
        if (direction == Direction.REQUEST) {
            return false;
        }
        synchronized (replies) {
            return losingReply;
        }
    }

    void suffer(Fault fault, Direction direction) {
        switch (fault) {
            case RESET -> reset();
            case CLOSE -> close();
            case HALF_CLOSE -> halfClose(direction);
            case STALL -> stalled = true;
            case LOSE_REPLY -> losingReply = true;
        }
    }

    void heal() {
        stalled = false;
        losingReply = false;
    }

    void hit(Fault fault, Direction direction, long bytes) {
        proxy.log().hit(new Hit(fault, number, direction, bytes));
    }

    /** Ends the connection so that both ends see a reset. */
    void reset() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // Closed already, and that is all that is wanted.
            }
        }
        close();
    }

    private void halfClose(Direction direction) {
        try {
            (direction == Direction.REQUEST ? server : client).shutdownOutput();
        } catch (IOException e) {
            // Closed already.
        }
    }

    void close() {
        open = false;
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing is lost with it.
            }
        }
        proxy.closed(this);
    }

    /** One way has come to its end: the receiver sees it, and the connection is closed when both have. */
    void ended(Direction direction) {
        halfClose(direction);
        if (pumping.decrementAndGet() == 0) {
            close();
        }
    }
}
