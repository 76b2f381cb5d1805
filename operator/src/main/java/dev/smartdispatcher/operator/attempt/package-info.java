/** What became of an attempt, as its pod shows, and what follows from it. Pure functions. */
package dev.smartdispatcher.operator.attempt;
