package dev.penstock.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The programs of PostgreSQL: unpacked once a machine into the temporary directory, and run as a user that PostgreSQL
 * accepts, which root is not.
 */
final class PostgresPrograms {
    /** The user called nobody, wherever there is one. */
    private static final int NOBODY = 65534;

    private final Path home;

    private PostgresPrograms(Path home) {
        this.home = home;
    }

    /** The programs of {@code release}, unpacked if they were not before. */
    static PostgresPrograms of(LocalPostgres.Release release) throws IOException {
        Path jar = packed().resolve("postgres-" + release.major() + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("Cannot find '" + jar
                    + "': the build has not copied the programs of PostgreSQL; build the module local-servers");
        }
        String name = "penstock-postgres-" + release.major() + "-" + Files.size(jar);
        Path home = Path.of(System.getProperty("java.io.tmpdir"), name);
        if (!Files.exists(home)) {
            unpack(jar, home);
        }
        return new PostgresPrograms(home);
    }

    private static Path packed() throws IOException {
        try (InputStream path = PostgresPrograms.class.getResourceAsStream("postgres.programs")) {
            if (path == null) {
                throw new IllegalStateException(
                        "Cannot find the programs of PostgreSQL: 'postgres.programs' is missing; build local-servers");
            }
            return Path.of(new String(path.readAllBytes(), UTF_8).strip());
        }
    }

    /** Two processes may do this at once: the directory appears with all that is in it, or not at all. */
    private static void unpack(Path jar, Path home) throws IOException {
        Path unfinished = Files.createTempDirectory("penstock-postgres-");
        try {
            unpackInto(jar, unfinished);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Somebody else was faster.
            Directories.delete(unfinished);
        } catch (IOException | RuntimeException e) {
            Directories.delete(unfinished);
            throw e;
        }
    }

    private static void unpackInto(Path jar, Path directory) throws IOException {
        try (JarFile packed = new JarFile(jar.toFile());
                URLClassLoader xz = new URLClassLoader(urls(ClassPath.of("postgres")))) {
            JarEntry archive = packed.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            Process tar = new ProcessBuilder("tar", "-x", "-f", "-", "-C", directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream bytes = unpacking(xz, packed.getInputStream(archive));
                    OutputStream input = tar.getOutputStream()) {
                bytes.transferTo(input);
            }
            requireSuccess("unpack PostgreSQL", tar.waitFor(), "");
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static InputStream unpacking(ClassLoader xz, InputStream packed) {
        try {
            return (InputStream) xz.loadClass("org.tukaani.xz.XZInputStream")
                    .getConstructor(InputStream.class)
                    .newInstance(packed);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot unpack PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static URL[] urls(String classPath) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String jar : classPath.split(File.pathSeparator, -1)) {
            urls.add(Path.of(jar).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** The command that runs {@code program} with {@code arguments}. */
    List<String> command(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /** Makes {@code directory} belong to the user that the programs run as. */
    void give(Path directory) throws IOException {
        if (isRoot()) {
            Files.setAttribute(directory, "unix:uid", NOBODY);
            Files.setAttribute(directory, "unix:gid", NOBODY);
        }
    }

    private static boolean isRoot() throws IOException {
        // Of what this process makes, it is the owner.
        Path probe = Files.createTempFile("penstock-owner-", "");
        try {
            return (int) Files.getAttribute(probe, "unix:uid") == 0;
        } finally {
            Files.delete(probe);
        }
    }

    /** Runs {@code program} to its end. */
    void run(String program, List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(command(program, arguments))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            requireSuccess("run " + program, process.waitFor(), said);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void requireSuccess(String what, int status, String said) {
        if (status != 0) {
            throw new IllegalStateException("Cannot " + what + ": status " + status + "\n" + said);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Cannot run a program of PostgreSQL: interrupted", cause);
    }
}
