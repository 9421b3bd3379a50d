/** Tests of how connectors are loaded. */
@NullMarked
package dev.penstock.cli.plugin;

import org.jspecify.annotations.NullMarked;
