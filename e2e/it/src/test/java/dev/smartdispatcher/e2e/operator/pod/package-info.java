/** Pods that do not start, are not alone, or are taken away, on the embedded API. */
package dev.smartdispatcher.e2e.operator.pod;
