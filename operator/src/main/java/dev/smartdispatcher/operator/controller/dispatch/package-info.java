/** Runs the dispatch pass and writes what it decides: allocations, why jobs wait, the policy's status, eviction guards. */
package dev.smartdispatcher.operator.controller.dispatch;
