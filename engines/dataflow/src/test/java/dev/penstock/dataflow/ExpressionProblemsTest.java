package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.builtin.GenerateConnector;
import dev.penstock.dataflow.builtin.NullConnector;
import dev.penstock.dataflow.transform.ComputeConnector;
import dev.penstock.dataflow.transform.FilterConnector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found wrong with expressions before anything is open. */
final class ExpressionProblemsTest {
    private static final ConnectorCatalog CATALOG = ConnectorCatalog.of(
            List.of(new GenerateConnector(), new NullConnector(), new FilterConnector(), new ComputeConnector()));
    private static final String HEAD = """
            pipeline: copy
            checkpoint: none
            source: { connector: generate, rows: 5, columns: { id: sequence } }
            """;

    private static List<String> problems(String rest) {
        return new Planner(CATALOG)
                .plan(Pipelines.file(HEAD + rest)).problems().stream()
                        .map(LocatedProblem::toString)
                        .toList();
    }

    @Test
    void findsAllThatIsWrongWhateverTheColumnsAre() {
        assertThat(problems("""
                transforms:
                  - filter: "price > "
                  - filter: "b && sise(text) > 3"
                  - filter: "size(text)"
                  - compute:
                      total: price * 2
                      wrong: 1 + 'a'
                sinks:
                  - { connector: "null", when: 'a = 1' }
                """))
                .containsExactly(
                        "p.yaml:5: transforms.0.filter: character 9: something is missing at the end",
                        "p.yaml:6: transforms.1.filter: character 10: 'sise' is not a column or function; did you"
                                + " mean 'size'?",
                        "p.yaml:7: transforms.2.filter: gives int, not true or false; compare it with something",
                        "p.yaml:10: transforms.3.compute.wrong: character 3: cannot apply '+' to '(int, string)'; write"
                                + " whole numbers as 2.0, or convert with double(x) or int(x)",
                        "p.yaml:12: sinks.0.when: character 3: token recognition error at: '= '; compare with ==",
                        "p.yaml:12: sinks.0.when: character 5: extraneous input '1' expecting <EOF>");
    }

    @Test
    void takesEveryNameForAColumnThatMayBeThere() {
        assertThat(problems("""
                transforms:
                  - filter: "has(price) && has(a.b) && type(price) == int && tags.exists(tag, tag == 'x')"
                  - compute: { v: "a.b[0].c + {'k': x}['k'] + string(int)" }
                sinks:
                  - { connector: "null", when: "flag" }
                """)).isEmpty();
    }
}
