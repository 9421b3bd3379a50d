package dev.penstock.spi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types as people write them. */
final class TypeParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | string",
                "int | int32",
                "bigint | int64",
                "Double | float64",
                "decimal( 10 , 2 ) | decimal(10,2)",
                "decimal(5) | decimal(5,0)",
                "timestamp(us) | timestamp",
                "local-timestamp(ns) | local-timestamp(ns)",
                "vector(3) | vector(3)",
                "vector(3, float64) | vector(3,float64)",
                "list< list<int> > | list<list<int32>>",
                "map<string, struct<a: int, b-c: list<json>>> | map<string,struct<a:int32,b-c:list<json>>>"
            })
    void reads(String written, String type) {
        assertThat(TypeParser.parse(written).text()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decimal | expected '('",
                "decimal(x) | expected a number",
                "decimal(2,3) | 0 <= scale <= precision must hold",
                "vector(0) | at least 1",
                "vector(2,int32) | only float32 and float64",
                "list<int | expected '>'",
                "int32 x | expected the end",
                "timestamp(ms) | expected us or ns",
                "struct<> | expected a name",
                "varchar | varchar' is not a type"
            })
    void refuses(String written, String problem) {
        assertThatThrownBy(() -> TypeParser.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> TypeParser.parse("  "))
                .hasMessage("Cannot read type '': expected a name at character 1");
    }

    @Test
    void refusesTwoFieldsOfOneName() {
        assertThatThrownBy(() -> TypeParser.parse("struct<a:int,a:int>")).isInstanceOf(IllegalArgumentException.class);
    }
}
