package dev.penstock.dataflow;

import static dev.penstock.dataflow.Pipelines.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlannerProblemsTest {
    private static final String HEAD = """
            pipeline: copy
            source: { connector: store, path: in }
            """;
    private static final String FIRE = "sink: { connector: fire }\n";

    @Test
    void reportsEverythingAtOnceWithItsLine() {
        assertThat(problems("""
                pipelin: copy
                checkpoint: { intervall: 10s }
                source:
                  connector: stor
                transforms:
                  - chunck: { field: text }
                  - chunk: { max-tokens: many }
                sinks:
                  - connector: table
                    uri: ./x
                    mode: upsret
                    sise: 3
                """))
                .containsExactly(
                        "p.yaml:1: pipelin: is not a setting here; did you mean 'pipeline'?",
                        "p.yaml:1: pipeline: is missing; give it, for example docs-search",
                        "p.yaml:2: checkpoint.intervall: is not a setting here; did you mean 'interval'?",
                        "p.yaml:4: source.connector: 'stor' is not a connector here; did you mean 'store'?",
                        "p.yaml:6: transforms.0.chunck: 'chunck' is not a connector here; did you mean 'chunk'?",
                        "p.yaml:7: transforms.1.chunk.max-tokens: expected a whole number, found 'many'",
                        "p.yaml:7: transforms.1.chunk.field: is missing; give it",
                        "p.yaml:11: sinks.0.mode: 'upsret' is not a choice; did you mean 'upsert'?",
                        "p.yaml:12: sinks.0.sise: is not a setting here; did you mean 'size'?");
    }

    @Test
    void namesTheNearestOfEveryKindOfKey() {
        assertThat(problems(HEAD + FIRE + "runtme: {}\nruntime: { worker: 1 }\nerrors: { polcy: halt }\n"))
                .containsExactly(
                        "p.yaml:4: runtme: is not a setting here; did you mean 'runtime'?",
                        "p.yaml:5: runtime.worker: is not a setting here; did you mean 'workers'?",
                        "p.yaml:6: errors.polcy: is not a setting here; did you mean 'policy'?");
        assertThat(problems(HEAD + "sink: { connector: fire, commit-intervall: 1s, wen: 'true' }"))
                .containsExactly(
                        "p.yaml:3: sink.commit-intervall: is not a setting here; did you mean 'commit-interval'?",
                        "p.yaml:3: sink.wen: is not a setting here; did you mean 'when'?");
        assertThat(problems(FIRE + "pipeline: a\nsource: { connector: store, path: in, colums: {}, glbo: x }"))
                .containsExactly(
                        "p.yaml:3: source.colums: is not a setting here; did you mean 'columns'?",
                        "p.yaml:3: source.glbo: is not a setting here; did you mean 'glob'?");
        assertThat(problems(FIRE
                        + "pipeline: a\nsource: { connector: store, path: in, format: { type: csv, delimitr: x } }"))
                .containsExactly("p.yaml:3: source.format.delimitr: is not a setting here; did you mean 'delimiter'?");
        assertThat(problems(FIRE + "pipeline: a\nsource: { connector: store, path: in, format: ndjsn }"))
                .containsExactly("p.yaml:3: source.format: 'ndjsn' is not a choice; did you mean 'ndjson'?");
        assertThat(problems(FIRE + "pipeline: a\nsource: { connector: store, path: in, format: { type: cvs } }"))
                .containsExactly("p.yaml:3: source.format.type: 'cvs' is not a choice; did you mean 'csv'?");
    }

    @Test
    void pointsIntoTheSinkOfRejectedRows() {
        assertThat(problems(HEAD + FIRE + """
                errors:
                  policy: dead-letter
                  sink:
                    connector: store
                    paht: x
                """))
                .containsExactly(
                        "p.yaml:6: errors.sink.path: is missing; give it, for example ./in",
                        "p.yaml:8: errors.sink.paht: is not a setting here; did you mean 'path'?");
        assertThat(problems(HEAD + FIRE + "errors: { policy: dead-letter }"))
                .containsExactly("p.yaml:4: errors.sink: is missing; if policy is dead-letter, give sink");
        assertThat(problems(HEAD + FIRE + "errors: { sink: { connector: fire } }"))
                .containsExactly("p.yaml:4: errors.sink: means nothing here; if policy is halt, do not give sink");
    }

    @Test
    void refusesShapesThatMeanNothing() {
        assertThat(problems(
                        "pipeline: [a]\nsource: store\nsinks: { connector: fire }\ntransforms: [[], { a: 1, b: 2 }]"))
                .containsExactly(
                        "p.yaml:1: pipeline: expected one value, found a list",
                        "p.yaml:2: source: expected a mapping of settings; give at least a connector, for example"
                                + " { connector: files }",
                        "p.yaml:3: sinks: expected a list; begin each item with a hyphen",
                        "p.yaml:4: transforms.0: expected one connector with its settings; write one transform an item,"
                                + " for example - filter: \"price > 10\", with name beside it if wanted",
                        "p.yaml:4: transforms.1: expected one connector with its settings; write one transform an item,"
                                + " for example - filter: \"price > 10\", with name beside it if wanted");
        assertThat(problems(HEAD + FIRE + "checkpoint: nothing\nruntime: 3\nerrors: [x]"))
                .containsExactly(
                        "p.yaml:4: checkpoint: 'nothing' is not a choice; write 'none', or a mapping of interval and state",
                        "p.yaml:5: runtime: expected a mapping of settings; use: [workers, batch-rows, batch-bytes,"
                                + " queue-bytes, discovery-interval, max-restarts, state-memory]",
                        "p.yaml:6: errors: expected a mapping of settings; use: [policy, sink]");
        assertThat(problems(HEAD + "sinks: []"))
                .containsExactly("p.yaml:3: sinks: is an empty list; give at least one");
    }

    @Test
    void wantsASourceAndASink() {
        assertThat(problems("pipeline: a"))
                .containsExactly(
                        "p.yaml:1: source: is missing; give exactly one of source, sources",
                        "p.yaml:1: sink: is missing; give exactly one of sink, sinks");
        assertThat(problems(HEAD + FIRE + "sinks: [{ connector: fire }]"))
                .containsExactly("p.yaml:4: sinks: cannot be given together with 'sink'; remove one of them");
    }

    @Test
    void wantsValuesForKeys() {
        assertThat(problems("pipeline: a\nsource: { connector: store, path: }\nsink:\n"))
                .containsExactly(
                        "p.yaml:2: source.path: has no value; give one or remove the key",
                        "p.yaml:3: sink: has no value; give one or remove the key");
        assertThat(problems("pipeline: a\nsource: { connector: }\nsink: { glob: x }\ntransforms: [{ rename: { a: } }]"))
                .containsExactly(
                        "p.yaml:2: source.connector: has no value; give one or remove the key",
                        "p.yaml:3: sink.connector: is missing; use one of: fire, null, store, table, vault",
                        "p.yaml:4: transforms.0.rename.a: has no value; give one or remove the key");
    }

    @Test
    void refusesARoleThatAConnectorDoesNotHave() {
        assertThat(problems("pipeline: a\nsource: { connector: table, uri: x }\nsink: { connector: filter }"))
                .containsExactly(
                        "p.yaml:2: source.connector: 'table' cannot be a source, only a sink; use one of: fire, store",
                        "p.yaml:3: sink.connector: 'filter' cannot be a sink, only a transform; use one of: fire, null,"
                                + " store, table, vault");
    }

    @Test
    void refusesModesThatASinkDoesNotHave() {
        assertThat(problems(HEAD + "sink: { connector: fire, mode: upsert, key: id }"))
                .containsExactly(
                        "p.yaml:3: sink.mode: connector 'fire' cannot upsert; write 'append', or use a sink that can");
        assertThat(problems(HEAD + "sink: { connector: table, uri: x, mode: upsert }"))
                .containsExactly("p.yaml:3: sink.key: is missing; if mode is upsert, give key");
        assertThat(problems(HEAD + "sink: { connector: table, uri: x, key: [id] }"))
                .containsExactly(
                        "p.yaml:3: sink.key: means nothing here; if mode is append, do not give key, delete-by");
        assertThat(problems(HEAD + "sink: { connector: table, uri: x, commit-interval: 1m }"))
                .containsExactly("p.yaml:3: sink.commit-interval: connector 'table' is not transactional, so it has no"
                        + " commits to gather; remove it");
    }

    @Test
    void refusesNamesThatAreTakenOrOdd() {
        assertThat(problems("""
                pipeline: My Pipeline
                source: { connector: fire, name: in }
                transforms:
                  - filter: "true"
                    name: in
                  - filter: "true"
                    name: errors
                sink: { connector: fire, name: Out }
                """))
                .containsExactly(
                        "p.yaml:1: pipeline: 'My Pipeline' is no name for a pipeline; use lower case letters, digits and"
                                + " hyphens",
                        "p.yaml:5: transforms.0.name: is the name of 'source' too; give each step its own",
                        "p.yaml:7: transforms.1.name: is the name of 'errors.sink' too; give each step its own",
                        "p.yaml:8: sink.name: 'Out' is no name for a step; use lower case letters, digits and hyphens");
    }

    @Test
    void refusesFormatsThatDoNotFit() {
        assertThat(problems("pipeline: a\nsource: { connector: fire, format: document }\n" + FIRE))
                .containsExactly(
                        "p.yaml:2: source.format: connector 'fire' does not read documents; use another format");
        assertThat(problems("pipeline: a\nsource: { connector: fire, columns: { id: int64 } }\n" + FIRE))
                .containsExactly("p.yaml:2: source.columns: means nothing without a format that has columns; give a"
                        + " format such as ndjson or csv, or remove it");
        assertThat(problems("pipeline: a\nsource: { connector: fire, format: [csv] }\n" + FIRE))
                .containsExactly("p.yaml:2: source.format: does not name a format; write a name such as ndjson, or"
                        + " { type: csv, delimiter: ';' }");
    }

    @Test
    void refusesMoreThanThePartsCanPromise() {
        assertThat(problems(HEAD + "sink: { connector: table, uri: x }\nguarantee: exactly-once"))
                .containsExactly(
                        "p.yaml:4: guarantee: exactly-once cannot be promised, only at-least-once: sink 'table'"
                                + " is not transactional; change that part, or ask for at-least-once");
        assertThat(problems(HEAD + "sink: { connector: vault }\nguarantee: exactly-once"))
                .isEmpty();
    }

    @Test
    void warnsOfFormerNamesAndGoesOn() {
        Planned planned = Pipelines.planned(
                Pipelines.file("pipeline: a\nsource: { connector: store, path: in, levels: 3 }\n" + FIRE));
        assertThat(planned.problems())
                .extracting(LocatedProblem::toString)
                .containsExactly("p.yaml:2: source.levels: has been renamed; write 'depth'");
        assertThat(planned.plan()).isPresent();
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThat(problems("pipeline: a\nsource: { connector: store, path: in, depth: 10 }\n" + FIRE
                        + "runtime: { workers: 0 }"))
                .containsExactly(
                        "p.yaml:2: source.depth: is 10, out of range; give at least 1 and at most 9",
                        "p.yaml:4: runtime.workers: is 0, out of range; give at least 1 and at most 1024");
    }

    @Test
    void reportsWhatAConnectorFindsWhenItIsMade() {
        assertThat(problems(HEAD + "transforms:\n  - picky: wrong\n" + FIRE))
                .containsExactly("p.yaml:4: transforms.0.picky: is wrong; write 'right'");
    }

    @Test
    void neverPrintsSecretsOrWhatVariablesHold() {
        List<String> problems = problems("""
                pipeline: a
                source: { connector: store, path: in, password: "secret://vault/hunter2", depth: "${PASSWORD}" }
                sink: { connector: "${PASSWORD}" }
                """, Map.of("PASSWORD", "hunter2"));
        assertThat(problems)
                .containsExactly(
                        "p.yaml:2: source.password: expected secret://env/NAME or secret://file/PATH",
                        "p.yaml:2: source.depth: expected a whole number, found '${PASSWORD}'",
                        "p.yaml:3: sink.connector: '${PASSWORD}' is not a connector here; use one of: fire, null, store,"
                                + " table, vault");
    }
}
