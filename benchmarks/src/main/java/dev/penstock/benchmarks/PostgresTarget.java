package dev.penstock.benchmarks;

/** The table that rows are written to: with a key and half of its rows there, or empty and without. */
record PostgresTarget(String table, boolean keyed) {
    /** A prime that no number of rows here is a multiple of, so that each key comes once, and not in its order. */
    private static final long FACTOR = 1_000_003;

    private static final long ROOM = 1L << 30;

    static PostgresTarget of(boolean keyed) {
        return new PostgresTarget(keyed ? "bench_upserts" : "bench_appends", keyed);
    }

    /** The key of the row numbered {@code id}, in the words of CEL, SQL and Java alike. */
    static String key(String id) {
        return "(" + id + " * " + FACTOR + ") % " + ROOM;
    }

    /** The key of the row numbered {@code id}. */
    static long key(long id) {
        return (id * FACTOR) % ROOM;
    }

    /** Makes the table anew, ready for {@code rows} rows, of which every second is there if it has a key. */
    void create(String url, long rows) {
        PostgresData.run(
                url,
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (id bigint" + (keyed ? " PRIMARY KEY" : "")
                        + ", name text, amount float8, paid boolean, created timestamptz)");
        if (keyed) {
            PostgresData.run(
                    url,
                    "INSERT INTO " + table + " SELECT " + key("i") + ", 'before', 0, false, now()"
                            + " FROM generate_series(0::bigint, " + (rows - 1) + ", 2) AS i");
        }
        PostgresData.run(url, "VACUUM ANALYZE " + table);
    }

    /** Fails unless the table has {@code rows} rows. */
    void verify(String url, long rows) {
        long found = PostgresData.ask(url, "SELECT count(*) FROM " + table);
        if (found != rows) {
            throw new IllegalStateException("the table has " + found + " rows, not " + rows);
        }
    }
}
