/** Workers that come, go, are drained or are used by others, on the embedded API. */
package dev.smartdispatcher.e2e.operator.worker;
