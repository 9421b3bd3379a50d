package dev.penstock.dataflow;

import dev.penstock.spi.config.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one YAML document into a {@link Tree}: YAML 1.2, core schema, no tags.
 *
 * <p>It works on the parser's events rather than its nodes, so that depth and the size that aliases unfold to are
 * bounded before any memory is spent on them.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 100_000;
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private final String file;
    private final Expansion expansion;
    private final List<LocatedProblem> problems = new ArrayList<>();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private Iterator<Event> events = List.<Event>of().iterator();
    private int values;

    private record Anchored(Tree tree, int values) {}

    YamlReader(String file, Expansion expansion) {
        this.file = file;
        this.expansion = expansion;
    }

    /**
     * The one document in {@code text}.
     *
     * @throws PipelineException with what stopped reading, or else with all that was found on the way
     */
    Tree read(String text) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            events = new Parse(settings).parseString(text).iterator();
            Tree root = document();
            if (!problems.isEmpty()) {
                throw new PipelineException(problems);
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            throw syntax(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw syntax(Optional.empty(), firstLine(e));
        } catch (NoSuchElementException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw syntax(Optional.empty(), firstLine(e));
        }
    }

    /** One value that is not quoted and stands nowhere. */
    static Tree plain(String text) {
        return new Tree.Scalar(text, typed(RESOLVER.resolve(text, true), text), 0, Optional.empty());
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private PipelineException syntax(Optional<Mark> mark, String why) {
        String place = mark.map(at -> " at column " + (at.getColumn() + 1)).orElse("");
        return stop(mark, "is not YAML" + place + ": " + why, "");
    }

    private PipelineException stop(Optional<Mark> mark, String reason, String remedy) {
        int line = mark.map(at -> at.getLine() + 1).orElse(0);
        List<LocatedProblem> all = new ArrayList<>(problems);
        all.add(new LocatedProblem(file, line, Problem.error("", Problem.Code.INVALID, reason, remedy)));
        return new PipelineException(all);
    }

    private Tree document() {
        Event event = events.next();
        while (event.getEventId() == Event.ID.StreamStart) {
            event = events.next();
        }
        if (!(event instanceof DocumentStartEvent)) {
            throw stop(Optional.empty(), "is empty", "describe a pipeline: pipeline, source and sink at least");
        }
        Tree root = value(events.next(), "", 0);
        events.next();
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw stop(after.getStartMark(), "holds a second document", "keep one pipeline a file");
        }
        return root;
    }

    private Tree value(Event event, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw stop(event.getStartMark(), "is nested more than " + MAX_DEPTH + " levels deep", "");
        }
        count(1, event);
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        int before = values;
        Tree tree = fresh(event, path, depth);
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(tree, values - before)));
        return tree;
    }

    private Tree fresh(Event event, String path, int depth) {
        if (event instanceof MappingStartEvent start) {
            refuseTag(start.getTag(), start);
            return mapping(start, path, depth);
        }
        if (event instanceof SequenceStartEvent start) {
            refuseTag(start.getTag(), start);
            return sequence(start, path, depth);
        }
        return scalar((ScalarEvent) event, path);
    }

    private void count(int more, Event event) {
        values += more;
        if (values > MAX_VALUES) {
            throw stop(event.getStartMark(), "unfolds to more than " + MAX_VALUES + " values", "");
        }
    }

    private void refuseTag(Optional<String> tag, Event event) {
        if (tag.isPresent()) {
            throw stop(event.getStartMark(), "has the tag '" + tag.get() + "'", "remove it");
        }
    }

    private Tree alias(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw stop(
                    alias.getStartMark(),
                    "has the alias '*" + alias.getAlias() + "' without an anchor '&" + alias.getAlias() + "' before it",
                    "quote the value if it is plain text");
        }
        count(anchored.values(), alias);
        return anchored.tree();
    }

    private Tree mapping(MappingStartEvent start, String path, int depth) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw stop(event.getStartMark(), "has a key that is not a plain name", "quote the key if it is text");
            }
            String name = key.getValue();
            String below = path.isEmpty() ? name : path + "." + name;
            Tree.Entry entry = new Tree.Entry(line(key), value(events.next(), below, depth + 1));
            Tree.Entry first = entries.putIfAbsent(name, entry);
            if (first != null) {
                report(
                        key,
                        Problem.error(
                                below,
                                Problem.Code.CONFLICT,
                                "is given twice, first in line " + first.line(),
                                "remove one"));
            }
        }
        return new Tree.Mapping(entries, line(start));
    }

    private Tree sequence(SequenceStartEvent start, String path, int depth) {
        List<Tree> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            String below = (path.isEmpty() ? "" : path + ".") + items.size();
            items.add(value(event, below, depth + 1));
        }
        return new Tree.Sequence(items, line(start));
    }

    private Tree scalar(ScalarEvent event, String path) {
        String written = event.getValue();
        Tag tag = tag(event);
        if (tag.equals(Tag.NULL)) {
            return new Tree.Nothing(written, line(event));
        }
        String text = expansion.expand(written, path, problem -> report(event, problem));
        return text.equals(written)
                ? new Tree.Scalar(written, typed(tag, written), line(event), Optional.empty())
                : new Tree.Scalar(text, text, line(event), Optional.of(written));
    }

    private Tag tag(ScalarEvent event) {
        boolean text = event.getTag().filter(Tag.STR.getValue()::equals).isPresent();
        boolean plain = event.getTag().filter(tag -> !tag.equals("!")).isEmpty();
        if (!text && !plain) {
            refuseTag(event.getTag(), event);
        }
        return text
                ? Tag.STR
                : RESOLVER.resolve(
                        event.getValue(), event.isPlain() && event.getTag().isEmpty());
    }

    private static Object typed(Tag tag, String text) {
        try {
            if (tag.equals(Tag.INT)) {
                return whole(text);
            }
            if (tag.equals(Tag.FLOAT)) {
                return fraction(text);
            }
            return tag.equals(Tag.BOOL) ? (Object) Boolean.parseBoolean(text) : text;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static Object whole(String text) {
        BigInteger number = text.startsWith("0x")
                ? new BigInteger(text.substring(2), 16)
                : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static Object fraction(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case ".nan" -> Double.NaN;
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private void report(Event event, Problem problem) {
        problems.add(new LocatedProblem(file, line(event), problem));
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
