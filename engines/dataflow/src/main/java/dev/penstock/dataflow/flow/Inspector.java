package dev.penstock.dataflow.flow;

/**
 * Looks at items as they pass.
 *
 * @param <T> the items
 */
@FunctionalInterface
public interface Inspector<T> {
    /**
     * An item passes; called by one thread a worker, several at once.
     *
     * @param step the id of the step that looks
     * @param epoch which the item belongs to
     * @param worker which it passes on, from 0
     */
    void inspect(String step, T item, long epoch, int worker);
}
