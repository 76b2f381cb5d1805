/** The discrete-event run of a farm under a rule. */
package dev.smartdispatcher.e2e.bench.simulate.engine;
