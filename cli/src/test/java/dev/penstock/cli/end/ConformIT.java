package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance kit from the command line. */
class ConformIT {
    @TempDir
    Path directory;

    private Distribution.Ended conform(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "conform";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Distribution.run(directory, all);
    }

    @Test
    void triesRulesOfTheReferenceAndWritesTheReport() {
        Distribution.Ended run =
                conform("reference", "--rule", "CF-*,LC-06,SP-02", "--effort", "quick", "--report", "r");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("pass   CF-01 source: ", "pass   LC-06 sink: ", "pass   SP-02 source: ", "none broken, seed ")
                .containsPattern("\\nTime: T0 [0-9.]+ s, T1 [0-9.]+ s, T2 [0-9.]+ s; T0 and T1 ");
        assertThat(directory.resolve("r/conformance.json")).content().contains("\"effort\" : \"quick\"", "\"sha256\"");
        assertThat(directory.resolve("r/conformance.html")).content().contains("<h2>CF: configuration</h2>");
        assertThat(directory.resolve("r/badge-source.svg")).content().contains("not proven");
        assertThat(directory.resolve("r/golden")).isNotEmptyDirectory();
    }

    @Test
    void killsProcessesOfTheReference() {
        Distribution.Ended run = conform("reference", "--rule", "SA-01", "--role", "sink", "--effort", "quick");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("SA-01 sink");
    }

    @Test
    void saysWhatIsMissing() {
        Distribution.Ended unknown = conform("lancdb");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("Cannot try 'lancdb': no connector of that name is installed", "'lancedb'");

        Distribution.Ended bare = conform("files");
        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.err()).contains("Cannot try 'files' without a fixture", "give the jar of its fixture");

        Distribution.Ended absent = conform("files", "--fixture", "nowhere.jar");
        assertThat(absent.exitCode()).isEqualTo(2);
        assertThat(absent.err()).contains("Cannot load a fixture from 'nowhere.jar': there is no such file");

        Distribution.Ended rule = conform("reference", "--rule", "SP-99");
        assertThat(rule.exitCode()).isEqualTo(2);
        assertThat(rule.err()).contains("Cannot try rule 'SP-99': there is none");
    }

    @Test
    void teaches() {
        assertThat(conform("--help").out()).contains("penstock conform reference", "META-INF/services", "--fixture");
    }
}
