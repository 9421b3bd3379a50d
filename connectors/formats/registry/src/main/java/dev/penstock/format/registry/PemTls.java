package dev.penstock.format.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes what TLS needs out of PEM files. */
final class PemTls {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private PemTls() {}

    /** The context that {@code settings} describe; that of Java if they name no file. */
    static SSLContext context(RegistrySettings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(settings), trust(settings), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw RegistryProblems.unreadable(
                    settings.authorities()
                            .or(settings::certificate)
                            .map(Path::toString)
                            .orElse(""),
                    e.toString());
        }
    }

    private static KeyManager @Nullable [] keys(RegistrySettings settings)
            throws GeneralSecurityException, IOException {
        if (settings.certificate().isEmpty() || settings.key().isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        char[] none = new char[0];
        Certificate[] chain = certificates(settings.certificate().get()).toArray(Certificate[]::new);
        store.setKeyEntry("client", key(settings.key().get()), none, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(RegistrySettings settings)
            throws GeneralSecurityException, IOException {
        if (settings.authorities().isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        for (Certificate certificate : certificates(settings.authorities().get())) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // It is a key of another algorithm, or none, which the last attempt leads to.
            }
        }
        throw new InvalidKeySpecException("'" + file + "' holds no private key in PKCS #8 that is not encrypted");
    }
}
