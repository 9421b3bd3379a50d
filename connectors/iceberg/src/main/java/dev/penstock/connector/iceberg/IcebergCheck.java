package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tries whether a catalog can be reached, and changes nothing. */
final class IcebergCheck {
    private final TableSettings settings;

    IcebergCheck(TableSettings settings) {
        this.settings = settings;
    }

    List<Problem> run(ConnectorContext context) {
        Catalogs catalogs = new Catalogs(settings.catalog(), context.baseDirectory());
        Optional<Problem> problem = directory(catalogs);
        return problem.isPresent() ? List.of(problem.get()) : table(catalogs);
    }

    private static Optional<Problem> directory(Catalogs catalogs) {
        Optional<Path> existing = catalogs.existingDirectory();
        if (existing.filter(path -> !Files.isDirectory(path)).isPresent()) {
            return Optional.of(
                    problem(Problem.Code.NOT_FOUND, "'" + existing.get() + "' is not a directory", "name another one"));
        }
        return existing.filter(path -> !Files.isWritable(path))
                .map(path -> problem(
                        Problem.Code.PRIVILEGE,
                        "directory '" + path + "' cannot be written to",
                        "give this process the right, or name another one"));
    }

    private static Problem problem(Problem.Code code, String reason, String remedy) {
        return Problem.error(TableSettings.WAREHOUSE.name(), code, reason, remedy);
    }

    private List<Problem> table(Catalogs catalogs) {
        try (TableAccess access = new TableAccess(catalogs, settings.table())) {
            catalogs.probeStore();
            access.find();
            return List.of();
        } catch (RuntimeException e) {
            return IcebergErrors.problems(e);
        }
    }
}
