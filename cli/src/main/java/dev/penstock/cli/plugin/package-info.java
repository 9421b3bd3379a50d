/** Loads connectors from the directories of a distribution, each apart from all others. */
@NullMarked
package dev.penstock.cli.plugin;

import org.jspecify.annotations.NullMarked;
