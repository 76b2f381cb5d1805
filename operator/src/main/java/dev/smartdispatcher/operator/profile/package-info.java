/**
 * What past builds of a package teach: the runs that a {@code BuildProfile} remembers, and what follows from them for memory, disk and
 * work.
 */
package dev.smartdispatcher.operator.profile;
