/** The simulated farm: the parameters of a trace, and the hosts and jobs that follow from it for a seed. */
package dev.smartdispatcher.e2e.bench.simulate.trace;
