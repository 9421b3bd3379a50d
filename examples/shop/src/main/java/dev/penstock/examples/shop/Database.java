package dev.penstock.examples.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The shop's own database. One thread at a time. */
final class Database implements AutoCloseable {
    private static final List<String> TABLES = List.of(
            "CREATE SCHEMA shop",
            "CREATE TABLE shop.customers (id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL,"
                    + " country text NOT NULL)",
            "CREATE TABLE shop.products (sku text PRIMARY KEY, name text NOT NULL, description text NOT NULL,"
                    + " price numeric(10,2) NOT NULL)",
            "CREATE TABLE shop.orders (id bigint PRIMARY KEY, customer bigint NOT NULL, sku text NOT NULL,"
                    + " quantity integer NOT NULL, amount numeric(10,2) NOT NULL, currency text NOT NULL,"
                    + " placed text NOT NULL)");

    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    static Database open(String url) throws SQLException {
        return new Database(DriverManager.getConnection(url));
    }

    /** Makes the tables, and fills them with what was there before anybody followed them. */
    void create(long seed) throws SQLException {
        connection.setAutoCommit(false);
        for (String table : TABLES) {
            run(table);
        }
        new Customers(this, seed).fill();
        connection.commit();
    }

    /** Runs a statement; gives the number of rows that it changed. */
    int run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** One row of a result, as text. */
    @FunctionalInterface
    interface Shown {
        String of(ResultSet row) throws SQLException;
    }

    /** All rows that {@code sql} gives. */
    List<String> rows(String sql, Shown shown) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(shown.of(result));
            }
        }
        connection.commit();
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
