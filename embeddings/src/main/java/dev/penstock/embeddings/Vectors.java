package dev.penstock.embeddings;

/** Arithmetic on vectors that lie one after the other in an array. */
final class Vectors {
    private Vectors() {}

    /** Brings the vector from {@code at} on to length 1; one of length 0 stays as it is. */
    static void normalize(float[] vectors, int at, int dimensions) {
        double sum = 0;
        for (int i = at; i < at + dimensions; i++) {
            sum += (double) vectors[i] * vectors[i];
        }
        if (sum > 0) {
            float scale = (float) (1 / Math.sqrt(sum));
            for (int i = at; i < at + dimensions; i++) {
                vectors[i] *= scale;
            }
        }
    }

    /** The first {@code kept} elements of each vector, brought to length 1 again. */
    static float[] shorten(float[] vectors, int dimensions, int kept) {
        if (kept == dimensions) {
            return vectors;
        }
        int count = vectors.length / dimensions;
        float[] shortened = new float[count * kept];
        for (int row = 0; row < count; row++) {
            System.arraycopy(vectors, row * dimensions, shortened, row * kept, kept);
            normalize(shortened, row * kept, kept);
        }
        return shortened;
    }

    /** Whether the vector from {@code at} on has nothing but numbers in it. */
    static boolean isFinite(float[] vectors, int at, int dimensions) {
        float sum = 0;
        for (int i = at; i < at + dimensions; i++) {
            sum += vectors[i] * 0;
        }
        return sum == 0;
    }

    /** Whether the first vectors of {@code one} and {@code other} are the same, but for rounding. */
    static boolean isNear(float[] one, float[] other) {
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (Math.abs(one[i] - other[i]) > 1e-4f) {
                return false;
            }
        }
        return true;
    }
}
