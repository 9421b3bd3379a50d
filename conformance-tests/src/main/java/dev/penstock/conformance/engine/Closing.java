package dev.penstock.conformance.engine;

/** Closes several things. */
final class Closing {
    private Closing() {}

    /** Closes each whatever became of the others; throws the first failure, with the others behind it. */
    static void all(Iterable<? extends AutoCloseable> parts) {
        RuntimeException first = null;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                RuntimeException failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
