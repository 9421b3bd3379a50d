package dev.penstock.cli;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Search;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A search through a pipeline's own model and table: the text goes the way that the documents went. */
final class VectorQuery {
    private static final String EMBED = "embed";

    private final Plan plan;
    private final TransformNode embed;
    private final SinkNode sink;

    private VectorQuery(Plan plan, TransformNode embed, SinkNode sink) {
        this.plan = plan;
        this.embed = embed;
        this.sink = sink;
    }

    /**
     * A query of the one sink of {@code plan} that can be searched, or of the one named {@code sinkId}.
     *
     * @throws ConfigException if the pipeline makes no vectors, or there is no such sink or more than one
     */
    static VectorQuery of(Plan plan, Optional<String> sinkId) {
        TransformNode embed = plan.nodes(TransformNode.class).stream()
                .filter(node -> node.connector().descriptor().name().equals(EMBED))
                .findFirst()
                .orElseThrow(() -> refuse(
                        "transforms",
                        "makes no vectors to search by",
                        "add an '" + EMBED + "' step and run the pipeline"));
        List<SinkNode> searchable = plan.nodes(SinkNode.class).stream()
                .filter(node -> node.connector().descriptor().spec(Role.SEARCH).isPresent())
                .filter(node -> sinkId.isEmpty() || sinkId.get().equals(node.id()))
                .toList();
        if (searchable.size() != 1) {
            throw refuse("sinks", searchable.isEmpty() ? "has no sink that can be searched" : several(searchable), "");
        }
        return new VectorQuery(plan, embed, searchable.get(0));
    }

    private static String several(List<SinkNode> sinks) {
        return "has several sinks that can be searched; choose one with --sink: "
                + sinks.stream().map(SinkNode::id).collect(Collectors.joining(", "));
    }

    private static ConfigException refuse(String path, String reason, String remedy) {
        return new ConfigException(path, Problem.Code.UNSUPPORTED, reason, remedy);
    }

    RecordBatch nearest(String text, int limit, Optional<String> filter) {
        try (Search search = sink.connector().search(sink.config())) {
            search.open(new CommandContext(plan, sink.id()));
            return search.nearest(new Search.Request(setting("into"), vector(text), limit, filter));
        }
    }

    private float[] vector(String text) {
        Schema schema = Schema.of(Field.of(setting("field"), DataType.STRING));
        BatchBuilder rows = new BatchBuilder(schema);
        rows.append(Row.of(schema, text));
        try (Transform transform = embed.connector().transform(forQueries())) {
            transform.output(schema);
            transform.open(new CommandContext(plan, embed.id()));
            RecordBatch embedded = transform.apply(rows.build()).rows();
            if (embedded.isEmpty() || embedded.row(0).get(setting("into")) == null) {
                throw refuse(
                        "", "Cannot search for '" + text + "': the model made no vector of it", "write a sentence");
            }
            return embedded.row(0).get(setting("into"), float[].class);
        }
    }

    /** The settings of the pipeline's step, but with the prompt that the model wants before questions. */
    private Config forQueries() {
        return spec().find("prompt").map(key -> with(key, "query")).orElse(embed.config());
    }

    private <T> Config with(ConfigKey<T> key, String written) {
        return embed.config().with(key, key.type().parse(written));
    }

    private String setting(String name) {
        return spec().find(name)
                .flatMap(embed.config()::find)
                .map(Object::toString)
                .orElse(name);
    }

    private ConfigSpec spec() {
        return embed.connector().descriptor().spec(Role.TRANSFORM).orElseThrow();
    }
}
