/** The dispatch core alone: how many decisions a second, how late, in how much memory. */
package dev.smartdispatcher.e2e.bench.dispatch;
