/** A job from its submission to its end, on the embedded API. */
package dev.smartdispatcher.e2e.operator.job;
