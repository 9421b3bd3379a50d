package dev.penstock.connector.lancedb;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to S3 with Amazon's signature, version 4. */
final class S3Signature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    private final Credentials credentials;
    private final String region;

    S3Signature(Credentials credentials, String region) {
        this.credentials = credentials;
        this.region = region;
    }

    /** Who asks. */
    record Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "credentials of " + accessKey;
        }
    }

    /**
     * The headers to send with a request.
     *
     * @param uri with its query in the order of the alphabet, everything encoded
     * @param more headers that are sent anyway
     */
    Map<String, String> headers(String method, URI uri, Map<String, String> more, byte[] body, Instant now) {
        String time = TIME.format(now);
        TreeMap<String, String> headers = new TreeMap<>(more);
        headers.put("x-amz-date", time);
        headers.put("x-amz-content-sha256", hex(sha256(body)));
        credentials.sessionToken().ifPresent(token -> headers.put("x-amz-security-token", token));
        TreeMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", uri.getRawAuthority());
        String names = String.join(";", signed.keySet());
        String lines = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String request =
                String.join("\n", method, uri.getRawPath(), query, lines, names, headers.get("x-amz-content-sha256"));
        String scope = time.substring(0, DATE_LENGTH) + "/" + region + "/s3/aws4_request";
        String text = String.join("\n", ALGORITHM, time, scope, hex(sha256(utf8(request))));
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKey() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + hex(hmac(key(time.substring(0, DATE_LENGTH)), text)));
        return headers;
    }

    private byte[] key(String date) {
        byte[] key = utf8("AWS4" + credentials.secretKey());
        for (String part : new String[] {date, region, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign: every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot hash: every JDK has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** {@code text} as it goes into a URI, where Amazon is stricter than forms are. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** As {@link #encode}, but for the slashes. */
    static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1)).map(S3Signature::encode).collect(Collectors.joining("/"));
    }
}
