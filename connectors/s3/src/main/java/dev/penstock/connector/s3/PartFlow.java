package dev.penstock.connector.s3;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/** Sends parts of all objects of a writer, no more than a few at the same time, which bounds memory. */
final class PartFlow implements ObjectWriter.Flow {
    /** Parts that are on their way. */
    static final int MOST = 4;

    private final Requests requests;
    private final Deque<Future<String>> underWay = new ArrayDeque<>();

    PartFlow(Requests requests) {
        this.requests = requests;
    }

    @Override
    public Future<String> part(ObjectWriter.Request request) {
        while (!underWay.isEmpty()
                && (underWay.size() >= MOST || underWay.getFirst().isDone())) {
            // What fails here fails in time: no row is taken for written whose part is lost.
            await("send a part", underWay.removeFirst());
        }
        Future<String> sent = requests.send(request::send);
        underWay.add(sent);
        return sent;
    }

    @Override
    public Future<String> small(ObjectWriter.Request request) {
        return requests.send(request::send);
    }

    @Override
    public String await(String what, Future<String> reply) {
        return requests.await(what, reply);
    }
}
