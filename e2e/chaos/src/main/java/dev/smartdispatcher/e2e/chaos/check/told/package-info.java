/** Rules of what users are told: outcomes, and reasons to wait. */
package dev.smartdispatcher.e2e.chaos.check.told;
