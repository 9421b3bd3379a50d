package dev.penstock.examples.shop;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Those who come and go, order, change their mind, and move house. The same seed gives the same visits. */
final class Customers {
    private static final int FIRST_CUSTOMERS = 100;
    private static final int FIRST_ORDERS = 300;
    private static final int MOST_IN_A_TRANSACTION = 5;
    private static final Instant OPENING = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> COUNTRIES = List.of("de", "gb", "us", "in");
    private static final List<String> CURRENCIES = List.of("EUR", "GBP", "USD", "EUR");
    private static final List<String> OFFSETS = List.of("+01:00", "+00:00", "-08:00", "+05:30");
    private static final List<List<String>> PRODUCTS = List.of(
            List.of("tent-01", "Ridge tent", "Keeps two people dry in a storm on a mountain"),
            List.of("boat-02", "Folding kayak", "Carries one person across a lake and fits into a rucksack"),
            List.of("lamp-03", "Head lamp", "Lights the way at night and leaves both hands free"),
            List.of("pan-04", "Camping pan", "Fries eggs over an open fire without burning them"),
            List.of("boot-05", "Winter boots", "Warm feet in deep snow, also when standing still"),
            List.of("map-06", "Hiking map", "Shows every path and every spring of the region"));

    private final Database database;
    private final Random random;
    private final List<Long> orders = new ArrayList<>();
    private long lastCustomer = FIRST_CUSTOMERS;
    private long lastOrder = FIRST_ORDERS;
    private int inserted;
    private int updated;
    private int deleted;
    private int transactions;

    Customers(Database database, long seed) {
        this.database = database;
        this.random = new Random(seed);
        for (long id = 1; id <= FIRST_ORDERS; id++) {
            orders.add(id);
        }
    }

    /** What they did. */
    record Done(int inserted, int updated, int deleted, int transactions) {}

    /** Something that happens when half of the changes are made. */
    @FunctionalInterface
    interface Halfway {
        void happens() throws Exception;
    }

    /** What there is when the shop opens. */
    void fill() throws SQLException {
        for (List<String> product : PRODUCTS) {
            database.run(
                    "INSERT INTO shop.products VALUES (?, ?, ?, ?)",
                    product.get(0), product.get(1), product.get(2), price());
        }
        for (long id = 1; id <= FIRST_CUSTOMERS; id++) {
            insertCustomer(id);
        }
        for (long id = 1; id <= FIRST_ORDERS; id++) {
            insertOrder(id);
        }
    }

    private BigDecimal price() {
        return BigDecimal.valueOf(100 + random.nextInt(90_000), 2);
    }

    private void insertCustomer(long id) throws SQLException {
        database.run(
                "INSERT INTO shop.customers VALUES (?, ?, ?, ?)",
                id, "Customer " + id, "customer" + id + "@example.com", COUNTRIES.get(random.nextInt(4)));
    }

    private void insertOrder(long id) throws SQLException {
        int where = random.nextInt(4);
        String placed = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OPENING.plusSeconds(60 * id).atOffset(ZoneOffset.of(OFFSETS.get(where))));
        database.run(
                "INSERT INTO shop.orders VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                1 + (long) random.nextInt(FIRST_CUSTOMERS),
                PRODUCTS.get(random.nextInt(PRODUCTS.size())).get(0),
                1 + random.nextInt(5),
                price(),
                CURRENCIES.get(where),
                placed);
    }

    /** Makes {@code changes}, a few to a transaction. */
    Done shop(int changes, Halfway halfway) throws Exception {
        boolean happened = false;
        int inTransaction = 0;
        for (int change = 0; change < changes; change++) {
            visit();
            if (++inTransaction > random.nextInt(MOST_IN_A_TRANSACTION)) {
                database.commit();
                transactions++;
                inTransaction = 0;
            }
            if (!happened && change >= changes / 2) {
                happened = true;
                halfway.happens();
            }
        }
        database.commit();
        return new Done(inserted, updated, deleted, transactions);
    }

    private void visit() throws SQLException {
        int what = random.nextInt(100);
        if (what < 50) {
            insertOrder(++lastOrder);
            orders.add(lastOrder);
            inserted++;
        } else if (what < 55) {
            insertCustomer(++lastCustomer);
            inserted++;
        } else if (what < 80) {
            long order = orders.get(random.nextInt(orders.size()));
            updated += database.run("UPDATE shop.orders SET amount = ?, quantity = quantity + 1 WHERE id = ?", price(), order);
        } else if (what < 90) {
            int place = random.nextInt(orders.size());
            long order = orders.set(place, orders.get(orders.size() - 1));
            orders.remove(orders.size() - 1);
            deleted += database.run("DELETE FROM shop.orders WHERE id = ?", order);
        } else if (what < 98) {
            long customer = 1 + random.nextInt((int) lastCustomer);
            updated += database.run(
                    "UPDATE shop.customers SET email = ? WHERE id = ?",
                    "moved" + random.nextInt(1_000_000) + "@example.org", customer);
        } else {
            String sku = PRODUCTS.get(random.nextInt(PRODUCTS.size())).get(0);
            updated += database.run("UPDATE shop.products SET price = ? WHERE sku = ?", price(), sku);
        }
    }
}
