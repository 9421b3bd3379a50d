package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.store.TableFiles;
import dev.penstock.connector.s3.access.S3Access;
import dev.penstock.connector.s3.access.S3Keys;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Secret;
import java.util.Map;
import java.util.Optional;

/** What is needed to find a table. */
record TableSettings(CatalogSettings catalog, String table) {
    private static final String CATALOG_GROUP = "catalog";
    private static final S3Keys S3 = new S3Keys(TableFiles.SETTINGS, "s3");

    static final ConfigKey<String> TABLE = ConfigKey.string("table", "The table, with its namespace before a dot")
            .require()
            .example("shop.orders");
    static final ConfigKey<Kind> CATALOG = ConfigKey.choice(
                    "catalog", Kind.class, "What keeps the catalog: a database, or a service with Iceberg's REST API")
            .defaultValue(Kind.JDBC)
            .in(CATALOG_GROUP);
    static final ConfigKey<String> URI = ConfigKey.string(
                    "uri",
                    "The address of the catalog; for jdbc, if not given, the SQLite database catalog.db in the"
                            + " warehouse")
            .example("jdbc:postgresql://localhost/catalog")
            .in(CATALOG_GROUP);
    static final ConfigKey<String> WAREHOUSE = ConfigKey.string(
                    "warehouse",
                    "Where new tables are kept: a directory, or s3://bucket/path; for rest, what the service calls it")
            .example("./warehouse")
            .in(CATALOG_GROUP);
    static final ConfigKey<String> NAME = ConfigKey.string(
                    "catalog-name", "The name under which a database keeps the catalog")
            .defaultValue("penstock")
            .in(CATALOG_GROUP)
            .advancedOnly();
    static final ConfigKey<String> USER =
            ConfigKey.string("user", "The user of the catalog's database").in(CATALOG_GROUP);
    static final ConfigKey<Secret> PASSWORD = ConfigKey.secret("password", "The password of that user")
            .example("secret://env/CATALOG_PASSWORD")
            .in(CATALOG_GROUP);
    static final ConfigKey<Secret> TOKEN = ConfigKey.secret("token", "For rest: the token to show to the service")
            .example("secret://env/CATALOG_TOKEN")
            .in(CATALOG_GROUP);
    static final ConfigKey<Secret> CREDENTIAL = ConfigKey.secret(
                    "credential", "For rest: what OAuth 2 gives tokens for, as id:secret")
            .example("secret://env/CATALOG_CREDENTIAL")
            .in(CATALOG_GROUP);
    static final ConfigKey<String> OAUTH = ConfigKey.string(
                    "oauth2-uri", "For rest: where OAuth 2 gives tokens, if not at the service itself")
            .example("https://login.example.com/oauth2/token")
            .in(CATALOG_GROUP);
    static final ConfigKey<String> SCOPE = ConfigKey.string("scope", "For rest: the scope of tokens of OAuth 2")
            .example("PRINCIPAL_ROLE:ALL")
            .in(CATALOG_GROUP);
    static final ConfigKey<Map<String, String>> CATALOG_PROPERTIES = ConfigKey.stringMap(
                    "catalog-properties", "Further properties of the catalog by their Iceberg names; no secrets")
            .defaultValue("{}")
            .in(CATALOG_GROUP)
            .advancedOnly();

    /** What keeps a catalog. */
    enum Kind {
        JDBC,
        REST
    }

    /** A catalog and how to reach it. */
    record CatalogSettings(
            Kind kind,
            String name,
            Optional<String> uri,
            Optional<String> warehouse,
            Credentials credentials,
            S3Access s3,
            Map<String, String> properties) {
        CatalogSettings {
            properties = Map.copyOf(properties);
        }
    }

    /** Who asks. */
    record Credentials(
            Optional<String> user,
            Optional<Secret> password,
            Optional<Secret> token,
            Optional<Secret> credential,
            Optional<String> oauth,
            Optional<String> scope) {}

    static ConfigSpec.Builder spec() {
        return S3.rules(ConfigSpec.builder()
                        .keys(TABLE, CATALOG, URI, WAREHOUSE, USER, PASSWORD, TOKEN, CREDENTIAL, OAUTH, SCOPE)
                        .keys(NAME, CATALOG_PROPERTIES)
                        .keys(S3.keys()))
                .exclusive(TOKEN, CREDENTIAL)
                .together(USER, PASSWORD)
                .whenRequire(CATALOG, Kind.JDBC, WAREHOUSE)
                .whenForbid(CATALOG, Kind.JDBC, TOKEN, CREDENTIAL, OAUTH, SCOPE)
                .whenRequire(CATALOG, Kind.REST, URI)
                .whenForbid(CATALOG, Kind.REST, USER, PASSWORD, NAME);
    }

    static TableSettings of(Config config) {
        Credentials credentials = new Credentials(
                config.find(USER),
                config.find(PASSWORD),
                config.find(TOKEN),
                config.find(CREDENTIAL),
                config.find(OAUTH),
                config.find(SCOPE));
        CatalogSettings catalog = new CatalogSettings(
                config.get(CATALOG),
                config.get(NAME),
                config.find(URI),
                config.find(WAREHOUSE),
                credentials,
                S3.of(config, TableFiles.RETRIES),
                config.get(CATALOG_PROPERTIES));
        checkPlaceOfDatabase(catalog);
        return new TableSettings(catalog, config.get(TABLE));
    }

    /** The default of the database is in the warehouse, and no database is in a bucket. */
    private static void checkPlaceOfDatabase(CatalogSettings catalog) {
        boolean inBucket = catalog.warehouse().filter(TableFiles::isInBucket).isPresent();
        if (catalog.kind() == Kind.JDBC && inBucket && catalog.uri().isEmpty()) {
            throw new ConfigException(
                    URI.name(),
                    Problem.Code.MISSING,
                    "a database cannot be in a bucket",
                    "say where the catalog's database is, for example jdbc:postgresql://localhost/catalog");
        }
    }
}
