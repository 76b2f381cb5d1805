/**
 * What the scheduler remembers of workers between scheduling cycles, arranged so that a change costs what it touches: what is free on
 * each ({@link dev.smartdispatcher.operator.scheduler.index.WorkerStates}), and the equivalence classes, each of which knows the workers
 * that can serve it. It decides nothing. Amounts and facts that are compared in the innermost loops are unpacked.
 */
package dev.smartdispatcher.operator.scheduler.index;
