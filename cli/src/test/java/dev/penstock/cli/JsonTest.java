package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesNestedValues() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a \"quote\", a \\ and a\nline");
        map.put("list", Arrays.asList(1, 2.5, true, null));
        map.put("map", Map.of("inner", 1L));
        assertThat(Json.of(map))
                .isEqualTo("{\"text\":\"a \\\"quote\\\", a \\\\ and a\\nline\",\"list\":[1,2.5,true,null],"
                        + "\"map\":{\"inner\":1}}");
    }

    @Test
    void writesWhatJsonHasNoNumberForAsNull() {
        assertThat(Json.of(Double.NaN)).isEqualTo("null");
        assertThat(Json.of(Float.POSITIVE_INFINITY)).isEqualTo("null");
    }

    @Test
    void escapesControlCharactersAndHalvesOfPairs() {
        assertThat(Json.of("\u0001\ud83d")).isEqualTo("\"\\u0001\\ud83d\"");
        assertThat(Json.of("über")).isEqualTo("\"über\"");
    }
}
