package dev.penstock.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.RegisteredSchema.Kind;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {
    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final PlayedRegistry played;

    SchemaRegistryTest() throws IOException {
        played = new PlayedRegistry();
    }

    @AfterEach
    void close() {
        played.close();
    }

    private SchemaRegistry registry(Map<String, Object> more, URI... urls) {
        Map<String, Object> written = new HashMap<>(more);
        written.put("registry", List.of(urls).stream().map(URI::toString).toList());
        written.putIfAbsent("registry-retry", "2s");
        Config config = RegistrySettings.behind(ConfigSpec.builder())
                .build()
                .parse(written)
                .orThrow();
        return new SchemaRegistry(RegistrySettings.of(config).orElseThrow());
    }

    private SchemaRegistry registry() {
        return registry(Map.of(), played.url());
    }

    @Test
    void asksForASchemaOnce() {
        played.answers(200, "{\"schema\":\"\\\"string\\\"\"}");
        SchemaRegistry registry = registry();

        registry.byId(7);

        assertThat(registry.byId(7)).hasValue(new RegisteredSchema(7, Kind.AVRO, "\"string\"", Map.of()));
        assertThat(played.asked()).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void takesAnUnknownIdAsUnknownForAWhile() {
        played.answers(404, UNKNOWN);
        SchemaRegistry registry = registry();

        assertThat(registry.byId(7)).isEmpty();
        assertThat(registry.byId(7)).isEmpty();

        assertThat(played.asked()).hasSize(1);
    }

    @Test
    void readsReferencesDeepestFirst() {
        played.answers(
                        200,
                        "{\"schemaType\":\"PROTOBUF\",\"schema\":\"main\",\"references\":[{\"name\":\"a.proto\",\"subject\":\"a b/c\",\"version\":2}]}")
                .answers(
                        200,
                        "{\"id\":1,\"schema\":\"a\",\"references\":[{\"name\":\"b.proto\",\"subject\":\"b\",\"version\":1}]}")
                .answers(200, "{\"id\":2,\"schema\":\"b\"}");

        RegisteredSchema schema = registry().byId(9).orElseThrow();

        assertThat(schema.kind()).isEqualTo(Kind.PROTOBUF);
        assertThat(schema.references().entrySet())
                .containsExactly(Map.entry("b.proto", "b"), Map.entry("a.proto", "a"));
        assertThat(played.asked()).contains("GET /subjects/a%20b%2Fc/versions/2", "GET /subjects/b/versions/1");
    }

    @Test
    void asksAgainWhileTheRegistryIsBusy() {
        played.answers(503, "").answers(429, "").answers(500, "{}").answers(200, "{\"schema\":\"\\\"int\\\"\"}");

        assertThat(registry().byId(1)).isPresent();
        assertThat(played.asked()).hasSize(4);
    }

    @Test
    void givesUpWithTheAddressAndTheReason() {
        played.answers(503, "");

        assertThatThrownBy(() -> registry(Map.of("registry-retry", "300ms"), played.url())
                        .byId(1))
                .isInstanceOf(RetryableException.class)
                .hasMessage("Cannot reach the schema registry at " + played.url()
                        + ": status 503; start it, or correct 'registry'");
    }

    @Test
    void goesOnWithTheUrlThatAnswered() {
        played.answers(200, "{\"schema\":\"\\\"int\\\"\"}");
        SchemaRegistry registry =
                registry(Map.of("registry-retry", "0s"), URI.create("http://127.0.0.1:1"), played.url());

        assertThat(registry.byId(1)).isPresent();
        assertThat(registry.byId(2)).isPresent();
        assertThat(played.asked()).hasSize(2);
    }

    @Test
    void saysWhoRefusesTheCredentials() {
        played.answers(401, "{}");

        assertThatThrownBy(() -> registry().byId(1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("refuses these credentials with status 401")
                .hasMessageContaining("check registry-user and registry-password");
    }

    @Test
    void tellsARegistryWithoutASchemaFromAServerThatIsNone() {
        played.answers(404, "<html>not here</html>");

        assertThatThrownBy(() -> registry().byId(1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not a schema registry");
    }

    @Test
    void passesOnWhatTheRegistrySaysAboutCompatibility() {
        played.answers(409, "{\"error_code\":409,\"message\":\"field 'id' has no default\"}");

        assertThatThrownBy(() -> registry().register("orders-value", Draft.of(Kind.AVRO, "\"int\"")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("takes no such schema for subject 'orders-value': field 'id' has no default");
    }

    @Test
    void namesTheSubjectThatIsNotThere() {
        played.answers(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");

        assertThatThrownBy(() -> registry().version("orders-value", "latest"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("does not have subject 'orders-value'");
        assertThatThrownBy(() -> registry().lookUp("orders-value", Draft.of(Kind.AVRO, "\"int\"")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("set auto-register to true");
    }

    @Test
    void sendsUserAndPasswordOrAToken() {
        played.answers(404, UNKNOWN);

        registry(Map.of("registry-user", "alice", "registry-password", "secret"), played.url())
                .byId(1);
        registry(Map.of("registry-token", "t0ken"), played.url()).byId(1);

        assertThat(played.asked())
                .containsExactly("GET /schemas/ids/1 Basic YWxpY2U6c2VjcmV0", "GET /schemas/ids/1 Bearer t0ken");
    }

    @Test
    void refusesWhatIsNoUrl() {
        Map<String, Object> written = Map.of("registry", "localhost:8081");
        Config config = RegistrySettings.behind(ConfigSpec.builder())
                .build()
                .parse(written)
                .orThrow();

        assertThatThrownBy(() -> RegistrySettings.of(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'localhost:8081' is not the URL of a registry");
    }
}
