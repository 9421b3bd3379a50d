package dev.penstock.embeddings;
final class ChunkConnector {}
