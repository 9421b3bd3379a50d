package dev.penstock.conformance.reference;

import dev.penstock.conformance.reference.Frames.Request;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What clients can ask of the logs of a {@link MemoryServer}. The first argument is always the name of the log. */
final class LogVerbs {
    private final LogStore store;
    private final String reader;

    private LogVerbs(LogStore store, String reader) {
        this.store = store;
        this.reader = reader;
    }

    /** The verbs, each for {@code reader} alone: other users are let in and may do nothing. */
    static Map<String, MemoryServer.Verb> of(LogStore store, String reader) {
        LogVerbs verbs = new LogVerbs(store, reader);
        return Map.of(
                "log.schema", verbs.allowed(verbs::schema),
                "log.partitions", verbs.allowed(verbs::partitions),
                "log.position", verbs.allowed(verbs::position),
                "log.read", verbs.allowed(verbs::read),
                "log.table", verbs.allowed(verbs::table),
                "log.subscribe", verbs.allowed(verbs::subscribe),
                "log.unsubscribe", verbs.allowed(verbs::unsubscribe),
                "log.release", verbs.allowed(verbs::release));
    }

    /** A verb of a user who may do it. */
    @FunctionalInterface
    private interface AllowedVerb {
        List<byte[]> answer(Log log, Request request);
    }

    private MemoryServer.Verb allowed(AllowedVerb verb) {
        return (user, request) -> {
            if (!user.equals(reader)) {
                throw new Refusal(Refusal.Kind.PRIVILEGE, "user '" + user + "' may not read logs");
            }
            return verb.answer(store.log(request.text(0)), request);
        };
    }

    private List<byte[]> schema(Log log, Request request) {
        return List.of(SchemaText.write(log.schema()));
    }

    private List<byte[]> partitions(Log log, Request request) {
        return log.partitions().stream().map(Frames::number).toList();
    }

    /** Arguments: partition, and earliest, latest or a time in milliseconds. */
    private List<byte[]> position(Log log, Request request) {
        int partition = Math.toIntExact(request.number(1));
        String which = request.text(2);
        LogPosition position = switch (which) {
            case "earliest" -> log.earliest(partition);
            case "latest" -> log.end(partition);
            default -> log.since(partition, Long.parseLong(which));
        };
        return List.of(position.toBytes());
    }

    /** Arguments: partition, position, most entries, most bytes, milliseconds to wait. */
    private List<byte[]> read(Log log, Request request) {
        return log.read(reading(request), request.number(5)).stream()
                .map(LogEntry::toBytes)
                .toList();
    }

    /** Arguments: partition, position, most entries, most bytes, key. The reply is a key and an entry in turn. */
    private List<byte[]> table(Log log, Request request) {
        return log.table(reading(request), request.text(5)).stream()
                .flatMap(entry -> Stream.of(Frames.text(entry.key()), entry.toBytes()))
                .toList();
    }

    private static Log.Reading reading(Request request) {
        return new Log.Reading(
                Math.toIntExact(request.number(1)),
                LogPosition.of(request.arguments().get(2)),
                Math.toIntExact(request.number(3)),
                request.number(4));
    }

    /** Arguments: the name of the subscription, and 1 if it prunes. */
    private List<byte[]> subscribe(Log log, Request request) {
        log.subscribe(request.text(1), request.number(2) != 0);
        return List.of();
    }

    private List<byte[]> unsubscribe(Log log, Request request) {
        log.unsubscribe(request.text(1));
        return List.of();
    }

    /** Arguments: the name of the subscription, partition, position. */
    private List<byte[]> release(Log log, Request request) {
        log.release(
                request.text(1),
                Math.toIntExact(request.number(2)),
                LogPosition.of(request.arguments().get(3)));
        return List.of();
    }
}
