package dev.penstock.conformance.rules;

import dev.penstock.conformance.TransformSide.Tolerance;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares vectors as a fixture declares that they may differ. */
record VectorTolerance(Tolerance declared) {
    /** What differs more than it may. */
    Optional<String> difference(float @Nullable [] one, float @Nullable [] other) {
        if (one == null || other == null) {
            return one == other ? Optional.empty() : Optional.of("a vector in one case and none in the other");
        }
        if (one.length != other.length) {
            return Optional.of(one.length + " elements and " + other.length);
        }
        double cosine = cosine(one, other);
        double greatest = greatestDifference(one, other);
        return cosine >= declared.cosine() && greatest <= declared.difference()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the cosine of the two vectors is %.6f and they differ by up to %.6f; "
                                + "the fixture declares %.6f and %.6f",
                        cosine,
                        greatest,
                        declared.cosine(),
                        declared.difference()));
    }

    static double cosine(float[] one, float[] other) {
        double dot = 0;
        double lengths = length(one) * length(other);
        for (int i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
        }
        return lengths == 0 ? 0 : dot / lengths;
    }

    static double length(float[] vector) {
        double sum = 0;
        for (float element : vector) {
            sum += (double) element * element;
        }
        return Math.sqrt(sum);
    }

    private static double greatestDifference(float[] one, float[] other) {
        double greatest = 0;
        for (int i = 0; i < one.length; i++) {
            greatest = Math.max(greatest, Math.abs(one[i] - other[i]));
        }
        return greatest;
    }
}
