package dev.penstock.conformance.reference;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The server of the reference fixtures, with what is in it, and who is let in. */
record ReferenceServer(MemoryServer server, LogStore logs, TableStore tables) implements AutoCloseable {
    /** Who may do everything. */
    static final String USER = "penstock";
    /** Who is let in and may do nothing. */
    static final String GUEST = "guest";

    static final String PASSWORD = "corundum-4711-spinel";
    static final String GUEST_PASSWORD = "obsidian-1147-topaz";

    static ReferenceServer start() {
        LogStore logs = new LogStore();
        Map<String, MemoryServer.Verb> verbs = new HashMap<>(LogVerbs.of(logs, USER));
        TableStore tables = new TableStore();
        verbs.putAll(TableVerbs.of(tables, USER));
        MemoryServer server = MemoryServer.start(verbs);
        server.allow(USER, PASSWORD);
        server.allow(GUEST, GUEST_PASSWORD);
        return new ReferenceServer(server, logs, tables);
    }

    InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
