package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConnectorCatalogTest {
    @Test
    void findsTheBuiltInConnectors() {
        ConnectorCatalog catalog = ConnectorCatalog.load(ConnectorCatalogTest.class.getClassLoader());
        assertThat(catalog.names()).contains("decode", "encode", "generate", "null", "stdout");
        assertThat(catalog.names(Role.SOURCE)).containsExactly("generate");
        assertThat(catalog.find("generat")).isEmpty();
    }

    @Test
    void refusesTwoConnectorsOfOneName() {
        assertThatThrownBy(() -> ConnectorCatalog.of(List.of(TestConnector.STORE, TestConnector.STORE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot tell two connectors named 'store' apart: dev.penstock.dataflow.TestConnector and"
                        + " dev.penstock.dataflow.TestConnector; remove one of them");
    }

    @Test
    void makesInstalledConnectorsOnlyWhenAskedFor() {
        ConnectorCatalog catalog = ConnectorCatalog.of(List.of(TestConnector.FIRE))
                .with(Map.of("late", () -> {
                    throw new IllegalStateException("made");
                }));
        assertThat(catalog.names()).containsExactly("fire", "late");
        assertThat(catalog.find("fire")).isPresent();
    }
}
