/** What became of an attempt, as its pod tells, and what follows from it. Pure functions. */
package dev.smartdispatcher.operator.attempt;
