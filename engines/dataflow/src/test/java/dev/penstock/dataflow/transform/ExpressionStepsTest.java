package dev.penstock.dataflow.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filter and compute. */
class ExpressionStepsTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("price", DataType.FLOAT64),
            Field.of("n", DataType.INT32),
            Field.of("b", DataType.BOOLEAN),
            Field.of("s", DataType.STRING),
            Field.of("tags", DataType.listOf(DataType.STRING)),
            Field.of("j", DataType.JSON),
            Field.of("day", DataType.DATE),
            Field.of("amount", DataType.decimal(10, 2)));

    private static RecordBatch rows() {
        return new BatchBuilder(SCHEMA)
                .append(
                        5.0,
                        0,
                        true,
                        "Ab",
                        List.of("x", "y"),
                        "{\"k\":{\"n\":7}}",
                        java.time.LocalDate.EPOCH,
                        new java.math.BigDecimal("1.50"))
                .append(20.0, 2, false, "é", List.of(), "{}", null, null)
                .append(null, null, null, null, null, null, null, null)
                .append(Row.of(SCHEMA, null, 0, null, null, null, null, null, null)
                        .with(Operation.DELETE))
                .build();
    }

    private static TransformResult filter(String expression) {
        return Steps.step(new FilterConnector(), expression).apply(rows());
    }

    /** What an expression gives for the three rows, or the reason for a rejected one. */
    private static List<String> compute(String expression) {
        TransformResult result =
                Steps.step(new ComputeConnector(), Map.of("v", expression)).apply(rows());
        List<String> values = new ArrayList<>();
        result.rows().toRows().forEach(row -> values.add(String.valueOf(row.get("v"))));
        result.rejected().forEach(row -> values.add(row.index() + " " + row.reason()));
        return values;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "price > 10;1,3",
                "price > 10 || n == 0;0,1,3",
                "b;0,3",
                "!b;1,3",
                "b == null;2,3",
                "has(tags) && tags.exists(t, t == 'x');0,3",
                "n != 0 && 10 / n > 1;1,3",
                "s.startsWith('A') || s.matches('^[é]$');0,1,3",
                "n in [0, 7];0,3",
                "has(j.k) && j.k.n == 7;0,3",
                "day < timestamp('2000-01-01T00:00:00Z');0,3",
                "amount == 1.5;0,3",
                "true;0,1,2,3",
                "false;3"
            })
    void keepsRowsForWhichTheConditionIsTrueAndDeletes(String expression, String kept) {
        TransformResult result = filter(expression);
        assertThat(result.rejected()).isEmpty();
        int[] expected = java.util.stream.Stream.of(kept.split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        assertThat(result.rows().rowCount()).isEqualTo(expected.length);
        result.inputRows().ifPresent(rows -> assertThat(rows).isEqualTo(expected));
    }

    @Test
    void rejectsRowsInWhichTheConditionFails() {
        TransformResult result = filter("10 / n > 1");
        assertThat(result.rejected()).containsExactly(new RejectedRow(0, "expression '10 / n > 1': division by zero"));
        assertThat(result.inputRows()).hasValue(new int[] {1, 3});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "b && true;true,false,null",
                "b || true;true,true,true",
                "b && false;false,false,false",
                "b ? 1 : 2;1,2,null",
                "n + 1;1,3,null",
                "s + '!';Ab!,é!,null",
                "size(s);2,1,null",
                "s.upperAscii();AB,é,null",
                "size(tags);2,0,null",
                "string(price);5.0,20.0,null",
                "[n, 1];[0, 1],[2, 1],[null, 1]",
                "amount * 2.0;3.0,null,null",
                "day.getFullYear();1970,null,null",
                "has(s) ? s : '-';Ab,é,-"
            })
    void computesValuesAndLetsNullsThrough(String expression, String expected) {
        List<String> values = compute(expression);
        assertThat(String.join(",", values.subList(0, 3))).isEqualTo(expected);
    }

    @Test
    void namesTheColumnAndTheReasonOfARejectedRow() {
        assertThat(compute("n / n")).endsWith("0 column 'v': expression 'n / n': division by zero");
        assertThat(compute("n + 9223372036854775807"))
                .endsWith("1 column 'v': expression 'n + 9223372036854775807': a number out of range");
        assertThat(compute("int(s)")).contains("0 column 'v': expression 'int(s)': text that cannot be converted");
        assertThat(compute("tags[1]")).contains("1 column 'v': expression 'tags[1]': an index beyond the list");
        assertThat(compute("int(j.k.n)"))
                .contains("7", "1 column 'v': expression 'int(j.k.n)': a key that is not in the map");
    }

    @Test
    void letsLaterColumnsSeeEarlierOnesAndReplacesColumns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("n", "n * 10");
        columns.put("m", "n + 1");
        RecordBatch rows =
                Steps.step(new ComputeConnector(), columns).apply(rows()).rows();
        assertThat(rows.row(1).get("n")).isEqualTo(20L);
        assertThat(rows.row(1).get("m")).isEqualTo(21L);
        assertThat(rows.schema().names()).endsWith("amount", "m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "prize > 10~expression: character 1: 'prize' is not a column or function; did you mean 'price'?",
                "price * 2 > 10.0~expression: character 7: cannot apply '*' to '(double, int)'; write whole numbers as 2.0, or convert with double(x) or int(x)",
                "price = 10~expression: character 7: token recognition error at: '= '; compare with ==",
                "price~expression: gives double, not true or false; compare it with something",
                "s.startWith('a')~expression: character 12: 'startWith' is not a column or function; did you mean 'startsWith'?"
            })
    void pointsAtWhatIsWrong(String expression, String problem) {
        assertThatThrownBy(() -> Steps.step(new FilterConnector(), expression).output(SCHEMA))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems().get(0).toString()).isEqualTo(problem));
    }

    @Test
    void collectsTheProblemsOfAllColumns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("x", "nn + 1");
        columns.put("y", "day - day");
        assertThatThrownBy(() -> Steps.step(new ComputeConnector(), columns).output(SCHEMA))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.path())
                                .containsExactly("columns.x", "columns.y"))
                .hasMessageContaining("which no column can hold; take its getSeconds() or getMilliseconds()");
    }

    @Test
    void describesItselfWithoutTheCelLibrary() throws IOException, ReflectiveOperationException {
        URL classes =
                FilterConnector.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new WithoutCel(classes)) {
            for (String name : List.of("FilterConnector", "ComputeConnector", "MaskConnector", "DecodeConnector")) {
                Connector connector = (Connector) loader.loadClass("dev.penstock.dataflow.transform." + name)
                        .getConstructor()
                        .newInstance();
                assertThat(connector.descriptor().name()).isNotEmpty();
            }
        }
    }

    /** Loads this module's classes anew, and none of CEL. */
    private static final class WithoutCel extends URLClassLoader {
        WithoutCel(URL classes) {
            super(new URL[] {classes}, FilterConnector.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.cel.") || name.startsWith("com.google.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.penstock.dataflow.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
