package dev.penstock.connector.kafka.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Signs certificates for tests. */
public final class Authority {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int OF_HOST = 0x82;
    private static final int OF_ADDRESS = 0x87;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] ECDSA_WITH_SHA_256 = Der.sequence(Der.name(42, 840, 10045, 4, 3, 2));

    private final String name;
    private final KeyPair keys = keys();
    private final byte[] certificate;

    /** An authority of its own, which nobody trusts yet. */
    public Authority(String name) {
        this.name = name;
        byte[] isAuthority = extension(19, Der.sequence(Der.yes()));
        Instant now = Instant.now();
        this.certificate =
                certificate(name, keys.getPublic(), new Validity(now.minus(DAY), now.plus(DAY)), isAuthority);
    }

    /**
     * A certificate with its key, both as PEM.
     *
     * @param chain the certificate
     * @param key in PKCS #8
     */
    public record Identity(String chain, String key) {
        /** For a server that shows this certificate and asks for none. */
        SSLContext serverContext() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                PrivateKey own = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content(key)));
                Certificate shown = CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(content(chain)));
                store.setKeyEntry("own", own, new char[0], new Certificate[] {shown});
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, new char[0]);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] content(String pem) {
            return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        }
    }

    private record Validity(Instant from, Instant to) {}

    /** What others trust, as PEM. */
    public String pem() {
        return pem("CERTIFICATE", certificate);
    }

    /** For {@code subject}, and for this host as a server. */
    public Identity issue(String subject) {
        Instant now = Instant.now();
        return issue(subject, new Validity(now.minus(DAY), now.plus(DAY)));
    }

    /** As {@link #issue}, but it was valid yesterday. */
    public Identity issueExpired(String subject) {
        Instant now = Instant.now();
        return issue(subject, new Validity(now.minus(DAY.multipliedBy(2)), now.minus(DAY)));
    }

    private Identity issue(String subject, Validity validity) {
        KeyPair own = keys();
        byte[] names = extension(
                17,
                Der.sequence(Der.tagged(OF_HOST, "localhost".getBytes(US_ASCII)), Der.tagged(OF_ADDRESS, LOOPBACK)));
        PrivateKey key = own.getPrivate();
        return new Identity(
                pem("CERTIFICATE", certificate(subject, own.getPublic(), validity, names)),
                pem("PRIVATE KEY", key.getEncoded()));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extension(int number, byte[] value) {
        return Der.explicit(3, Der.sequence(Der.sequence(Der.name(85, 29, number), Der.octets(value))));
    }

    private byte[] certificate(String subject, PublicKey key, Validity validity, byte[] extensions) {
        byte[] serial = BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray();
        byte[] version = Der.explicit(0, Der.integer(new byte[] {2}));
        byte[] times = Der.sequence(Der.time(validity.from()), Der.time(validity.to()));
        byte[] content = Der.sequence(
                version,
                Der.integer(serial),
                ECDSA_WITH_SHA_256,
                named(name),
                times,
                named(subject),
                key.getEncoded(),
                extensions);
        return Der.sequence(content, ECDSA_WITH_SHA_256, Der.bits(signature(content)));
    }

    private static byte[] named(String subject) {
        return Der.sequence(Der.set(Der.sequence(Der.name(85, 4, 3), Der.text(subject))));
    }

    private byte[] signature(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
