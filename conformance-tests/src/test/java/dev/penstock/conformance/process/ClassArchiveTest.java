package dev.penstock.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassArchiveTest {
    @Test
    void whatWasNotMadeIsMadeByAnother() {
        ClassArchive archive = ClassArchive.of("no.jar", "not made");
        assertThat(archive.isToBeMade()).isTrue();
        assertThat(archive.isToBeMade()).as("by a second, meanwhile").isFalse();
        archive.notMade();
        assertThat(archive.toUse()).isEmpty();
        assertThat(archive.isToBeMade()).isTrue();
    }

    @Test
    void aJvmThatRefusesIsNotAskedAgain() {
        ClassArchive archive = ClassArchive.of("no.jar", "refused");
        assertThat(archive.isToBeMade()).isTrue();
        archive.refused();
        assertThat(archive.toUse()).isEmpty();
        assertThat(archive.isToBeMade()).isFalse();
    }

    @Test
    void aFileThatIsNotThereIsNotUsed() {
        ClassArchive archive = ClassArchive.of("no.jar", "no file");
        assertThat(archive.isToBeMade()).isTrue();
        archive.made();
        assertThat(archive.toUse()).isEmpty();
        assertThat(archive.isToBeMade()).isFalse();
    }
}
