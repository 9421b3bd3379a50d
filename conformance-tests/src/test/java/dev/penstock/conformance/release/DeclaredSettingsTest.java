package dev.penstock.conformance.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredSettingsTest {
    private static final ConfigKey<Integer> SIZE =
            ConfigKey.integer("size", "How many").defaultValue(5).min(1).max(9);

    private static DeclaredSettings of(ConfigKey<?>... keys) {
        return DeclaredSettings.of(new ConnectorDescriptor(
                "orders", "1.0.0", "Orders of a shop", Map.of(Role.SINK, ConfigSpec.of(keys)), Set.of()));
    }

    @Test
    void sayTheSameOnceTheyAreReadAgain() throws IOException {
        DeclaredSettings settings = of(SIZE.formerly("number"));
        assertThat(DeclaredSettings.read(settings.json())).isEqualTo(settings);
    }

    @Test
    void whatGrowsIsCompatible() {
        ConfigKey<String> added = ConfigKey.string("added", "Something new");
        assertThat(of(SIZE).brokenBy(of(SIZE.max(100).min(0), added))).isEmpty();
        assertThat(of(SIZE).brokenBy(of(ConfigKey.integer("length", "How many")
                        .defaultValue(5)
                        .min(1)
                        .max(9)
                        .formerly("size"))))
                .isEmpty();
    }

    @Test
    void whatShrinksIsNot() {
        assertThat(of(SIZE).brokenBy(of())).containsExactly("sink setting 'size' is gone");
        assertThat(of(SIZE).brokenBy(of(SIZE.max(8))))
                .containsExactly("sink setting 'size' could be as great as 9 and must be at most 8");
        assertThat(of(SIZE).brokenBy(of(SIZE.min(2))))
                .containsExactly("sink setting 'size' could be as small as 1 and must be at least 2");
        assertThat(of(SIZE).brokenBy(of(SIZE.defaultValue(6))))
                .containsExactly("sink setting 'size' was 5 by default and is 6");
        assertThat(of(SIZE).brokenBy(of(SIZE.require()))).containsExactly("sink setting 'size' has become required");
        assertThat(of(SIZE).brokenBy(
                                of(SIZE, ConfigKey.string("name", "Of what").require())))
                .containsExactly("sink setting 'name' is new and required");
    }
}
