package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SettingsTableTest {
    @Test
    void writesMarkdown() {
        assertThat(SettingsTable.markdown(Sections.ERROR_KEYS)).isEqualTo("""
                | setting | type | default | meaning |
                |---|---|---|---|
                | `policy` | halt, dead-letter | halt | Stop before the row, or write it to a sink of its own and go on |
                | `sink` | any |  | Where rejected rows go |

                * If policy is dead-letter, give sink.
                * If policy is halt, do not give sink.
                """);
    }

    @Test
    void writesAlignedText() {
        assertThat(SettingsTable.text(Sections.CHECKPOINT_KEYS)).isEqualTo("""
                setting   type      default  meaning
                interval  duration  10s      From one epoch to the next
                state     path               The directory of the state; .penstock and the pipeline's name, beside the pipeline file, if not given, for example ./state
                """);
    }

    @Test
    void knowsEveryPartOfAPipelineFile() {
        assertThat(SettingsTable.pipelineSections().keySet())
                .containsExactly("pipeline file", "checkpoint", "runtime", "errors", "every source", "every sink");
    }
}
