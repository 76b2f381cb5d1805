/** The writes that were done and refused, for tests that count them. */
package dev.smartdispatcher.e2e.embedded.log;
