/** What follows from a failed attempt: whether the job is tried again, where, and with how much. Pure functions. */
package dev.smartdispatcher.operator.attempt.retry;
