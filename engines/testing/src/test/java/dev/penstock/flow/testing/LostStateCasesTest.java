package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.ResumeRefusedException.Reason;
import dev.penstock.flow.testing.TestEngine.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 6: state that is gone, older than what was sealed, or another's, is told apart and never resumed from. */
final class LostStateCasesTest {
    @TempDir
    private Path directory;

    private final TestSink<String> sink = TestSink.exactlyOnce();
    private final TestSource<String> source =
            TestSource.of("a", "b").eof().then("c", "d").eof().then("e", "f");

    private Path file = Path.of("");

    @BeforeEach
    void runOnce() {
        file = directory.resolve("flow.sqlite");
        assertThat(run("events")).isEqualTo(Ending.DONE);
        assertThat(sink.take()).containsExactly("a", "b");
    }

    private Ending run(String sourceStep) {
        Flow flow = Flow.named("flow");
        flow.<String>read(sourceStep, source).to("out", sink);
        return TestEngine.withState(directory).run(flow);
    }

    private void assertRefused(Reason reason, ThrowingCallable run) {
        assertThatThrownBy(run)
                .isInstanceOfSatisfying(
                        ResumeRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(sink.items()).as("nothing is written").isEmpty();
    }

    @Test
    void refusesToGoOnWithoutTheStateThatWasSealed() throws IOException {
        Files.delete(file);

        assertRefused(Reason.MISSING, () -> run("events"));
    }

    @Test
    void refusesStateThatIsOlderThanWhatWasSealed() throws IOException {
        Path backup = Files.copy(file, directory.resolve("backup"));
        assertThat(run("events")).isEqualTo(Ending.DONE);
        assertThat(sink.take()).containsExactly("c", "d");
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);

        assertRefused(Reason.OLDER_THAN_SEALED, () -> run("events"));
    }

    @Test
    void goesOnWhenTheNewerStateIsPutBack() throws IOException {
        Path newer = Files.copy(file, directory.resolve("newer"));
        Files.delete(file);
        assertRefused(Reason.MISSING, () -> run("events"));
        Files.move(newer, file);

        assertThat(run("events")).isEqualTo(Ending.DONE);
        assertThat(sink.items()).containsExactly("c", "d");
    }

    @Test
    void refusesTheStateOfAnotherFlow(@TempDir Path other) throws IOException {
        Flow flow = Flow.named("other");
        flow.<String>read("in", TestSource.of("x")).to("out", TestSink.<String>exactlyOnce());
        TestEngine.withState(other).run(flow);
        Files.copy(other.resolve("other.sqlite"), file, StandardCopyOption.REPLACE_EXISTING);

        assertRefused(Reason.OTHER_PIPELINE, () -> run("events"));
    }

    @Test
    void refusesStateThatIsCutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused(Reason.DAMAGED, () -> run("events"));
    }

    /** A difference on purpose: a renamed step is an error that names it, and nothing is lost. */
    @Test
    void refusesARenamedStepByNameAndGoesOnUnderTheOldName() {
        assertThatThrownBy(() -> run("event"))
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessageContaining("'events'")
                .hasMessageContaining("'event'");

        assertThat(run("events")).isEqualTo(Ending.DONE);
        assertThat(sink.items()).containsExactly("c", "d");
    }

    /** Without the directory nothing tells a first start from a loss; the transactional sink keeps what it has. */
    @Test
    void startsAfreshInAnEmptyDirectory(@TempDir Path empty) {
        Flow flow = Flow.named("flow");
        TestSink<String> fresh = TestSink.exactlyOnce();
        flow.<String>read("in", TestSource.of("a")).to("out", fresh);

        assertThat(TestEngine.withState(empty).run(flow)).isEqualTo(Ending.DONE);
        assertThat(fresh.items()).containsExactly("a");
    }
}
