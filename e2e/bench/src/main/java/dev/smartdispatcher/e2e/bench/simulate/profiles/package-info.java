/** What profiles of earlier builds are worth: for sizes by themselves, and on the simulated farm. */
package dev.smartdispatcher.e2e.bench.simulate.profiles;
