package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pass over a pipeline file, from its top-level keys down. */
final class PipelinePlan {
    static final String NO_CHECKPOINT = "none";

    private final Planning planning;
    private final PipelineFile file;
    private final Tree.Mapping root;

    PipelinePlan(Planning planning, PipelineFile file) {
        this.planning = planning;
        this.file = file;
        this.root = file.root();
    }

    Planned plan() {
        Optional<Config> top = planning.parse("", Sections.ROOT, topLevel());
        String pipeline = name();
        CheckpointSettings checkpoint = checkpoint(pipeline);
        RuntimeSettings runtime = runtime();
        List<PlanNode> nodes = nodes();
        ErrorPolicy errors = errors();
        Guarantees guarantees = Guarantees.of(nodes, checkpoint);
        if (!planning.failed()) {
            checkGuarantee(planning, top.flatMap(config -> config.find(Sections.GUARANTEE)), guarantees);
        }
        if (planning.failed()) {
            return new Planned(Optional.empty(), planning.problems(), planning.places());
        }
        Plan plan = new Plan(
                pipeline,
                file.baseDirectory(),
                checkpoint,
                runtime,
                nodes,
                errors,
                guarantees.guarantee(),
                Fingerprint.of(nodes));
        return new Planned(Optional.of(plan), planning.problems(), planning.places());
    }

    /** What is written, without the values of sections: they are checked on their own. */
    private Tree.Mapping topLevel() {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        root.entries().forEach((key, entry) -> {
            boolean section = !key.equals(Sections.PIPELINE.name()) && !key.equals(Sections.GUARANTEE.name());
            boolean empty = entry.value() instanceof Tree.Nothing && !key.equals(Sections.TRANSFORMS.name());
            entries.put(key, section && !empty ? new Tree.Entry(entry.line(), Tree.of("")) : entry);
        });
        return new Tree.Mapping(entries, root.line());
    }

    /** The tree of a section, unless there is none or it is empty, which is reported elsewhere. */
    private Optional<Tree> section(ConfigKey<?> key) {
        return root.find(key.name()).filter(tree -> !(tree instanceof Tree.Nothing));
    }

    private String name() {
        String key = Sections.PIPELINE.name();
        String name = root.find(key)
                .filter(Tree.Scalar.class::isInstance)
                .map(tree -> (String) tree.texts())
                .orElse("");
        if (!name.isBlank() && !StepNames.KEBAB.matcher(name).matches()) {
            planning.error(
                    key,
                    Problem.Code.INVALID,
                    "'" + name + "' is no name for a pipeline",
                    "use lower case letters, digits and hyphens");
        }
        return name;
    }

    private CheckpointSettings checkpoint(String pipeline) {
        Optional<Tree> written = section(Sections.CHECKPOINT);
        if (written.isPresent() && written.get() instanceof Tree.Scalar scalar) {
            if (!scalar.text().equals(NO_CHECKPOINT)) {
                planning.error(
                        Sections.CHECKPOINT.name(),
                        Problem.Code.NOT_ALLOWED,
                        "'" + scalar.text() + "' is not a choice",
                        "write 'none', or a mapping of interval and state");
            }
            return new CheckpointSettings(Sections.INTERVAL.defaultValue().orElseThrow(), Optional.empty());
        }
        Optional<Config> config = written.isPresent()
                ? planning.parse(Sections.CHECKPOINT.name(), Sections.CHECKPOINT_KEYS, written.get())
                : Optional.empty();
        Path state = config.flatMap(given -> given.find(Sections.STATE))
                .orElseGet(() -> Path.of(".penstock").resolve(pipeline));
        return new CheckpointSettings(
                config.map(given -> given.get(Sections.INTERVAL))
                        .orElseGet(() -> Sections.INTERVAL.defaultValue().orElseThrow()),
                Optional.of(file.baseDirectory().resolve(state).normalize()));
    }

