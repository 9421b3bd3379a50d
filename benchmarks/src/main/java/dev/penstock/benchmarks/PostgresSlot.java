package dev.penstock.benchmarks;

/** A replication slot for one run, which is gone when that is over. */
record PostgresSlot(String url, String name) implements AutoCloseable {
    /** Whoever makes the slot is the contender itself. */
    static final String NONE = "-";

    /** A copy of the slot {@code origin}, so that each run reads the same log; no slot if that is {@link #NONE}. */
    static PostgresSlot copy(String url, String origin, String name) {
        PostgresSlot slot = new PostgresSlot(url, name);
        slot.close();
        if (!origin.equals(NONE)) {
            PostgresData.run(
                    url,
                    "SELECT pg_copy_logical_replication_slot('" + origin + "', '" + name + "', false, 'pgoutput')");
        }
        return slot;
    }

    /** Drops it, whoever the server thinks still reads from it. */
    @Override
    public void close() {
        String where = " FROM pg_replication_slots WHERE slot_name = '" + name + "'";
        while (PostgresData.ask(url, "SELECT count(*)" + where + " AND active") > 0) {
            PostgresData.run(url, "SELECT pg_terminate_backend(active_pid)" + where + " AND active");
        }
        PostgresData.run(url, "SELECT pg_drop_replication_slot(slot_name)" + where);
    }
}
