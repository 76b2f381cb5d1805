/** Judges a history. Shares no code with the operator nor with the records of its API. */
package dev.smartdispatcher.e2e.chaos.check;
