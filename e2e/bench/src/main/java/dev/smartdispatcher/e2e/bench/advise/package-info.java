/** {@code -Dbench=advise}: the configuration advisor against the formula of the Open Build Service and the best there is. */
package dev.smartdispatcher.e2e.bench.advise;
