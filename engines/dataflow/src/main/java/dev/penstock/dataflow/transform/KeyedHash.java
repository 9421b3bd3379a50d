package dev.penstock.dataflow.transform;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104) of many short values under one key.
 *
 * <p>The two blocks that are made of the key are digested once and the digests that have seen them are copied for each
 * value, which halves the work for values shorter than a block. Not thread safe.
 */
final class KeyedHash {
    /** The bytes of a hash. */
    static final int BYTES = 32;

    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    KeyedHash(byte[] key) {
        byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
        this.inner = started(block, INNER);
        this.outer = started(block, OUTER);
    }

    private static MessageDigest started(byte[] key, byte padding) {
        byte[] block = key.clone();
        for (int i = 0; i < block.length; i++) {
            block[i] ^= padding;
        }
        MessageDigest digest = sha256();
        digest.update(block);
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java has SHA-256, this one has not", e);
        }
    }

    /** Writes the hash of bytes {@code from} to {@code to - 1} into the first {@link #BYTES} of {@code hash}. */
    void hash(byte[] value, int from, int to, byte[] hash) {
        try {
            MessageDigest first = (MessageDigest) inner.clone();
            first.update(value, from, to - from);
            first.digest(hash, 0, BYTES);
            MessageDigest second = (MessageDigest) outer.clone();
            second.update(hash, 0, BYTES);
            second.digest(hash, 0, BYTES);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("Cannot hash: the SHA-256 of this Java cannot be copied", e);
        }
    }
}
