/** What can be said of many workers at once, so that a search can pass them over: the most that any has, what all refused. */
package dev.smartdispatcher.operator.scheduler.admission;
