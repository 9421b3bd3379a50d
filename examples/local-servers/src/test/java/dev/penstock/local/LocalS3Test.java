package dev.penstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts real services, and talks to them without a client of S3. */
@Timeout(180)
class LocalS3Test {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void keepsItsObjectsOverAKill() throws IOException, InterruptedException {
        try (LocalS3 s3 = LocalS3.start()) {
            s3.createBucket("lake");
            assertThat(send(s3, "/lake/a/b.txt", "PUT", "kept").statusCode()).isEqualTo(200);
            s3.kill();
            assertThat(catchThrowable(() -> send(s3, "/lake/a/b.txt", "GET", "")))
                    .isInstanceOf(ConnectException.class);
            s3.restart();
            assertThat(send(s3, "/lake/a/b.txt", "GET", "").body()).isEqualTo("kept");
        }
    }

    @Test
    void answersNobodyWithoutAKeyIfItWantsOne() throws IOException, InterruptedException {
        try (LocalS3 s3 = LocalS3.start("tester", "not so secret")) {
            s3.createBucket("lake");
            assertThat(send(s3, "/lake/a.txt", "PUT", "refused").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void saysWhatTheServiceSaidIfItDoesNotStart() {
        assertThat(catchThrowable(() -> LocalS3.start(Map.of("jclouds.provider", "none"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none");
    }

    private HttpResponse<String> send(LocalS3 s3, String path, String method, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(s3.endpoint() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
