package dev.penstock.embeddings;
final class EmbedConnector {}
