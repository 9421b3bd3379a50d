package dev.penstock.connector.lancedb;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;

/** Tries whether a table can be reached, and changes nothing. */
final class LanceCheck {
    private final TableSettings settings;

    LanceCheck(TableSettings settings) {
        this.settings = settings;
    }

    List<Problem> run(Role role, ConnectorContext context) {
        try {
            TableLocation location = TableLocation.of(settings, context.baseDirectory());
            Optional<Problem> problem = location.isLocal() ? directory(Path.of(location.database())) : Optional.empty();
            return problem.isPresent() ? List.of(problem.get()) : table(location, role);
        } catch (ConfigException e) {
            return e.problems();
        } catch (ConnectorException e) {
            Problem.Code code = e instanceof FatalException ? Problem.Code.PRIVILEGE : Problem.Code.CONNECTION;
            return List.of(Problem.error(TableSettings.URI.name(), code, String.valueOf(e.getMessage()), ""));
        }
    }

    private static Optional<Problem> directory(Path database) {
        @Nullable Path existing = database;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing)) {
            return Optional.of(
                    problem(Problem.Code.NOT_FOUND, "'" + existing + "' is not a directory", "name another one"));
        }
        return Files.isWritable(existing)
                ? Optional.empty()
                : Optional.of(problem(
                        Problem.Code.PRIVILEGE,
                        "directory '" + existing + "' cannot be written to",
                        "give this process the right, or name another one"));
    }

    private static List<Problem> table(TableLocation location, Role role) {
        try (Lance lance = new Lance(location)) {
            Optional<Dataset> dataset = lance.open();
            dataset.ifPresent(Dataset::close);
            return dataset.isPresent() || role == Role.SINK
                    ? List.of()
                    : List.of(Problem.error(
                            TableSettings.TABLE.name(),
                            Problem.Code.NOT_FOUND,
                            "there is no table '" + location + "'",
                            "check 'uri' and 'table', or write it first"));
        }
    }

    private static Problem problem(Problem.Code code, String reason, String remedy) {
        return Problem.error(TableSettings.URI.name(), code, reason, remedy);
    }
}
