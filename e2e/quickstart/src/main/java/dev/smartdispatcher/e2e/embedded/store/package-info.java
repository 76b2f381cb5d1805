/**
 * The objects, in memory: every write has a resourceVersion and makes an event, a watch continues from any version that is
 * still remembered, and selectors pick what a list or a watch sees.
 */
package dev.smartdispatcher.e2e.embedded.store;
