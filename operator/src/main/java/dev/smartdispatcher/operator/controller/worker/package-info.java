/** What workers are worth now: whether they take jobs, how long ago their agents were heard, and whose clocks are wrong. */
package dev.smartdispatcher.operator.controller.worker;
