/**
 * The dispatch pass: {@link dev.smartdispatcher.operator.scheduler.cycle.Scheduler} takes changes and tells who starts where, for
 * whom room is reserved and why the others wait. It gives the same answers as looking at everything anew, which tests hold it to.
 */
package dev.smartdispatcher.operator.scheduler.cycle;
