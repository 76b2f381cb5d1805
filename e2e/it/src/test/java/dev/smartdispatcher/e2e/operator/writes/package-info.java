/** What the operator writes, and what if a write fails, is lost or comes too late, on the embedded API. */
package dev.smartdispatcher.e2e.operator.writes;
