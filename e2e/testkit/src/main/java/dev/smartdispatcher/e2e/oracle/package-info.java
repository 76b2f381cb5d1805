/** Judges the history of a cluster by its objects alone. */
package dev.smartdispatcher.e2e.oracle;
