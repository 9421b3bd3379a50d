/** Where messages go: log lines and the progress line share standard error. */
@NullMarked
package dev.penstock.cli.log;

import org.jspecify.annotations.NullMarked;
