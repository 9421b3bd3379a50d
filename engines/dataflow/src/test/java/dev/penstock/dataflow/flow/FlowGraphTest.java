package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.GraphRenderer;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How flows are drawn: steps that were built as one inside it, edges with the names of outputs. */
final class FlowGraphTest {
    private final Plan plan = plan();

    private static Plan plan() {
        Flow flow = Flow.named("sensors").withoutCheckpoint();
        Branch<String> lines = flow.read("in", ItemSource.of("a 1", "")).branch("given", line -> !line.isEmpty());
        lines.trues().then("clean", FlowGraphTest::clean).to("out", ItemSink.forEach(item -> {}));
        lines.falses().redistribute("spread").raises("no \"empty\"");
        flow.read("more", "generate", Map.of("rows", 1)).inspect("look");
        return flow.plan();
    }

    private static KeyedStream<String, String> clean(Stream<String> lines) {
        return lines.map("trim", String::strip).then("keys", stream -> stream.keyBy("first", line -> line));
    }

    @Test
    void textIsIndented() {
        assertThat(GraphRenderer.text(plan)).isEqualTo("""
                sensors: at-least-once (without checkpoints, reading starts over after a crash)
                  in           source program
                  given        function branch     <- in
                  clean
                    trim       function map        <- given
                    keys
                      first    function key by     <- clean.trim
                  out.entries  function entries    <- clean.keys.first
                  out          sink program        <- out.entries
                  spread       redistribute        <- given.falses
                  no "empty"   function raises     <- spread
                  more         source generate
                  more.items   function read rows  <- more
                  look         function inspect    <- more.items
                """);
    }

    @Test
    void mermaidHasSubgraphs() {
        assertThat(GraphRenderer.mermaid(plan)).isEqualTo("""
                flowchart LR
                  n0(["in<br/><small>source program</small>"])
                  n1["given<br/><small>function branch</small>"]
                  subgraph g0["clean"]
                    n2["trim<br/><small>function map</small>"]
                    subgraph g1["keys"]
                      n3["first<br/><small>function key by</small>"]
                    end
                  end
                  n4["out.entries<br/><small>function entries</small>"]
                  n5[("out<br/><small>sink program</small>")]
                  n6["spread<br/><small>redistribute</small>"]
                  n7["no #quot;empty#quot;<br/><small>function raises</small>"]
                  n8(["more<br/><small>source generate</small>"])
                  n9["more.items<br/><small>function read rows</small>"]
                  n10["look<br/><small>function inspect</small>"]
                  n0 --> n1
                  n1 --> n2
                  n2 --> n3
                  n3 --> n4
                  n4 --> n5
                  n1 -- "falses" --> n6
                  n6 --> n7
                  n8 --> n9
                  n9 --> n10
                """);
    }

    @Test
    void jsonNestsSteps() {
        assertThat(GraphRenderer.json(plan).replaceAll("\\s", ""))
                .contains(
                        "{\"id\":\"clean\",\"kind\":\"group\",\"steps\":[{\"id\":\"clean.trim\",\"kind\":\"function\","
                                + "\"operator\":\"map\",\"inputs\":[\"given\"]},{\"id\":\"clean.keys\",\"kind\":\"group\","
                                + "\"steps\":[{\"id\":\"clean.keys.first\",")
                .contains("\"inputs\":[\"in\"],\"outputs\":[\"given.falses\"]");
    }

    @Test
    void stepsWithMemorySayWhatTheyDo() {
        Flow flow = Flow.named("memory").withoutCheckpoint();
        KeyedStream<String, Long> numbers =
                flow.read("in", ItemSource.range(0, 9)).keyBy("key", String::valueOf);
        numbers.statefulMap("sum", (sum, number) -> Update.keep(1L, number)).countFinal("count");
        Windowed<String, Long, Long> windows = numbers.window(
                        "minutes", EventClock.of(Instant::ofEpochSecond), Windows.tumbling(Duration.ofMinutes(1)))
                .count("per-minute");
        windows.late().dropKey("late");

        assertThat(GraphRenderer.text(flow.plan())).isEqualTo("""
                memory: at-least-once (without checkpoints, reading starts over after a crash)
                  in            source program
                  key           function key by     <- in
                  sum           keyed stateful map  <- key
                  count         keyed count final   <- sum
                  minutes
                    per-minute  keyed window        <- key
                  late          function drop key   <- minutes.per-minute.late
                """);
    }
}
