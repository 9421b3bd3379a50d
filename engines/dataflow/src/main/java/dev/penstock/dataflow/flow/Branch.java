package dev.penstock.dataflow.flow;

/**
 * What a condition divides a stream into.
 *
 * @param trues the items that it holds for
 * @param falses the others
 * @param <T> the items
 */
public record Branch<T>(Stream<T> trues, Stream<T> falses) {}
