package dev.penstock.conformance.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Carries one direction of one connection, and lets faults happen on the way. */
final class Pump implements Runnable {
    private static final int PIECE_BYTES = 16 * 1024;

    private final Link link;
    private final Direction direction;
    private final InputStream in;
    private final OutputStream out;
    private long delivered;
    private long pieces;
    private boolean muted;

    Pump(Link link, Direction direction, InputStream in, OutputStream out) {
        this.link = link;
        this.direction = direction;
        this.in = in;
        this.out = out;
    }

    Direction direction() {
        return direction;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[PIECE_BYTES];
        try {
            int length = in.read(buffer);
            while (length >= 0) {
                relay(new Armed.Piece(buffer, length, link.startsExchange(direction)));
                length = in.read(buffer);
            }
            link.proxy().awaitUnstalled(link, () -> stalled());
            link.ended(direction);
        } catch (IOException e) {
            link.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relay(Armed.Piece piece) throws IOException, InterruptedException {
        Optional<FaultProxy.Struck> struck = link.proxy().strikes(this, piece);
        if (struck.isEmpty()) {
            deliver(piece, 0, piece.length());
        } else {
            strike(piece, struck.get());
            deliver(piece, struck.get().at(), piece.length());
        }
    }

    /**
     * Delivers what comes before a fault; no reply to that gets past {@link Link#losesReply} until the fault is there.
     */
    private void strike(Armed.Piece piece, FaultProxy.Struck struck) throws IOException, InterruptedException {
        synchronized (link.replies()) {
            deliver(piece, 0, struck.at());
            suffer(struck.fault());
        }
    }

    private void suffer(Fault fault) {
        muted |= fault == Fault.HALF_CLOSE;
        if (fault != Fault.STALL && fault != Fault.LOSE_REPLY) {
            link.hit(fault, direction, delivered);
        }
        link.suffer(fault, direction);
    }

    private void deliver(Armed.Piece piece, int from, int to) throws IOException, InterruptedException {
        if (from == to || muted) {
            return;
        }
        link.proxy().awaitUnstalled(link, () -> stalled());
        if (!link.isOpen()) {
            return;
        }
        if (link.losesReply(direction)) {
            link.hit(Fault.LOSE_REPLY, direction, delivered);
            link.reset();
            return;
        }
        link.proxy().holdUp(pieces++, to - from);
        out.write(piece.bytes(), from, to - from);
        out.flush();
        delivered += to - from;
        link.proxy().log().delivered(direction, to - from);
    }

    private void stalled() {
        link.hit(Fault.STALL, direction, delivered);
    }
}
