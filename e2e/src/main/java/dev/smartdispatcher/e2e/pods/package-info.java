/** What the scheduler and the local node both need to know of pods. */
package dev.smartdispatcher.e2e.pods;
