/**
 * Builds on a real cluster whose packages are installed before them: Debian's own, from the repository that {@code e2e/debian/make}
 * fetches.
 */
package dev.smartdispatcher.e2e.cluster.packages;