    private RuntimeSettings runtime() {
        return section(Sections.RUNTIME)
                .flatMap(tree -> planning.parse(Sections.RUNTIME.name(), Sections.RUNTIME_KEYS, tree))
                .map(config -> new RuntimeSettings(
                        config.get(Sections.WORKERS),
                        config.get(Sections.BATCH_ROWS),
                        config.get(Sections.BATCH_BYTES),
                        config.get(Sections.QUEUE_BYTES),
                        config.get(Sections.DISCOVERY_INTERVAL),
                        config.get(Sections.MAX_RESTARTS),
                        config.find(Sections.STATE_MEMORY).orElseGet(RuntimeSettings::defaultStateMemoryBytes)))
                .orElse(RuntimeSettings.DEFAULT);
    }

    private ErrorPolicy errors() {
        String path = Sections.ERRORS.name();
        Optional<Tree> written = section(Sections.ERRORS);
        Optional<Config> config = written.flatMap(tree -> planning.parse(path, Sections.ERROR_KEYS, tree));
        boolean halts = config.filter(given -> given.get(Sections.POLICY) == Sections.Policy.DEAD_LETTER)
                .isEmpty();
        Optional<Tree> sink = written.filter(Tree.Mapping.class::isInstance)
                .flatMap(tree -> ((Tree.Mapping) tree).find(Sections.ERROR_SINK.name()));
        Optional<ErrorPolicy> policy = sink.filter(tree -> !(tree instanceof Tree.Nothing))
                .flatMap(tree -> new SinkSteps(planning).deadLetters(path + "." + Sections.ERROR_SINK.name(), tree));
        return halts ? new ErrorPolicy.Halt() : policy.orElseGet(ErrorPolicy.Halt::new);
    }

    private List<PlanNode> nodes() {
        Map<String, Tree> sources = steps(Sections.SOURCE, Sections.SOURCES);
        Map<String, Tree> transforms = items(Sections.TRANSFORMS);
        Map<String, Tree> sinks = steps(Sections.SINK, Sections.SINKS);
        sources.forEach(this::reserveName);
        transforms.forEach(this::reserveName);
        sinks.forEach(this::reserveName);
        return new StepGraph(planning).plan(sources, transforms, sinks);
    }

    private void reserveName(String path, Tree step) {
        if (step instanceof Tree.Mapping mapping
                && mapping.find(Sections.NAME.name()).orElse(mapping) instanceof Tree.Scalar name) {
            planning.names().reserve(name.text(), path).ifPresent(planning::report);
        }
    }

    private Map<String, Tree> steps(ConfigKey<?> single, ConfigKey<?> list) {
        Map<String, Tree> steps = new LinkedHashMap<>();
        section(single).ifPresent(tree -> steps.put(single.name(), tree));
        steps.putAll(items(list));
        section(list)
                .filter(tree -> tree instanceof Tree.Sequence sequence
                        && sequence.items().isEmpty())
                .ifPresent(tree ->
                        planning.error(list.name(), Problem.Code.MISSING, "is an empty list", "give at least one"));
        return steps;
    }

    private Map<String, Tree> items(ConfigKey<?> list) {
        Map<String, Tree> items = new LinkedHashMap<>();
        Optional<Tree> written = section(list);
        if (written.isPresent() && written.get() instanceof Tree.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                items.put(list.name() + "." + i, sequence.items().get(i));
            }
        } else if (written.isPresent()) {
            planning.error(list.name(), Problem.Code.WRONG_TYPE, "expected a list", "begin each item with a hyphen");
        }
        return items;
    }

    static void checkGuarantee(Planning planning, Optional<Guarantee> wanted, Guarantees given) {
        if (wanted.isPresent() && wanted.get().compareTo(given.guarantee()) > 0) {
            planning.error(
                    Sections.GUARANTEE.name(),
                    Problem.Code.UNSUPPORTED,
                    wanted.get().text() + " cannot be promised, only "
                            + given.guarantee().text() + ": " + given.because(),
                    "change that part, or ask for " + given.guarantee().text());
        }
    }
}
