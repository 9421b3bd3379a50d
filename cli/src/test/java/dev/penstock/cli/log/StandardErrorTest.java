package dev.penstock.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardErrorTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StandardError error = new StandardError(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesPlainLinesWhereThereIsNoStatus() {
        error.line("one");
        error.line("two");
        assertThat(written()).isEqualTo("one\ntwo\n");
    }

    @Test
    void keepsTheStatusBelowAllLines() {
        error.status("busy");
        error.line("a warning");
        assertThat(written()).endsWith("\r\u001b[2Ka warning\nbusy");
    }

    @Test
    void drawsAStatusOnlyWhenItChanges() {
        error.status("busy");
        int length = written().length();
        error.status("busy");
        assertThat(written()).hasSize(length);
    }
}
