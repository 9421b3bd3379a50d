package dev.penstock.connector.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority for tests and what it signs, in PEM files of a directory, made by the keytool of this Java. */
final class Authority {
    private static final String PASSWORD = "changeit";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path directory;
    private final String name;

    /** A new authority called {@code name}. */
    Authority(Path directory, String name) {
        this.directory = directory;
        this.name = name;
        keytool(
                "-genkeypair",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c");
        write(certificate(), pem("CERTIFICATE", bytes(name, false)));
    }

    /** The certificate of the authority. */
    Path certificate() {
        return file(name, "crt");
    }

    /** A certificate and its private key. */
    record Signed(Path certificate, Path key) {}

    /** A certificate of {@code subject}, with alternative names as keytool takes them, for example ip:127.0.0.1. */
    Signed sign(String subject, String alternatives) {
        keytool("-genkeypair", subject, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + subject);
        Path request = file(subject, "csr");
        keytool("-certreq", subject, "-file", request.toString());
        Signed signed = new Signed(file(subject, "crt"), file(subject, "key"));
        keytool(
                "-gencert",
                name,
                "-infile",
                request.toString(),
                "-outfile",
                signed.certificate().toString(),
                "-rfc",
                "-ext",
                "san=" + alternatives);
        write(signed.key(), pem("PRIVATE KEY", bytes(subject, true)));
        try {
            // The driver takes no key that others can read.
            Files.setPosixFilePermissions(signed.key(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return signed;
    }

    private Path file(String of, String kind) {
        return directory.resolve(of + "." + kind);
    }

    private void keytool(String action, String alias, String... further) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(
                List.of(action, "-alias", alias, "-keystore", file(alias, "p12").toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of(further));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("Cannot make a certificate: " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Cannot make a certificate", e);
        }
    }

    private byte[] bytes(String alias, boolean key) {
        try (InputStream in = Files.newInputStream(file(alias, "p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return key
                    ? store.getKey(alias, PASSWORD.toCharArray()).getEncoded()
                    : store.getCertificate(alias).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read a certificate", e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write '" + file + "'", e);
        }
    }
}
