/**
 * Windows over keyed rows: which items belong together by time or number, what is kept of them, when it is given out.
 * Engine-neutral and without columns: {@link dev.penstock.dataflow.window.WindowRows} says how values come out of rows
 * and how results become rows. Start with {@link dev.penstock.dataflow.window.Windows}.
 */
@NullMarked
package dev.penstock.dataflow.window;

import org.jspecify.annotations.NullMarked;
