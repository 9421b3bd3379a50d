package dev.penstock.examples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.iceberg.data.Record;

/**
 * Compares the tables of the lakehouse and of the search, row by row and value by value, with what the database has,
 * masked, converted and normalised here in a way of its own.
 */
record Comparison(Database database, Lake lake, SearchTable search) {
    private static final String HMAC = "HmacSHA256";
    private static final Map<String, Double> EUROS = Map.of("EUR", 1.0, "USD", 0.92, "GBP", 1.17);

    /** What came of a table. */
    record Result(String what, int found, List<String> missing, List<String> surplus) {
        boolean isEqual() {
            return missing.isEmpty() && surplus.isEmpty();
        }

        String verdict() {
            if (isEqual()) {
                return "equal";
            }
            String first = missing.isEmpty() ? "should not be there: " + surplus.get(0) : "is missing: " + missing.get(0);
            return missing.size() + " missing, " + surplus.size() + " too many; for example " + first;
        }
    }

    List<Result> tables() throws SQLException {
        return List.of(
                compare(
                        "Iceberg shop.customers = shop.customers",
                        database.rows("SELECT * FROM shop.customers", Comparison::customer),
                        lake.rows("customers", Comparison::customer)),
                compare(
                        "Iceberg shop.orders = shop.orders",
                        database.rows("SELECT * FROM shop.orders", Comparison::order),
                        lake.rows("orders", Comparison::order)),
                compare(
                        "LanceDB products = shop.products",
                        database.rows("SELECT * FROM shop.products", Comparison::product),
                        search.rows()));
    }

    private static Result compare(String what, List<String> wanted, List<String> found) {
        List<String> missing = new ArrayList<>(wanted);
        List<String> surplus = new ArrayList<>();
        Set<String> there = new HashSet<>(wanted);
        for (String row : found) {
            if (!there.remove(row)) {
                surplus.add(row);
            }
        }
        missing.retainAll(there);
        return new Result(what, found.size(), missing, surplus);
    }

    private static String text(Object... values) {
        List<String> all = new ArrayList<>();
        for (Object value : values) {
            all.add(String.valueOf(value));
        }
        return String.join(" | ", all);
    }

    private static String customer(ResultSet row) throws SQLException {
        return text(row.getLong("id"), row.getString("name"), masked(row.getString("email")), row.getString("country"));
    }

    private static String customer(Record row) {
        return text(row.getField("id"), row.getField("name"), row.getField("email"), row.getField("country"));
    }

    private static String masked(String email) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Servers.SALT.getBytes(UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(email.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String order(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        String currency = row.getString("currency");
        return text(
                row.getLong("id"),
                row.getLong("customer"),
                row.getString("sku"),
                row.getInt("quantity"),
                amount,
                currency,
                amount.doubleValue() * EUROS.getOrDefault(currency, Double.NaN),
                OffsetDateTime.parse(row.getString("placed")).toInstant());
    }

    private static String order(Record row) {
        return text(
                row.getField("id"),
                row.getField("customer"),
                row.getField("sku"),
                row.getField("quantity"),
                row.getField("amount"),
                row.getField("currency"),
                row.getField("euros"),
                ((OffsetDateTime) row.getField("placed")).toInstant());
    }

    private static String product(ResultSet row) throws SQLException {
        return text(
                row.getString("sku"), row.getString("name"), row.getString("description"), row.getBigDecimal("price"));
    }
}
