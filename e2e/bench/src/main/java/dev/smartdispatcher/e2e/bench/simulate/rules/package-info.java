/** The rules that are compared: the operator's own, and the baselines. */
package dev.smartdispatcher.e2e.bench.simulate.rules;
