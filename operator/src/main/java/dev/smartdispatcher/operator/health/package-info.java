/**
 * Whose fault it is when builds fail: the workers' or the packages'. What ended attempts prove against a worker, and what follows from it:
 * suspicion, quarantine, trial.
 */
package dev.smartdispatcher.operator.health;
