/** One simulated host whose disk, CPU and memory all jobs on it share. */
package dev.smartdispatcher.e2e.bench.advise.host;
