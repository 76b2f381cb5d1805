/** Processes of tests and benchmarks: servers that cannot outlive this one, and the operator, which may also run in this one. */
package dev.smartdispatcher.e2e.process;
