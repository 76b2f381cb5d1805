/** Child processes of tests and benchmarks: servers that cannot outlive this process, the operator among them. */
package dev.smartdispatcher.e2e.process;
