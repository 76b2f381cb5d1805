/** Assertions that tests of several modules make. */
package dev.smartdispatcher.e2e.asserts;
