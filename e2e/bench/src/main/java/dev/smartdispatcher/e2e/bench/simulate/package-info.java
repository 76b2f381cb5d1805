/** {@code -Dbench=simulate}: the dispatcher against other rules on a simulated farm. */
package dev.smartdispatcher.e2e.bench.simulate;
