package dev.penstock.local;

import dev.penstock.local.ServerCommand.Running;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;

/** Runs a PostgreSQL for people; they call it {@code examples/local-servers/postgres}. */
public final class PostgresCommand {
    private static final int USUAL_PORT = 5432;

    private PostgresCommand() {}

    /** Runs a server of the newest release; {@code --help} tells how. */
    public static void main(String[] args) throws IOException, InterruptedException {
        new ServerCommand("postgres", "PostgreSQL server", "POSTGRES", USUAL_PORT, PostgresCommand::start).run(args);
    }

    private static Running start(OptionalInt port) {
        LocalPostgres postgres = LocalPostgres.start(
                LocalPostgres.Release.POSTGRES_18,
                port.isPresent() ? Map.of("port", String.valueOf(port.getAsInt())) : Map.of());
        return new Running(port.orElse(postgres.port()), postgres::close);
    }
}
