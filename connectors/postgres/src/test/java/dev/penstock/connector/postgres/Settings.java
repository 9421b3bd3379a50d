package dev.penstock.connector.postgres;

import java.util.Optional;

/** Settings of connections for tests. */
final class Settings {
    private Settings() {}

    /** The superuser of {@code server}. */
    static ConnectionSettings of(Server server) {
        return of(server, server.local().user());
    }

    /** The role {@code user}, which needs no password. */
    static ConnectionSettings of(Server server, String user) {
        return new ConnectionSettings(
                "127.0.0.1:" + server.local().port(),
                server.local().database(),
                user,
                Optional.empty(),
                new ConnectionSettings.Tls(
                        ConnectionSettings.TlsMode.PREFER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
