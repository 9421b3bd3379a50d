package dev.penstock.benchmarks;

/**
 * A log of changes as pgbench makes them: transactions of three updates and an insert in four tables, or of one update
 * in one of them. Slots stand before all of it, and before its last quarter, which is to warm up.
 */
record PostgresChanges(boolean allTables, long transactions) {
    static final String PUBLICATION = "bench";
    private static final int ACCOUNTS = 100_000;
    private static final int TELLERS = 1_000;
    private static final int BRANCHES = 100;
    private static final int WARM_SHARE = 4;

    /** What all of it begins with. */
    String whole() {
        return allTables ? "bench_all" : "bench_one";
    }

    /** What the last of it begins with. */
    String warm() {
        return whole() + "_warm";
    }

    long changes() {
        return changes(transactions);
    }

    long warmChanges() {
        return changes(transactions / WARM_SHARE);
    }

    private long changes(long of) {
        return allTables ? 4 * of : of;
    }

    /** What a pipeline file calls the tables. */
    String tables() {
        return allTables ? "public.pgbench_*" : "public.pgbench_accounts";
    }

    /** Makes the tables and changes them, once in a run. */
    void write(String url) {
        PostgresData.run(
                url,
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active",
                "DROP TABLE IF EXISTS pgbench_accounts, pgbench_tellers, pgbench_branches, pgbench_history",
                "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))",
                "CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84))",
                "CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88))",
                "CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
                "INSERT INTO pgbench_accounts SELECT i, i % " + BRANCHES + ", 0, '' FROM generate_series(1, " + ACCOUNTS
                        + ") AS i",
                "INSERT INTO pgbench_tellers SELECT i, i % " + BRANCHES + ", 0, '' FROM generate_series(1, " + TELLERS
                        + ") AS i",
                "INSERT INTO pgbench_branches SELECT i, 0, '' FROM generate_series(1, " + BRANCHES + ") AS i",
                "VACUUM ANALYZE",
                "DROP PUBLICATION IF EXISTS " + PUBLICATION,
                "CREATE PUBLICATION " + PUBLICATION + " FOR TABLE pgbench_accounts"
                        + (allTables ? ", pgbench_tellers, pgbench_branches, pgbench_history" : ""),
                procedure());
        PostgresData.run(
                url,
                slot(whole()),
                "CALL change(" + (transactions - transactions / WARM_SHARE) + ")",
                slot(warm()),
                "CALL change(" + transactions / WARM_SHARE + ")");
    }

    private static String slot(String name) {
        return "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')";
    }

    /** What pgbench sends statement by statement, done by the server itself. */
    private String procedure() {
        String others = """
                UPDATE pgbench_tellers SET tbalance = tbalance + delta WHERE tid = teller;
                UPDATE pgbench_branches SET bbalance = bbalance + delta WHERE bid = branch;
                INSERT INTO pgbench_history VALUES (teller, branch, account, delta, now(), '');
                """;
        return """
                CREATE OR REPLACE PROCEDURE change(transactions bigint) LANGUAGE plpgsql AS $$
                DECLARE account int; teller int; branch int; delta int;
                BEGIN
                  FOR i IN 1..transactions LOOP
                    account := 1 + floor(random() * %d);
                    teller := 1 + floor(random() * %d);
                    branch := 1 + floor(random() * %d);
                    delta := floor(random() * 10000) - 5000;
                    UPDATE pgbench_accounts SET abalance = abalance + delta WHERE aid = account;
                    %s
                    COMMIT;
                  END LOOP;
                END $$
                """.formatted(ACCOUNTS, TELLERS, BRANCHES, allTables ? others : "");
    }
}
