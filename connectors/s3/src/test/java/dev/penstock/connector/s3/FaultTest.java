package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.penstock.conformance.engine.KitContext;
import dev.penstock.connector.s3.Faults.Fault;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the service or the way to it does wrong. */
@Timeout(180)
@ExtendWith(Service.Shared.class)
class FaultTest {
    private static final EpochId FIRST = new EpochId("run-1", 1);
    private static final WriterSlot SLOT = new WriterSlot("tests/sink", "run-1", 0, 1, -1);
    private static final String LINE = "x".repeat(10_000);
    private static final int LINES = 300;

    @TempDir
    Path directory;

    private final Service service;

    FaultTest(Service service) {
        this.service = service;
    }

    private static Predicate<HttpExchange> is(String method, String inUri) {
        return exchange -> exchange.getRequestMethod().equals(method)
                && exchange.getRequestURI().toString().contains(inUri);
    }

    private static RecordBatch lines() {
        BatchBuilder batch = new BatchBuilder(Schema.of(Payload.FIELD));
        for (int line = 0; line < LINES; line++) {
            batch.append(Bytes.copyOf(LINE.getBytes(UTF_8)));
        }
        return batch.build();
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERNAL", "SLOW_DOWN", "LOST_REPLY", "HALF_REPLY"})
    void readingGoesOnBehindAReplyThatFailed(Fault fault) throws IOException {
        String prefix = "read-" + fault + "/";
        service.put(prefix + "a", (LINE + "\n").repeat(LINES));
        try (Faults faults = new Faults(service.server().endpoint())) {
            faults.strike(fault, 2, is("GET", prefix + "a"));
            assertThat(read(prefix, faults)).isEqualTo(LINES);
            assertThat(faults.hits()).isEqualTo(2);
        }
    }

    private int read(String prefix, Faults faults) {
        Source source = new S3Connector()
                .source(Service.config(
                        Role.SOURCE, service.settings(prefix, Map.of("shards", 1, "endpoint", faults.endpoint()))));
        try (source) {
            source.open(new KitContext("tests", "source", 1, directory));
            Partition partition =
                    source.discover(Duration.ofSeconds(5)).partitions().get(0);
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                int rows = 0;
                while (true) {
                    Poll poll = reader.poll(1000, 1 << 20, Duration.ofSeconds(5));
                    if (poll instanceof Poll.End) {
                        return rows;
                    }
                    rows += poll instanceof Poll.Rows found ? found.rows().rowCount() : 0;
                }
            }
        }
    }

    /** What is done with the parts of a sink whose service fails. */
    private interface Use {
        void of(SinkWriter writer, SinkCommitter committer);
    }

    private void write(String prefix, Faults faults, Use use) {
        Map<String, Object> more = Map.of("endpoint", faults.endpoint(), "part-size", "5MiB");
        Sink sink = new S3Connector().sink(Service.config(Role.SINK, service.settings(prefix, more)));
        try (sink) {
            sink.open(new KitContext("tests", "sink", 1, directory));
            try (SinkWriter writer = sink.writer(SLOT, List.of());
                    SinkCommitter committer = sink.committer("tests/sink", "run-1")) {
                committer.claim();
                writer.begin(FIRST);
                use.of(writer, committer);
            }
        }
    }

    private void requireAll(String prefix, int batches) {
        assertThat(service.keys(prefix))
                .singleElement()
                .satisfies(key -> assertThat(service.text(key).lines().count()).isEqualTo((long) batches * LINES));
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERNAL", "SLOW_DOWN", "LOST_REPLY"})
    void noPartOfAnObjectIsLostOrThereTwice(Fault fault) throws IOException {
        String prefix = "part-" + fault + "/";
        try (Faults faults = new Faults(service.server().endpoint())) {
            write(prefix, faults, (writer, committer) -> {
                faults.strike(fault, 2, is("PUT", "partNumber="));
                writer.write(lines());
                writer.write(lines());
                List<Prepared> handles = writer.prepare().stream().toList();
                assertThat(committer.commit(FIRST, handles)).containsValue(Outcome.COMMITTED);
            });
            assertThat(faults.hits()).isEqualTo(2);
        }
        requireAll(prefix, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERNAL", "SLOW_DOWN", "LOST_REPLY", "HALF_REPLY"})
    void aCommitThatIsAnsweredBadlyIsFoundOut(Fault fault) throws IOException {
        String prefix = "commit-" + fault + "/";
        try (Faults faults = new Faults(service.server().endpoint())) {
            write(prefix, faults, (writer, committer) -> {
                writer.write(lines());
                List<Prepared> handles = writer.prepare().stream().toList();
                faults.strike(fault, 1, is("POST", "uploadId="));
                assertThat(committer.commit(FIRST, handles))
                        .containsOnlyKeys(handles)
                        .doesNotContainValue(Outcome.LOST)
                        .doesNotContainValue(Outcome.RETRY);
                assertThat(committer.commit(FIRST, handles)).containsValue(Outcome.ALREADY_COMMITTED);
            });
            assertThat(faults.hits()).isEqualTo(1);
        }
        requireAll(prefix, 1);
    }

    @Test
    void credentialsThatExpireInAnEpochAreWaitedFor() throws IOException {
        try (Faults faults = new Faults(service.server().endpoint())) {
            write("expired/", faults, (writer, committer) -> {
                writer.write(lines());
                faults.strike(Fault.EXPIRED, 100, exchange -> true);
                assertThat(catchThrowable(writer::prepare))
                        .isInstanceOf(RetryableException.class)
                        .hasMessageContaining("ExpiredToken");
            });
            faults.strike(Fault.NONE, 0, exchange -> false);
            write("expired/", faults, (writer, committer) -> {
                writer.write(lines());
                List<Prepared> handles = writer.prepare().stream().toList();
                assertThat(committer.commit(FIRST, handles)).containsValue(Outcome.COMMITTED);
            });
        }
        requireAll("expired/", 1);
    }
}
