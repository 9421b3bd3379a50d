package dev.penstock.conformance.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Texts by chance: no two alike, some short, some long. */
final class SampleTexts {
    private static final List<String> WORDS = List.of(
            ("river mountain harbour engine violin bread winter garden market letter copper signal planet captain "
                            + "thunder orchard museum lantern desert bridge pepper election turbine glacier novel "
                            + "hospital saddle chess pottery volcano")
                    .split(" "));

    private SampleTexts() {}

    /** {@code count} texts of up to {@code words} words. */
    static List<String> distinct(Random random, int count, int words) {
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < count) {
            texts.add(text(random, 1 + random.nextInt(words)) + " " + texts.size());
        }
        return new ArrayList<>(texts);
    }

    private static String text(Random random, int words) {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            text.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join(" ", text);
    }
}
