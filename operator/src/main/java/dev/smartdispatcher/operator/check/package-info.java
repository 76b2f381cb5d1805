/** Checks of workers: which are for a worker, which is due, what a pod's end says, and what follows from the results. */
package dev.smartdispatcher.operator.check;
