package dev.penstock.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Texts of very uneven length, in no order: paragraphs of real documents, kept in a file so that all embed the same.
 */
final class EmbedData {
    private static final String SEPARATOR = "\u0000";
    private static final int FULL = 2000;
    private static final long SEED = 20261121;

    private EmbedData() {}

    /** Writes the texts and gives their file. */
    static Path make(Workplace workplace) throws IOException {
        Path documents = workplace.documents().resolve("iceberg-docs");
        List<String> texts = Files.isDirectory(documents) ? paragraphs(documents) : sentences();
        Collections.shuffle(texts, new Random(SEED));
        int count = (int) Math.min(texts.size(), workplace.scaled(FULL));
        Path file = workplace.data("embed").resolve("texts-" + count);
        Files.writeString(file, String.join(SEPARATOR, texts.subList(0, count)));
        return file;
    }

    /** Reads the texts. */
    static List<String> read(Path file) throws IOException {
        return Arrays.asList(Files.readString(file).split(SEPARATOR, -1));
    }

    private static List<String> paragraphs(Path documents) throws IOException {
        List<String> paragraphs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(documents)) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(file -> {
                for (String paragraph : text(file).split("\n\n+", -1)) {
                    if (paragraph.length() > 40) {
                        paragraphs.add(paragraph);
                    }
                }
            });
        }
        return paragraphs;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sentences() {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < FULL; i++) {
            texts.add("the table keeps every snapshot until it expires ".repeat(1 + random.nextInt(20)));
        }
        return texts;
    }
}
