/**
 * What the dispatcher remembers between passes, arranged so that a change costs what it touches: workers with what is free on
 * them ({@link dev.smartdispatcher.operator.scheduler.index.WorkerStates}), waiting jobs in order ({@link
 * dev.smartdispatcher.operator.scheduler.index.SchedulingQueue}), and between them the equivalence classes, each of which knows the workers that can
 * serve it. It decides nothing: that is done in {@code dispatch.core}. Amounts and facts that are compared in the innermost
 * loops are public fields; they are written here only, but for what was told to a job and what is kept for it.
 */
package dev.smartdispatcher.operator.scheduler.index;
